import { h } from './dom.js';
import { moment, short } from './format.js';
import { one, t } from './i18n.js';
import { person } from './people.js';
import { empty } from './states.js';

/** Who decided what, when, why. @param names of the elements of the model, by id */
export function decisions(all, names) {
  if (all.length === 0) {
    return empty(t('round.noDecisions'));
  }
  return h(
    'ol',
    { class: 'timeline' },
    all.map((decision) =>
      h(
        'li',
        {},
        h('p', {}, h('strong', { lang: 'en' }, names.get(decision.activity) ?? decision.activity), ': ', one('decision', decision.decision)),
        h('p', { class: 'quiet' }, person(decision.actor), ', ', moment(decision.decidedAt)),
        decision.reason && h('blockquote', {}, decision.reason),
        decision.evidence && h('p', { class: 'quiet' }, t('round.decidedOn'), ' ', short(decision.evidence)),
      ),
    ),
  );
}
