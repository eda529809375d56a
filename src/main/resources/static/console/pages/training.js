import { download, path, read } from '../api.js';
import { awaited, awaitedOf } from '../awaited.js';
import { curves } from '../curves.js';
import { decisions } from '../decisions.js';
import { h } from '../dom.js';
import { amount, distance, moment, number, period, short } from '../format.js';
import { figures } from '../figures.js';
import { one, t } from '../i18n.js';
import { live } from '../live.js';
import { card, history, modelLink, rollbacks } from '../models.js';
import { facts, section, state, table } from '../parts.js';
import { members, person } from '../people.js';
import { missingIs, places } from '../places.js';
import { link } from '../router.js';
import { rename } from '../shell.js';
import { empty } from '../states.js';
import { steps } from '../steps.js';
import { groups, waiting } from '../tasks.js';
import { crumbs, trainings } from '../trainings.js';

const OVER = ['promoted', 'reproduced', 'stopped', 'cancelled'];

/** The elements of the model in which people decide. */
const TASKS = new Map([
  ['userTask_approveResources', 'Approve resources'],
  ['userTask_decideOnFailedTraining', 'Decide on failed training'],
  ['userTask_decideOnRefusedCandidate', 'Decide on refused candidate'],
  ['userTask_reviewPromotion', 'Review promotion'],
  ['userTask_approveProduction', 'Approve production'],
]);

export const title = ({ training }) => training;

/** A training: its curves, its candidate beside the champion, the gate and what people decided. */
export async function show({ project, training, me, signal }) {
  const base = path('projects', project, 'trainings', training);
  const content = h('div', {});
  const draw = places(content);
  const picture = curves(project, training, signal);
  const refresh = async () => {
    const [view, evaluation, tasks, open] = await Promise.all([
      read(base, signal),
      read(`${base}/evaluation`, signal).catch(missingIs(null)),
      read(`/tasks?subject=${encodeURIComponent(training)}&limit=50`, signal),
      awaitedOf(base, signal),
    ]);
    rename(`${view.model} · ${period(view.period)}`);
    const people = await groups(tasks.items, me, signal);
    draw('state', [view.state, view.stateSince, view.endReason, view.outcome, view.candidate], () => head(project, view));
    draw('awaited', open, () => awaited(open, training));
    draw('tasks', tasks.items, () => waiting(tasks.items, people, me, refresh));
    draw('curves', true, () => section('curves', t('curves.title'), picture.element));
    await picture.refresh(view);
    draw('figures', evaluation, () => section('figures', t('figures.title'), compared(view, evaluation)));
    draw('gate', [view.checks, view.verdict], () => section('gate', t('gate.title'), gate(view)));
    draw('card', view.candidate ?? null, () => view.candidate && section('card', t('model.card'), card(project, view.candidate, signal)));
    draw('decisions', [view.decisions, view.waivers], () => section('decisions', t('round.decisions'), decisions(view.decisions, TASKS), waivers(view.waivers)));
    draw('history', view.state, () => past(project, view, signal));
    draw('runs', view.runs, () => section('runs', t('training.runs'), runs(base, view, signal)));
    draw('about', [view.commit, view.artefact, view.evidence, view.evidenceSealed], () => section('about', t('training.about'), about(base, view)));
    return view;
  };
  await members(project, signal).catch(missingIs([]));
  if (!OVER.includes((await refresh()).state)) {
    live({ project, subject: training }, refresh, signal);
  }
  return content;
}

function head(project, view) {
  return [
    crumbs(project, [t('training.title'), link('projects', project, 'trainings')]),
    h(
      'p',
      { class: 'lead', role: 'status' },
      state('trainingState', view.state),
      ' ',
      h('span', { class: 'quiet' }, t('round.since'), ' ', moment(view.stateSince), ' (', distance(view.stateSince), ')'),
    ),
    view.endReason && h('p', {}, t('round.endReason', { reason: view.endReason })),
    view.reproduces && h('p', {}, t('training.reproduces'), ' ', h('a', { href: link('projects', project, 'trainings', view.reproduces) }, view.reproduces)),
    view.outcome && h('p', { lang: 'en' }, view.outcome),
    facts([t('training.candidate'), modelLink(project, view.candidate)], [t('training.champion'), modelLink(project, view.champion)]),
  ];
}

