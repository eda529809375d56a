import { put } from './api.js';
import { h } from './dom.js';
import { bytes } from './format.js';
import { t } from './i18n.js';

/**
 * Sends a file, while a dialog tells how much of it has gone.
 * @returns the answer; null for who has left the page
 * @throws Error when it is refused, or when the reader stopped it
 */
export async function upload(address, file, signal) {
  const stop = new AbortController();
  const leave = () => stop.abort();
  const { dialog, gone } = progress(file, leave);
  signal.addEventListener('abort', leave);
  document.body.append(dialog);
  dialog.showModal();
  try {
    return await put(address, file, gone, stop.signal);
  } catch (problem) {
    if (signal.aborted) {
      return null;
    }
    throw stop.signal.aborted ? new Error(t('upload.stopped')) : problem;
  } finally {
    signal.removeEventListener('abort', leave);
    dialog.close();
    dialog.remove();
  }
}

function progress(file, stop) {
  const bar = h('progress', { max: file.size, 'aria-label': t('upload.progress') });
  const words = h('p', { role: 'status' }, t('upload.sending', { file: file.name, size: bytes(file.size) }));
  const button = h('button', { type: 'button', class: 'second', onclick: stop }, t('upload.stop'));
  const dialog = h('dialog', { 'aria-labelledby': 'upload-title', oncancel: stop }, h('h2', { id: 'upload-title' }, t('upload.title')), words, bar, h('div', { class: 'actions' }, button));
  const gone = (sent) => {
    bar.value = sent;
    if (sent >= file.size) {
      // how long it takes to be checked and stored is not known
      bar.removeAttribute('value');
      words.textContent = t('upload.storing');
    }
  };
  return { dialog, gone };
}
