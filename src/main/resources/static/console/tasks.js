import { change, path, ROOT } from './api.js';
import { h } from './dom.js';
import { distance, moment, period, release, roundParts } from './format.js';
import { one, t } from './i18n.js';
import { badge, section, table } from './parts.js';
import { called, members, person } from './people.js';
import { readable } from './problems.js';
import { link } from './router.js';
import { say } from './states.js';

/** A task's name without what it is about, which is said beside it. */
export function nameOf(task) {
  return task.name.replace(` · ${task.subject}`, '');
}

/** The form of a task in Tasklist. */
export function formOf(task) {
  return `${ROOT}camunda/app/tasklist/default/#/?task=${encodeURIComponent(task.id)}`;
}

/** The page of what a task is about, besides rounds; null where there is none. */
function pageOf(task) {
  const kind = kindOf(task);
  return kind ? link('projects', task.project, kind, task.subject) : null;
}

function kindOf(task) {
  const rest = task.project && task.subject.startsWith(`${task.project}-`) ? task.subject.slice(task.project.length + 1) : '';
  return { train: 'trainings', explore: 'explorations' }[rest.split('-')[0]];
}

/** Period and revision of the round that a task is about; null for other tasks. */
export function roundOf(task) {
  return !kindOf(task) && task.project ? roundParts(task.subject, task.project) : null;
}

/** Where the API has the round, training or exploration that a task is about; null for other tasks. */
export function baseOf(task) {
  const kind = roundOf(task) ? 'rounds' : kindOf(task);
  return kind ? path('projects', task.project, kind, task.subject) : null;
}

/** Why the reader may not do a task that their role allows: they did another one before it. */
export function excluded({ exclusion }) {
  if (!exclusion) {
    return null;
  }
  const words = exclusion.name ? t('task.excludedBy', { task: exclusion.name }) : t('task.excludedStart');
  return h('p', { class: 'excluded' }, badge('work', 'excluded', 'ask'), ' ', words);
}

/** What a task is about, linked where the console has a page of it. */
export function subject(task) {
  const page = pageOf(task);
  if (page) {
    return [h('a', { href: page }, task.subject), ' · ', project(task)];
  }
  const parts = roundOf(task);
  if (parts) {
    const words = `${period(parts.period)}, ${release(parts.revision)}`;
    return [h('a', { href: link('projects', task.project, 'rounds', task.subject) }, words), ' · ', project(task)];
  }
  return task.project ? [task.subject === task.project ? null : `${task.subject} · `, project(task)] : task.subject;
}

function project(task) {
  return h('a', { href: link('projects', task.project) }, task.project);
}

/** When a task is due, and whether that is over. */
export function due(task) {
  if (!task.dueAt) {
    return t('work.noDueDate');
  }
  const late = new Date(task.dueAt) < new Date();
  return [moment(task.dueAt), h('div', {}, late ? badge('work', 'overdue', 'bad') : h('span', { class: 'quiet' }, distance(task.dueAt)))];
}

/** People of the projects by group, so that a task can say who may do it. */
export async function groups(tasks, me, signal) {
  const mine = new Set(me.projects.map((membership) => membership.project));
  const projects = [...new Set(tasks.map((task) => task.project))].filter((project) => mine.has(project));
  const people = new Map();
  await Promise.all(
    projects.map(async (project) => {
      for (const { person, roles } of await members(project, signal)) {
        for (const role of roles) {
          const group = `${project}/${role}`;
          people.set(group, [...(people.get(group) ?? []), person]);
        }
      }
    }),
  );
  return people;
}

/** Who may do a task besides the reader: people by role, or the role alone where its people are not known. */
export function others(task, people, me) {
  if (task.candidates.length === 0) {
    return t('work.nobodyElse');
  }
  return h(
    'ul',
    { class: 'plain-list' },
    task.candidates.map((group) => {
      const role = one('role', group.slice(group.indexOf('/') + 1));
      const names = (people.get(group) ?? []).filter((person) => person !== me.id).map(called);
      const known = people.has(group);
      return h('li', {}, role, ': ', known ? names.join(', ') || t('work.nobodyElse') : t('work.notKnown'));
    }),
  );
}

/** The way to the form, and claim or give back. */
export function actions(task, me, done) {
  const open = h('a', { class: 'button', href: link('tasks', task.id), 'aria-label': t('work.openNamed', { task: nameOf(task), subject: task.subject }) }, t('work.open'));
  return h('div', { class: 'actions' }, open, claiming(task, me, done));
}

/** The button to claim a task, or to give it back. */
export function claiming(task, me, done) {
  const act = (verb, words) => async (event) => {
    event.target.disabled = true;
    try {
      await change('POST', `${path('tasks', task.id)}/${verb}`);
      say(words);
    } catch (problem) {
      event.target.disabled = false;
      say(t('work.refused', { reason: readable(problem.message) }), true);
      return;
    }
    // who has left the page needs no new list
    done().catch((problem) => problem.name === 'AbortError' || say(problem.message, true));
  };
  if (!task.assignee) {
    return task.exclusion ? null : h('button', { type: 'button', class: 'second', onclick: act('claim', t('work.claimed', { task: nameOf(task) })) }, t('work.claim'));
  }
  return (
    task.assignee === me.id &&
    h('button', { type: 'button', class: 'second', onclick: act('unclaim', t('work.givenBack', { task: nameOf(task) })) }, t('work.giveBack'))
  );
}

/** Open tasks about one thing that the reader may do; nothing where there are none. */
export function waiting(tasks, people, me, done) {
  if (tasks.length === 0) {
    return null;
  }
  return section(
    'waiting',
    t('round.waiting'),
    table(
      t('round.waiting'),
      [
        [t('work.task'), (task) => [h('span', { lang: 'en', class: 'strong' }, nameOf(task)), excluded(task)]],
        [t('work.due'), due],
        [t('work.assignee'), (task) => person(task.assignee) ?? t('work.nobodyYet')],
        [t('work.others'), (task) => others(task, people, me)],
        [t('work.action'), (task) => actions(task, me, done)],
      ],
      tasks,
    ),
  );
}
