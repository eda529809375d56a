import { t } from './i18n.js';

/** The sentences of a refusal for people: each once, with the name of what it is about, not its place in the request. */
export function sentences(problem) {
  if (problem.status === 0) {
    return [`${t('error.unreachable.title')}. ${t('error.unreachable.hint')}`];
  }
  const { problems = [] } = problem;
  return problems.length > 0 ? [...new Set(problems.map(sentence))] : [problem.message];
}

function sentence({ where = '', message }) {
  const name = where.startsWith('/') ? where.split('/').pop() : where;
  // a sentence that begins with a quoted value or name says itself what it is about
  return name && !message.startsWith("'") ? `${name}: ${message}` : message;
}
