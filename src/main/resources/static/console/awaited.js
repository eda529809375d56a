import { read } from './api.js';
import { h } from './dom.js';
import { moment } from './format.js';
import { one, t } from './i18n.js';
import { badge } from './parts.js';
import { person } from './people.js';
import { missingIs } from './places.js';
import { nameOf } from './tasks.js';

/** The open tasks of a training, exploration or roll-back; of a round its course has them. */
export function awaitedOf(base, signal) {
  return read(`${base}/awaited`, signal).catch(missingIs([]));
}

/** What something waits for people to do and who they are, for everybody who sees it. */
export function awaited(tasks, subject) {
  if (tasks.length === 0) {
    return null;
  }
  return h('ul', { class: 'plain-list awaited' }, tasks.map((task) => h('li', {}, t('round.waitsFor'), ' ', h('strong', { lang: 'en' }, nameOf({ ...task, subject })), ' · ', who(task), due(task))));
}

function who({ assignee, candidates }) {
  if (assignee) {
    return [t('round.claimedBy'), ' ', person(assignee)];
  }
  return candidates.map((group) => one('role', group.slice(group.indexOf('/') + 1))).join(', ');
}

function due({ dueAt }) {
  const isLate = dueAt && new Date(dueAt) < new Date();
  return dueAt && [' · ', t('round.due'), ' ', moment(dueAt), isLate && [' ', badge('work', 'overdue', 'bad')]];
}
