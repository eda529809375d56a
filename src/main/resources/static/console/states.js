import { h } from './dom.js';
import { t } from './i18n.js';

/** While something is on its way; told to screen readers. */
export function loading() {
  return h('p', { class: 'state loading', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), t('state.loading'));
}

/** Nothing is there, and why that is so or what to do. */
export function empty(title, hint) {
  return h('div', { class: 'state' }, h('p', { class: 'state-title' }, title), hint && h('p', {}, hint));
}

/** The page for an answer that is not what was asked for. */
export function failed(problem, retry) {
  const kind = { 0: 'unreachable', 403: 'forbidden', 404: 'missing', 502: 'away', 503: 'away' }[problem.status] ?? 'broken';
  const texts = {
    unreachable: [t('error.unreachable.title'), t('error.unreachable.hint')],
    forbidden: [t('error.forbidden.title'), t('error.forbidden.hint')],
    missing: [t('error.missing.title'), t('error.missing.hint')],
    away: [t('error.away.title'), t('error.away.hint')],
    broken: [t('error.broken.title'), problem.status && problem.correlation ? t('error.broken.hint') : t('error.broken.unnumbered')],
  }[kind];
  return h(
    'div',
    { class: 'state state-error', role: 'alert' },
    h('p', { class: 'state-title' }, texts[0]),
    h('p', {}, texts[1]),
    details(problem),
    retry && kind !== 'forbidden' && kind !== 'missing' && h('button', { type: 'button', onclick: retry }, t('action.retry')),
  );
}

function details(problem) {
  if (!problem.status) {
    return null;
  }
  return h(
    'p',
    { class: 'quiet' },
    h('span', { lang: 'en' }, problem.message),
    problem.correlation && [' ', t('error.correlation', { id: problem.correlation })],
  );
}

/** A short word about what a click did, said aloud. */
export function say(words, isError = false) {
  const place = document.getElementById('messages');
  const message = h('p', { class: isError ? 'message message-error' : 'message' }, words);
  place.replaceChildren(message);
  if (!isError) {
    setTimeout(() => message.remove(), 8000);
  }
}
