import { asked } from './confirm.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { sentences } from './problems.js';

/**
 * Asks until it is done or the reader gives up; what was typed stays when it is refused.
 * @param fields what to show, with the values that were given before by name
 * @param deed does it, with the values by name
 */
export async function until({ title, act, signal }, fields, deed) {
  let refusal = null;
  for (let given = {}; given; ) {
    const answer = await asked({ title, act, signal }, fields(given), refusal);
    given = answer && Object.fromEntries(answer);
    try {
      return given && (await deed(given));
    } catch (problem) {
      refusal = refused(problem);
    }
  }
  return null;
}

function refused(problem) {
  const [first, ...more] = sentences(problem);
  const said = problem.status === 0 ? first : t('work.refused', { reason: first });
  return h('div', { role: 'alert', class: 'refusal' }, h('p', {}, said), more.map((one) => h('p', { lang: 'en' }, one)));
}

/** A line to fill in, or several where `rows` is said. */
export function field(name, label, attributes, given) {
  const value = given[name] ?? '';
  const input = attributes.rows ? h('textarea', { id: name, name, ...attributes }, value) : h('input', { id: name, name, value, ...attributes });
  return h('div', { class: 'field' }, h('label', { for: name }, label), input);
}

/** One of several values, each with its words. */
export function choice(name, label, values, given) {
  return h(
    'div',
    { class: 'field' },
    h('label', { for: name }, label),
    h('select', { id: name, name }, values.map(([value, words]) => h('option', { value, selected: value === given[name] }, words))),
  );
}

/** Before something is lost its name has to be typed. */
export function typed(name, given) {
  return field('name', t('action.typeName', { name }), { required: true, autocomplete: 'off', pattern: name, title: name }, given);
}
