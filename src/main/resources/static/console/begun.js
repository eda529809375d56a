import { fill, h } from './dom.js';
import { writable } from './fields.js';
import { t } from './i18n.js';

/** Says that what was typed before is back, with the way to begin anew; nothing where nothing was typed. */
export function restored(kept, schema, form, initial, fields) {
  const before = Object.entries(kept.read() ?? {});
  if (!before.some(([key, value]) => !isEmpty(value) && value !== initial[key])) {
    return null;
  }
  const discard = async () => {
    await form.importSchema(schema, initial);
    kept.forget();
    note.remove();
    fields.querySelector('input:not([disabled]), textarea:not([disabled])')?.focus();
  };
  const note = h('div', { class: 'told', role: 'status' }, h('p', {}, t('task.restored'), ' ', h('button', { type: 'button', class: 'second', onclick: discard }, t('task.discard'))));
  return note;
}

/** Says which text was typed for another decision than the chosen one, because it is sent all the same. */
export function leftover(schema, form) {
  const place = h('div', { role: 'status' });
  const choice = writable(schema).find(({ type }) => type === 'radio');
  // what depends on another answer is not sent when it is not shown
  const texts = writable(schema).filter(({ type, conditional }) => type === 'textarea' && !conditional);
  const typed = new Map();
  const look = () => {
    const { data } = form._getState();
    const chosen = data[choice.key] ?? null;
    texts.forEach(({ key }) => remember(typed, key, data[key] ?? '', chosen));
    const stale = texts.find(({ key }) => data[key] && typed.get(key).chosen !== chosen);
    show(place, stale ? t('task.leftover', { field: stale.label, decision: words(choice, typed.get(stale.key).chosen) }) : '');
  };
  if (choice) {
    form.on('changed', look);
    look();
  }
  return place;
}

/** Text belongs to the decision that was chosen when it was typed, or to the first one after it. */
function remember(typed, key, text, chosen) {
  const before = typed.get(key);
  if (before?.text !== text || before.chosen === null) {
    typed.set(key, { text, chosen });
  }
}

function words(choice, value) {
  return choice.values.find((option) => option.value === value)?.label ?? value;
}

function show(place, sentence) {
  if (place.textContent !== sentence) {
    fill(place, sentence && h('p', { class: 'refusal' }, sentence));
  }
}

function isEmpty(value) {
  return value === null || value === '';
}
