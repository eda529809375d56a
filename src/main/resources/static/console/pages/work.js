import { lately } from '../completion.js';
import { fill, h } from '../dom.js';
import { moment } from '../format.js';
import { many, t } from '../i18n.js';
import { live } from '../live.js';
import { pages, section, table } from '../parts.js';
import { person } from '../people.js';
import { actions, due, excluded, groups, nameOf, others, subject } from '../tasks.js';

const TOLD_AFTER_MILLIS = 100;

export const title = () => t('work.title');

/** Tasks that the reader is assigned to or may claim, the soonest due first. */
export function show({ me, signal }) {
  const place = pages('/tasks?limit=50', signal, [t('work.empty'), t('work.emptyHint')], async (tasks) => {
    const people = await groups(tasks, me, signal);
    return lists(tasks, people, me, () => place.refresh());
  });
  live({}, place.refresh, signal, (event) => event.action.startsWith('task.'));
  const news = h('div', { role: 'status' });
  // only what comes later is read aloud
  setTimeout((notice) => fill(news, notice), TOLD_AFTER_MILLIS, lately());
  return [news, h('p', { class: 'lead' }, t('work.lead')), place];
}

function lists(tasks, people, me, done) {
  const sorted = [...tasks].sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
  const mine = sorted.filter((task) => task.assignee === me.id);
  const open = sorted.filter((task) => !task.assignee);
  const taken = sorted.filter((task) => task.assignee && task.assignee !== me.id);
  return [
    group('mine', t('work.mine'), mine, people, me, done),
    group('open', t('work.toClaim'), open, people, me, done),
    group('taken', t('work.taken'), taken, people, me, done),
  ];
}

function group(id, title, tasks, people, me, done) {
  if (tasks.length === 0) {
    return null;
  }
  const columns = [
    [t('work.task'), (task) => [h('span', { lang: 'en', class: 'strong' }, nameOf(task)), h('div', { class: 'quiet' }, subject(task)), excluded(task)]],
    [t('work.due'), due],
    [t('work.since'), (task) => moment(task.createdAt)],
    ...(id === 'taken' ? [[t('work.assignee'), (task) => person(task.assignee)]] : []),
    [t('work.others'), (task) => others(task, people, me)],
    [t('work.action'), (task) => actions(task, me, done)],
  ];
  return section(`tasks-${id}`, title, h('p', { class: 'quiet' }, many('work.count', tasks.length)), table(title, columns, tasks));
}
