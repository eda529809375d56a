import { moment } from './format.js';
import { t } from './i18n.js';

const BEGINNING = /^(an?|the|there|this|these|no|nobody|somebody|your?|is|are|only|it) /;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

/** The sentences of a refusal for people: each once, with the name of what it is about, not its place in the request. */
export function sentences(problem) {
  if (problem.status === 0) {
    return [`${t('error.unreachable.title')}. ${t('error.unreachable.hint')}`];
  }
  const { problems = [] } = problem;
  return problems.length > 0 ? [...new Set(problems.map(sentence))] : [readable(problem.message)];
}

function sentence({ where = '', message }) {
  const name = where.startsWith('/') ? where.split('/').pop() : where;
  // a sentence that begins with a quoted value or name says itself what it is about
  return name && !message.startsWith("'") ? `${name}: ${withMoments(message)}` : readable(message);
}

/** A message of the API as a sentence, with moments in the reader's zone. */
export function readable(message) {
  const text = withMoments(message);
  // a name of something keeps its writing
  return BEGINNING.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

function withMoments(message) {
  return message.replace(INSTANT, (iso) => moment(iso).textContent);
}
