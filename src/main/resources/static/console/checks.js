import { h } from './dom.js';
import { amount, moment } from './format.js';
import { one, t } from './i18n.js';
import { badge, state, table } from './parts.js';
import { person } from './people.js';
import { empty } from './states.js';

/** Types of checks whose threshold is for the value without its sign. */
const BOTH_WAYS = ['change', 'outlier'];

/** The checks of a round with what people said of them. */
export function checks(all) {
  if (all.length === 0) {
    return empty(t('round.noChecks'), t('round.noChecksHint'));
  }
  return table(
    t('round.checks'),
    [
      [t('round.check'), (check) => [h('code', {}, check.name), h('div', { class: 'quiet' }, check.scope)]],
      [t('round.verdict'), (check) => verdict(check)],
      [t('round.value'), (check) => amount(check.value)],
      [t('round.threshold'), (check) => amount(check.threshold, BOTH_WAYS.includes(check.type) ? '±' : '')],
      [t('round.meaning'), (check) => [h('span', { lang: 'en' }, check.message), explanation(check)]],
    ],
    all,
  );
}

/** Beyond its limit and yet without consequence is said in the same words to who reviews. */
function verdict(check) {
  const informs = check.verdict === 'pass' && check.severity === 'info' && check.exceeded;
  return informs ? badge('verdict', 'informs', 'ask') : [state('verdict', check.verdict), h('div', { class: 'quiet severity' }, one('severity', check.severity))];
}

function explanation(check) {
  if (!check.answer) {
    return null;
  }
  return h('p', {}, h('strong', {}, one('answer', check.answer)), ': ', check.explanation, ' ', h('span', { class: 'quiet' }, person(check.explainedBy), ', ', moment(check.explainedAt)));
}
