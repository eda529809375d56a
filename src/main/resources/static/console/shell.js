import { ROOT } from './api.js';
import { fill, h } from './dom.js';
import { choose, LANGUAGES, one, spoken, t } from './i18n.js';
import { again, link } from './router.js';
import { remember, remembered } from './storage.js';

const THEMES = ['system', 'light', 'dark'];
let person;

/** Everything around the page. */
export function chrome(me) {
  person = me;
  fill(
    document.body,
    h('a', { class: 'skip', href: '#main' }, t('shell.skip')),
    h(
      'header',
      { class: 'top' },
      h('a', { class: 'brand', href: link('work') }, 'Balsam'),
      h(
        'nav',
        { 'aria-label': t('shell.navigation') },
        h(
          'ul',
          {},
          entry('work', t('work.title')),
          entry('projects', t('projects.title')),
          entry('templates', t('templates.title')),
          entry('audit', t('audit.title')),
          me.administrator && entry('operations', t('operations.title')),
          tasklist(),
        ),
      ),
      h('div', { class: 'tools' }, language(), theme(), who()),
    ),
    h('main', { id: 'main', tabindex: '-1' }),
    h('div', { id: 'messages', role: 'status', 'aria-live': 'polite' }),
  );
}

function entry(name, text) {
  return h('li', {}, h('a', { href: link(name), 'data-page': name }, text));
}

function tasklist() {
  return h('li', {}, h('a', { href: `${ROOT}camunda/app/tasklist/default/` }, 'Tasklist'));
}

/** Marks where one is. */
export function mark() {
  const here = location.pathname.slice(ROOT.length).split('/')[0] || 'work';
  for (const anchor of document.querySelectorAll('nav a[data-page]')) {
    if (anchor.dataset.page === here) {
      anchor.setAttribute('aria-current', 'page');
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
}

/** Gives the page that is shown its name, once that is known. */
export function rename(name) {
  document.querySelector('main h1').textContent = name;
  document.title = `${name} – Balsam`;
}

function language() {
  const names = { en: 'English', sv: 'Svenska' };
  return picker(t('shell.language'), LANGUAGES.map((tag) => [tag, names[tag]]), spoken(), async (chosen) => {
    await choose(chosen);
    chrome(person);
    again();
    document.querySelector('.tools select').focus();
  });
}

function theme() {
  const now = remembered('theme') ?? 'system';
  return picker(t('shell.theme'), THEMES.map((name) => [name, one('theme', name)]), now, (chosen) => {
    remember('theme', chosen);
    if (chosen === 'system') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = chosen;
    }
  });
}

function picker(label, choices, chosen, onChoice) {
  return h(
    'label',
    { class: 'picker' },
    h('span', { class: 'unseen' }, label),
    h(
      'select',
      { onchange: (event) => onChoice(event.target.value) },
      choices.map(([value, text]) => h('option', { value, selected: value === chosen }, text)),
    ),
  );
}

function who() {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
  return h(
    'form',
    { method: 'post', action: `${ROOT}logout`, class: 'who' },
    h('span', { class: 'person', title: person.id }, person.name || person.id),
    h('input', { type: 'hidden', name: '_csrf', value: meta('csrf-token') }),
    h('button', { type: 'submit', class: 'plain' }, t('shell.signOut')),
  );
}
