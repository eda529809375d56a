import { path, read } from './api.js';
import { fill, h } from './dom.js';
import { bytes, moment, number, period, release, roundParts, short } from './format.js';
import { many, one, t } from './i18n.js';
import { facts, state, table } from './parts.js';
import { link } from './router.js';
import { empty, failed, loading } from './states.js';

/** Which data and code each run stood on, and what changed against the round before. */
export function versions(project, view, signal) {
  return [view.runs.map((run) => oneRun(run)), differences(project, view, signal)];
}

function oneRun(run) {
  return h(
    'div',
    { class: 'run' },
    h('h3', {}, t('versions.run', { number: number(run.number) }), ' ', run.verdict && state('verdict', run.verdict)),
    run.summary && summary(run.summary),
    facts(
      [t('versions.planned'), moment(run.plannedAt)],
      [t('round.commit'), short(run.commit)],
      [t('versions.inputs'), h('code', {}, run.inputSet)],
      [t('versions.models'), run.models.length > 0 && run.models.join(', ')],
      [t('versions.outputs'), run.outputSet && h('code', {}, run.outputSet)],
      [t('round.evidenceHash'), run.evidence && h('code', {}, run.evidence)],
    ),
  );
}

/** The first line says how it went; the rest repeats each check. */
function summary(words) {
  const [first, ...rest] = words.split('\n');
  return [
    h('p', { lang: 'en' }, first),
    rest.length > 0 && h('details', {}, h('summary', {}, t('versions.summary')), h('p', { lang: 'en', class: 'prose' }, rest.join('\n'))),
  ];
}

/** Reads the project's datasets only when somebody asks for the differences. */
function differences(project, view, signal) {
  const place = h('div', {});
  const open = async (event) => {
    if (!event.target.open || place.childElementCount > 0) {
      return;
    }
    fill(place, loading());
    try {
      fill(place, await compared(project, view, signal));
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        fill(place, failed(problem));
      }
    }
  };
  return h('details', { ontoggle: open }, h('summary', {}, t('versions.differences')), place);
}

/** A version is named after its period, revision and build: 2026-q3-r0.3. */
async function compared(project, view, signal) {
  const base = path('projects', project, 'datasets');
  const mine = view.id.slice(project.length + 1);
  const datasets = (await read(`${base}?limit=50`, signal)).items.map((dataset) => dataset.id.split('/').slice(-2));
  const found = await Promise.all(
    datasets.map(async ([layer, name]) => {
      const all = (await read(`${base}${path(layer, name)}/versions?limit=200`, signal)).items.map((item) => item.id.slice(item.id.indexOf('@') + 1));
      const order = (id) => id.replace(/\.(\d+)$/, (whole, build) => `.${build.padStart(4, '0')}`);
      const sorted = all.sort((a, b) => order(a).localeCompare(order(b)));
      const after = sorted.filter((id) => id.startsWith(`${mine}.`)).pop();
      const before = after && sorted.filter((id) => id.split('.')[0] < mine).pop();
      return before && { layer, name, before, after, diff: await read(`${base}${path(layer, name)}/versions${path(before)}/diff${path(after)}`, signal) };
    }),
  );
  const all = found.filter(Boolean);
  return all.length === 0 ? empty(t('versions.nothingBefore')) : all.map((one) => difference(project, one));
}

/** A version that is named after no round stands for itself. */
function origin(project, version) {
  const round = `${project}-${version.split('.')[0]}`;
  const parts = roundParts(round, project);
  return parts ? [h('a', { href: link('projects', project, 'rounds', round) }, period(parts.period), ' · ', release(parts.revision)), ' ', h('code', { class: 'quiet' }, version)] : h('code', {}, version);
}

function difference(project, { layer, name, before, after, diff }) {
  const title = t('versions.between', { dataset: `${layer}/${name}`, before, after });
  return h(
    'div',
    { class: 'run' },
    h('h3', {}, `${layer}/${name}`),
    h('p', {}, t('versions.against'), ' ', origin(project, before)),
    h('p', {}, many('versions.unchanged', diff.unchanged), ' · ', t('versions.rows', { rows: signed(diff.rows) })),
    diff.changes.length > 0 &&
      table(
        title,
        [
          [t('versions.file'), (change) => h('code', {}, change.key)],
          [t('versions.change'), (change) => one('change', change.kind)],
          [t('versions.rowsBefore'), (change) => rows(change.rowsBefore)],
          [t('versions.rowsAfter'), (change) => rows(change.rowsAfter)],
          [t('versions.size'), (change) => bytes(change.sizeAfter || change.sizeBefore)],
        ],
        diff.changes,
      ),
  );
}

function rows(count) {
  return count < 0 ? '–' : number(count);
}

function signed(count) {
  return count > 0 ? `+${number(count)}` : number(count);
}
