import { h } from './dom.js';
import { t } from './i18n.js';

let opened = 0;

/**
 * Asks before something is done; the answer is what was filled in, or null when the reader thought better of it.
 * @param act what the button says that does it
 * @param no what the other button says; null where there is nothing to think better of
 * @param content what is about to happen, and fields if there are any
 */
export function asked({ title, act, no = t('action.cancel'), signal }, ...content) {
  opened += 1;
  const id = `dialog-${opened}`;
  const form = h(
    'form',
    { method: 'dialog' },
    h('h2', { id }, title),
    content,
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'submit', value: 'yes' }, act),
      no && h('button', { type: 'submit', value: 'no', class: 'second', formnovalidate: true }, no),
    ),
  );
  const dialog = h('dialog', { 'aria-labelledby': id }, form);
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    const close = () => dialog.close('no');
    signal.addEventListener('abort', close);
    dialog.addEventListener('close', () => {
      signal.removeEventListener('abort', close);
      dialog.remove();
      before?.focus?.();
      resolve(dialog.returnValue === 'yes' ? new FormData(form) : null);
    });
  });
}
