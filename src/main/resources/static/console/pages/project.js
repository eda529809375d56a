import { path, read } from '../api.js';
import { begin, trains } from '../begin.js';
import { deliver } from '../deliver.js';
import { h } from '../dom.js';
import { bytes, moment, number, period } from '../format.js';
import { one, t } from '../i18n.js';
import { calendar } from '../calendar.js';
import { facts, pages, section, state, table } from '../parts.js';
import { members, person } from '../people.js';
import { link } from '../router.js';
import { rename } from '../shell.js';

const STARTS = 4;

export const title = ({ project }) => project;

/** A project: its rounds by period, and who and what belongs to it. */
export async function show({ project, me, signal }) {
  const base = path('projects', project);
  const found = await read(base, signal);
  rename(found.name);
  const [schedules, hasModels] = await Promise.all([read(`${base}/schedules?limit=50`, signal), found.state === 'active' && trains(project, me, signal), members(project, signal)]);
  const planned = await starts(base, schedules.items, signal);
  return [
    crumbs(),
    h('p', { class: 'lead' }, found.purpose),
    h('p', {}, state('projectState', found.state), found.reason && [' ', found.reason]),
    h('p', { class: 'actions no-print' }, begin(project, me, hasModels, signal), h('a', { class: 'button second', href: link('projects', project, 'trainings') }, t('training.title')), h('a', { class: 'button second', href: link('projects', project, 'explorations') }, t('exploration.all'))),
    section('rounds', t('project.rounds'), roundsOf(project, base, planned, signal)),
    section('schedules', t('project.schedules'), schedulesOf(schedules.items)),
    section('datasets', t('project.datasets'), delivering(found, me, signal), datasetsOf(base, signal)),
    section('models', t('project.models'), modelsOf(project, base, signal)),
    section('members', t('project.members'), membersOf(base, signal)),
    section('about', t('project.about'), about(found)),
  ];
}

function crumbs() {
  return h('nav', { class: 'crumbs', 'aria-label': t('shell.crumbs') }, h('a', { href: link('projects') }, t('projects.title')));
}

async function starts(base, schedules, signal) {
  const active = schedules.filter((schedule) => schedule.state === 'active' && !schedule.model);
  const project = decodeURIComponent(base.slice(base.lastIndexOf('/') + 1));
  const all = await Promise.all(
    active.map((schedule) =>
      read(`${base}/schedules${path(schedule.id.slice(project.length + 1))}/next?count=${STARTS}`, signal),
    ),
  );
  return all.flat();
}

function roundsOf(project, base, planned, signal) {
  const nothing = [t('project.noRounds'), t('project.noRoundsHint')];
  return pages(`${base}/rounds?limit=100`, signal, nothing, (rounds) => calendar(project, rounds, planned));
}

function schedulesOf(schedules) {
  if (schedules.length === 0) {
    return h('p', { class: 'quiet' }, t('project.noSchedules'));
  }
  return table(
    t('project.schedules'),
    [
      [t('project.schedule'), (schedule) => h('code', {}, schedule.id)],
      [t('project.state'), (schedule) => state('scheduleState', schedule.state)],
      [t('project.frequency'), (schedule) => one('frequency', schedule.rules.frequency)],
      [t('project.nextStart'), (schedule) => moment(schedule.nextStart) ?? '–'],
      [t('project.lastStart'), (schedule) => (schedule.lastStart ? [moment(schedule.lastStart), ' · ', period(schedule.lastPeriod ?? '')] : '–')],
    ],
    schedules,
  );
}

function delivering({ id, state }, me, signal) {
  const button = state === 'active' && deliver(id, me, signal);
  return button && h('p', { class: 'actions no-print' }, button);
}

function datasetsOf(base, signal) {
  return pages(`${base}/datasets?limit=50`, signal, [t('project.noDatasets')], (datasets) =>
    table(
      t('project.datasets'),
      [
        [t('project.dataset'), (dataset) => h('code', {}, dataset.id)],
        [t('project.versions'), (dataset) => number(dataset.versions)],
        [t('project.newest'), (dataset) => moment(dataset.newestAt)],
      ],
      datasets,
    ),
  );
}

function modelsOf(project, base, signal) {
  return pages(`${base}/models?limit=50`, signal, [t('project.noModels')], (models) =>
    table(
      t('project.models'),
      [
        [t('project.model'), (model) => h('a', { href: link('projects', project, 'models', model.name) }, model.name)],
        [t('project.champion'), (model) => model.champion ?? '–'],
        [t('project.newest'), (model) => model.newest],
        [t('project.versions'), (model) => number(model.versions)],
      ],
      models,
    ),
  );
}

function membersOf(base, signal) {
  return pages(`${base}/members?limit=50`, signal, [t('project.noMembers')], (members) =>
    table(
      t('project.members'),
      [
        [t('project.person'), (member) => person(member.person)],
        [t('project.roles'), (member) => member.roles.map((role) => one('role', role)).join(', ')],
      ],
      members,
    ),
  );
}

function about(found) {
  return facts(
    [t('round.id'), h('code', {}, found.id)],
    [t('project.owner'), person(found.owner)],
    [t('project.kind'), found.kind && one('kind', found.kind)],
    [t('project.classification'), one('classification', found.classification)],
    [t('project.template'), found.template],
    [t('project.requested'), [moment(found.requestedAt), ', ', person(found.requestedBy)]],
    [t('project.repository'), found.gitUrl && h('code', {}, found.gitUrl)],
    [t('project.storage'), found.storage && storage(found.storage)],
  );
}

function storage(standing) {
  const used = bytes(standing.usedBytes);
  return standing.quotaBytes ? t('project.storageOf', { used, quota: bytes(standing.quotaBytes) }) : used;
}
