import { change, path } from './api.js';
import { has } from './begin.js';
import { h } from './dom.js';
import { announced } from './format.js';
import { t } from './i18n.js';
import { field, typed, until } from './questions.js';
import { say } from './states.js';
import { instant, knownZone, momentIn, wall } from './zones.js';

const ROLES = ['owner', 'release'];

/** What publishes an embargoed round later than announced, for who may. */
export function postpone(project, view, me, signal) {
  const last = view.announcements.at(-1);
  if (view.state !== 'embargoed' || !last || !has(project, me, ROLES)) {
    return null;
  }
  return h('p', { class: 'actions no-print' }, h('button', { type: 'button', class: 'second danger', onclick: () => later(project, view, last, signal) }, t('postpone.act')));
}

function later(project, view, last, signal) {
  const zone = knownZone(last.zone);
  const announcedAt = wall(last.releaseAt, zone);
  const fields = (given) => [
    h('p', {}, t('postpone.words'), ' ', t('round.announced'), ' ', announced(last), '.'),
    momentIn(zone, 'releaseAt', t('postpone.moment', { zone }), { required: true, min: announcedAt }, { releaseAt: announcedAt, ...given }),
    field('reason', t('revise.reason'), { required: true, maxlength: 2000, rows: 3 }, given),
    typed(view.id, given),
  ];
  const deed = async ({ releaseAt, reason }) => {
    await change('POST', `${path('projects', project, 'rounds', view.id)}/postpone`, { releaseAt: instant(releaseAt, zone), reason });
    say(t('postpone.asked'));
  };
  return until({ title: t('postpone.title', { round: view.id }), act: t('postpone.act'), signal }, fields, deed);
}
