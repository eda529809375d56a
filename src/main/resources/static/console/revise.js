import { ask, mayStart, releaseMoment } from './begin.js';
import { deliver } from './deliver.js';
import { h } from './dom.js';
import { roundParts } from './format.js';
import { one, t } from './i18n.js';
import { choice, field } from './questions.js';

const REVISABLE = ['released', 'closed'];
const TYPES = ['routine', 'major', 'non-scheduled'];

/** What starts the next revision of a published round, for who may. */
export function revise(project, view, me, signal) {
  if (!REVISABLE.includes(view.state) || !mayStart(project, me)) {
    return null;
  }
  return h('p', { class: 'actions no-print' }, h('button', { type: 'button', class: 'second', onclick: () => revision(project, view, me, signal) }, t('revise.start')));
}

function revision(project, view, me, signal) {
  const late = deliver(project, me, signal, roundParts(view.id, project)?.period);
  const fields = (given) => [
    choice('type', t('revise.type'), TYPES.map((type) => [type, `${one('revision', type)}: ${one('revisionMeaning', type)}`]), given),
    field('reason', t('revise.reason'), { required: true, maxlength: 2000, rows: 3 }, given),
    field('plannedRelease', t('begin.plannedRelease'), { type: 'datetime-local' }, given),
    h('p', {}, t('revise.data')),
    late && h('p', { class: 'actions' }, late),
  ];
  const body = ({ type, reason, plannedRelease }) => ({ type, reason, plannedRelease: releaseMoment(plannedRelease) });
  return ask(project, `rounds/${view.id}/revise`, { title: t('revise.title', { round: view.id }), signal }, fields, body, 'rounds');
}
