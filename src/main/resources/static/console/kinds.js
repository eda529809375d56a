import { h } from './dom.js';
import { locale, one, t, values } from './i18n.js';

/** What an event is called in the reader's language, and what it is about; null where there are no words for it. */
export function called(action) {
  const words = one('happened', action);
  return words === action ? null : `${one('actionKind', groupOf(action))} · ${words}`;
}

/** Kinds of events by what they are about, to be chosen by their words for the field that has them as they are recorded. */
export function chooser(input) {
  const kinds = groups();
  const options = kinds.map(({ name, members }) =>
    h('optgroup', { label: name }, members.map(([action, words]) => h('option', { value: action }, `${words} – ${action}`))),
  );
  const choice = h('select', { id: 'happened' }, h('option', { value: '' }, t('audit.anything')), options);
  const follow = () => {
    choice.value = input.value.trim();
    if (choice.selectedIndex < 0) {
      choice.value = '';
    }
  };
  choice.addEventListener('change', () => (input.value = choice.value));
  input.addEventListener('input', follow);
  follow();
  return h('div', { class: 'field' }, h('label', { for: 'happened' }, t('audit.happened')), choice);
}

/** The same to be found by typing their words or their names. */
export function suggestions(id) {
  return h('datalist', { id }, groups().map(({ name, members }) => members.map(([action, words]) => h('option', { value: action, label: `${name} · ${words}` }))));
}

function groups() {
  const actions = values('happened');
  return sorted(values('actionKind').map((group) => [group, one('actionKind', group)])).map(([group, name]) => ({
    name,
    members: [[`${group}.*`, t('audit.everyKind')], ...sorted(actions.filter((action) => groupOf(action) === group).map((action) => [action, one('happened', action)]))],
  }));
}

function groupOf(action) {
  return action.slice(0, action.indexOf('.'));
}

function sorted(pairs) {
  return pairs.sort(([, first], [, second]) => first.localeCompare(second, locale()));
}
