import { download, path, read } from '../api.js';
import { awaited } from '../awaited.js';
import { checks } from '../checks.js';
import { decisions } from '../decisions.js';
import { deliver } from '../deliver.js';
import { diagram } from '../diagram.js';
import { h } from '../dom.js';
import { announced, distance, extent, moment, period, release, roundParts, short, zoned } from '../format.js';
import { one, t } from '../i18n.js';
import { frozenInputs, releasedFiles } from '../frozen.js';
import { live } from '../live.js';
import { facts, section, state } from '../parts.js';
import { members, person } from '../people.js';
import { missingIs, places } from '../places.js';
import { postpone } from '../postpone.js';
import { revise } from '../revise.js';
import { link } from '../router.js';
import { hasFigures, series } from '../series.js';
import { empty } from '../states.js';
import { steps } from '../steps.js';
import { groups, waiting } from '../tasks.js';
import { versions } from '../versions.js';

/** States in which inputs can still be frozen anew. */
const FREEZING = ['open', 'waiting', 'processing', 'correcting', 'review'];
const OVER = ['closed', 'cancelled', 'withdrawn', 'failed'];

export const title = ({ project, round }) => {
  const parts = roundParts(round, project);
  return parts ? `${period(parts.period)} · ${release(parts.revision)}` : round;
};

/** A round: where it is, what was done, checked and decided, and the proof of it. */
export async function show({ project, round, me, signal }) {
  const base = path('projects', project, 'rounds', round);
  const content = h('div', {});
  const picture = diagram(base, signal);
  const draw = places(content);
  const [{ name }] = await Promise.all([
    read(path('projects', project), signal).catch(missingIs({ name: project })),
    members(project, signal).catch(missingIs([])),
  ]);
  const refresh = async () => {
    const [view, course, tasks] = await Promise.all([
      read(base, signal),
      read(`${base}/course`, signal).catch(missingIs(null)),
      read(`/tasks?subject=${encodeURIComponent(round)}&limit=50`, signal),
    ]);
    const people = await groups(tasks.items, me, signal);
    draw('state', [view.state, view.stateSince, view.plannedRelease, view.announcements, view.endReason, view.revision], () => head(project, view, name, me, signal));
    draw('awaited', course?.awaited ?? [], (open) => awaited(open, round));
    draw('marks', [], marks);
    draw('tasks', tasks.items, () => waiting(tasks.items, people, me, refresh));
    draw('course', course !== null, (begun) => section('course', t('round.course'), begun ? picture.element : empty(t('round.noCourse'))));
    if (course) {
      const isFirst = picture.latest() === null;
      picture.update({ ...course, isOver: OVER.includes(view.state) });
      if (isFirst) {
        picture.draw();
      }
    }
    draw('steps', [view.steps, view.runs.length], () => section('steps', t('round.steps'), stepsOf(base, view, signal)));
    draw('checks', view.checks, () => section('checks', t('round.checks'), checks(view.checks)));
    draw('runs', [view.runs, view.runs.length === 0 && timesFrozen(course)], () => section('versions', t('round.versions'), view.runs.length === 0 ? frozenInputs(project, view, signal) : versions(project, view, signal)));
    draw('decisions', view.decisions, () => section('decisions', t('round.decisions'), decisions(view.decisions, names(course))));
    draw('series', [Boolean(view.release), view.runs.length, hasFigures(view)], () => section('series', view.release ? t('series.title') : t('series.notYet'), series(project, base, view, signal)));
    draw('evidence', [view.release, view.announcements], () => section('evidence', t('round.evidence'), evidence(project, base, view, signal)));
    draw('about', [view.commit, view.method, view.trigger, view.evaluated], () => section('about', t('round.about'), about(view)));
    return view;
  };

  window.addEventListener('beforeprint', () => content.querySelector('.printed')?.replaceChildren(moment(new Date().toISOString())), { signal });
  follow(await refresh(), project, refresh, signal);
  return content;
}

function timesFrozen(course) {
  return course?.activities.filter((passage) => passage.activity === 'serviceTask_freezeInputs' && passage.endedAt).length;
}

/** Looks again when something was recorded about the round; what has not changed stays as it is. */
function follow(view, project, refresh, signal) {
  if (!OVER.includes(view.state)) {
    live({ project, subject: view.id }, refresh, signal);
  }
}

