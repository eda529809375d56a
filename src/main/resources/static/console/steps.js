import { path, text } from './api.js';
import { fill, h } from './dom.js';
import { duration, moment, number } from './format.js';
import { t } from './i18n.js';
import { state, table } from './parts.js';
import { loading } from './states.js';

/** Steps with their times, and below them their logs, each read when it is opened. */
export function steps(title, base, all, signal, ...more) {
  const overview = table(
    title,
    [
      [t('round.step'), (step) => [h('code', {}, step.name), step.gsbpm && h('span', { class: 'quiet' }, ` GSBPM ${step.gsbpm}`)]],
      [t('round.state'), (step) => [state('stepState', step.state), step.message && h('p', { class: 'quiet', lang: 'en' }, step.message)]],
      [t('round.started'), (step) => moment(step.startedAt) ?? '–'],
      [t('round.took'), (step) => (step.finishedAt && step.startedAt ? duration(new Date(step.finishedAt) - new Date(step.startedAt)) : '–')],
      [t('round.attempts'), (step) => number(step.attempts)],
      ...more,
    ],
    all,
  );
  return [overview, h('div', { class: 'logs no-print' }, all.map((step) => log(base, step, signal)))];
}

function log(base, step, signal) {
  const place = h('pre', { class: 'log', tabindex: '0', 'aria-label': t('round.logOf', { step: step.name }) });
  const open = async (event) => {
    if (!event.target.open || place.textContent) {
      return;
    }
    fill(place, loading());
    try {
      place.textContent = (await text(`${base}/steps${path(step.job)}/log`, 'text/plain', signal)) || t('round.noLog');
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        place.textContent = problem.status === 404 ? t('round.noLog') : problem.message;
      }
    }
  };
  return h('details', { ontoggle: open }, h('summary', {}, t('round.logOf', { step: step.name })), place);
}
