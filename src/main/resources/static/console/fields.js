import { h } from './dom.js';
import { locale, spoken, t } from './i18n.js';
import { readable } from './problems.js';

/** The fields of a form that a person fills in. */
export function writable(schema) {
  return all(schema).filter((field) => field.key && !field.disabled);
}

function all({ components = [] }) {
  return components.flatMap((field) => [field, ...all(field)]);
}

/** Tells each time what is filled in now, without what the form only shows. */
export function whenAnswered(schema, form, deed) {
  const now = () => answers(schema, form._getState().data);
  let known = JSON.stringify(now());
  form.on('changed', () => {
    if (JSON.stringify(now()) !== known) {
      known = JSON.stringify(now());
      deed(now());
    }
  });
}

function answers(schema, data) {
  return Object.fromEntries(writable(schema).map(({ key }) => [key, data[key] ?? null]));
}

/** The words of each decision that was taken, and whether it is one that ends what the task is about. */
export function decided(schema, data) {
  return writable(schema)
    .filter((field) => field.type === 'radio')
    .map((field) => ({ chosen: field.values.find(({ value }) => value === data[field.key]), ends: field.properties?.ends }))
    .filter(({ chosen }) => chosen)
    .map(({ chosen, ends }) => ({ words: chosen.label, ends: (ends ?? '').split(',').includes(chosen.value) }));
}

/** Says below each date what moment was understood, because a typed date can be taken for another one. */
export function understand(container, schema, form) {
  const dates = writable(schema).filter((field) => field.type === 'datetime');
  const draw = () => dates.forEach((field) => below(container, field, form._getState().data[field.key]));
  if (dates.length > 0) {
    // the library draws a field anew whenever its condition changes
    new MutationObserver(draw).observe(container, { childList: true, subtree: true });
    form.on('changed', draw);
    draw();
  }
}

function below(container, { id, subtype }, value) {
  const field = container.querySelector(`[id$="${id}-date"], [id$="${id}-time"]`)?.closest('.fjs-form-field');
  if (!field) {
    return;
  }
  const place = field.querySelector('.understood') ?? field.appendChild(h('p', { class: 'understood', role: 'status', lang: spoken() }));
  const words = value ? t('task.understood', { moment: inWords(value, subtype) }) : '';
  if (place.textContent !== words) {
    place.textContent = words;
  }
}

function inWords(value, subtype) {
  const date = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' };
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' };
  const shown = { date: { ...date, timeZone: 'UTC' }, time, datetime: { ...date, ...time } }[subtype];
  const moment = subtype === 'time' ? `1970-01-01T${value}` : value;
  return new Intl.DateTimeFormat(locale(), shown).format(new Date(moment));
}

/**
 * Marks the fields that a refusal is about, each with what is wrong, until they are changed; the
 * first of them has the focus.
 * @returns the problems that are about no field of this form
 */
export function mark(container, schema, form, problems) {
  const fields = new Map(writable(schema).map((field) => [field.key, field]));
  const about = ({ where = '' }) => fields.get(where.split('/').pop());
  const errors = {};
  problems.filter(about).forEach((problem) => {
    const { id } = about(problem);
    errors[id] = [...(errors[id] ?? []), readable(problem.message)];
  });
  form._setState({ errors });
  focusFirst(container);
  return problems.filter((problem) => !about(problem));
}

/** What is wrong is marked only when the form is drawn anew. */
export function focusFirst(container) {
  setTimeout(() => container.querySelector('.fjs-has-errors :is(input, textarea, button)')?.focus(), 100);
}