function head(project, view, name, me, signal) {
  return [
    h('p', { class: 'only-print' }, name, ' · ', t('round.printed'), ' ', h('span', { class: 'printed' })),
    h(
      'nav',
      { class: 'crumbs', 'aria-label': t('shell.crumbs') },
      h('a', { href: link('projects') }, t('projects.title')),
      ' / ',
      h('a', { href: link('projects', project), title: project }, name),
    ),
    h(
      'p',
      { class: 'lead', role: 'status' },
      state('roundState', view.state),
      ' ',
      h('span', { class: 'quiet' }, t('round.since'), ' ', moment(view.stateSince), ' (', distance(view.stateSince), ')'),
    ),
    view.endReason && h('p', {}, t('round.endReason', { reason: view.endReason })),
    view.revision &&
      h('p', {}, t('round.revises'), ' ', h('a', { href: link('projects', project, 'rounds', view.revision.predecessor) }, view.revision.predecessor), ' (', one('revision', view.revision.type), '): ', view.revision.reason),
    view.plannedRelease && h('p', {}, t('round.planned'), ' ', zoned(view.plannedRelease)),
    view.state === 'embargoed' && view.announcements.length > 0 && h('p', {}, t('round.publishes'), ' ', h('strong', {}, announced(view.announcements.at(-1)))),
    postpone(project, view, me, signal),
    revise(project, view, me, signal),
    late(project, view, me, signal),
  ];
}

function late(project, view, me, signal) {
  const button = FREEZING.includes(view.state) && deliver(project, me, signal, roundParts(view.id, project)?.period);
  return button && h('p', { class: 'actions no-print' }, button);
}

/** The page is long; its sections are found from its head. */
function marks() {
  const sections = [
    ['course', t('round.course')],
    ['steps', t('round.steps')],
    ['checks', t('round.checks')],
    ['versions', t('round.versions')],
    ['decisions', t('round.decisions')],
    ['series', t('series.name')],
    ['evidence', t('round.evidence')],
    ['about', t('round.about')],
  ];
  return h('nav', { class: 'marks no-print', 'aria-label': t('round.marks') }, h('ul', {}, sections.map(([id, words]) => h('li', {}, h('a', { href: `#${id}` }, words)))));
}

function stepsOf(base, view, signal) {
  if (view.steps.length === 0) {
    return empty(t('round.noSteps'), t('round.noStepsHint'));
  }
  return steps(t('round.steps'), base, view.steps, signal, [t('round.outputs'), (step) => outputs(base, step)]);
}

function outputs(base, step) {
  if (step.outputs.length === 0) {
    return '–';
  }
  return h(
    'ul',
    { class: 'plain-list' },
    step.outputs.map((output) => {
      const file = output.key.slice(output.key.lastIndexOf('/') + 1);
      const address = download(`${base}/outputs${path(...output.dataset.split('/'), file)}`);
      return h('li', {}, h('a', { href: address, download: file }, `${output.dataset}/${file}`), ' ', h('span', { class: 'quiet' }, extent(output.rows, output.size)));
    }),
  );
}

function names(course) {
  return new Map((course?.activities ?? []).map((activity) => [activity.activity, activity.name]));
}

function evidence(project, base, view, signal) {
  const announcements = view.announcements.map((announcement) => h('li', {}, t('round.announced'), ' ', announced(announcement), announcement.reason && `: ${announcement.reason}`));
  return [
    announcements.length > 0 && h('ul', {}, announcements),
    !view.release && empty(t('round.notReleased'), t('round.notReleasedHint')),
    view.release &&
      facts(
        [t('round.releasedAt'), zoned(view.release.releasedAt)],
        [t('round.tag'), h('code', {}, view.release.tag)],
        [t('round.evidenceHash'), h('code', {}, view.release.evidence)],
        [t('round.releaseSet'), h('code', {}, view.release.releaseSet)],
        [t('round.reviewEvent'), event(view.release.reviewEvent)],
        [t('round.releaseEvent'), event(view.release.releaseEvent)],
      ),
    view.release && [h('h3', {}, t('round.releasedFiles')), releasedFiles(project, view, signal)],
    view.release?.bundleSealed && h('p', {}, h('a', { class: 'button', href: download(`${base}/evidence`), download: '' }, t('round.download'))),
    view.release && !view.release.bundleSealed && h('p', { class: 'quiet' }, t('round.sealing')),
    h('p', { class: 'no-print' }, h('button', { type: 'button', class: 'second', onclick: () => print() }, t('round.print'))),
  ];
}

function event(id) {
  return h('a', { href: link('audit', id) }, h('code', {}, id));
}

function about(view) {
  return facts(
    [t('round.id'), h('code', {}, view.id)],
    [t('round.requested'), [moment(view.requestedAt), ', ', person(view.requestedBy)]],
    [t('round.trigger'), one('trigger', view.trigger)],
    [t('round.method'), view.method],
    [t('round.commit'), short(view.commit)],
    [t('round.evaluated'), view.evaluated === undefined ? null : view.evaluated ? t('word.yes') : t('word.no')],
  );
}