function compared(view, evaluation) {
  if (!evaluation) {
    return empty(t('figures.none'), t('figures.noneHint'));
  }
  return [!evaluation.champion && h('p', {}, t('figures.first')), figures(evaluation)];
}

function gate(view) {
  if (view.checks.length === 0) {
    return empty(t('gate.none'), t('gate.noneHint'));
  }
  return [
    view.verdict && h('p', {}, t('gate.verdict'), ' ', state('verdict', view.verdict)),
    table(
      t('gate.title'),
      [
        [t('round.check'), (check) => [`${check.number}. `, one('gateCheck', check.name)]],
        [t('round.verdict'), (check) => [state('verdict', check.verdict), h('div', { class: 'quiet severity' }, one('finding', check.finding))]],
        [t('training.candidate'), (check) => amount(check.value)],
        [t('training.champion'), (check) => amount(check.champion)],
        [t('round.threshold'), (check) => amount(check.threshold)],
        [t('round.meaning'), (check) => [h('span', { lang: 'en' }, check.message), waiver(check)]],
      ],
      view.checks,
    ),
  ];
}

function waiver(check) {
  return check.waiver && h('p', {}, h('strong', {}, t('gate.waived')), ': ', check.waiver, ' ', h('span', { class: 'quiet' }, person(check.waivedBy), ', ', moment(check.waivedAt)));
}

function waivers(all) {
  return (
    all.length > 0 && [
      h('h3', {}, t('gate.waivers')),
      h('ul', {}, all.map((check) => h('li', {}, one('gateCheck', check.name), waiver(check)))),
    ]
  );
}

function past(project, view, signal) {
  return [
    section('history', t('model.history'), history(project, view.model, signal)),
    section('rollbacks', t('model.rollbacks'), rollbacks(project, view.model, signal)),
    section('retrainings', t('training.ofModel', { model: view.model }), trainings(project, view.model, signal)),
  ];
}

function runs(base, view, signal) {
  if (view.runs.length === 0) {
    return empty(t('training.noRuns'), t('training.noRunsHint'));
  }
  return view.runs.map((run) => {
    const name = `${number(run.number)}. ${one('purpose', run.purpose)}`;
    return h('div', { class: 'run' }, h('h3', {}, name, ' ', h('span', { class: 'quiet' }, moment(run.plannedAt))), steps(name, base, run.steps, signal));
  });
}

function about(base, view) {
  const parameters = Object.entries(view.parameters).map(([name, value]) => `${name} = ${value}`);
  return [
    facts(
      [t('round.id'), h('code', {}, view.id)],
      [t('training.period'), period(view.period)],
      [t('round.requested'), [moment(view.requestedAt), ', ', person(view.requestedBy)]],
      [t('round.trigger'), one('trigger', view.trigger)],
      [t('round.method'), view.method],
      [t('round.commit'), short(view.commit)],
      [t('training.runtime'), view.runtime],
      [t('training.seed'), view.seed],
      [t('training.parameters'), parameters.length > 0 && parameters.join(', ')],
      [t('versions.inputs'), view.inputSet && h('code', {}, view.inputSet)],
      [t('training.sets'), view.setManifest && h('code', {}, view.setManifest)],
      [t('model.artefact'), short(view.artefact)],
      [t('round.evidenceHash'), short(view.evidence)],
    ),
    view.evidenceSealed && h('p', {}, h('a', { class: 'button', href: download(`${base}/evidence`), download: '' }, t('round.download'))),
  ];
}
