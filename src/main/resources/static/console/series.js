import { read } from './api.js';
import { lineChart } from './charts.js';
import { fill, h } from './dom.js';
import { number, period, release, roundParts } from './format.js';
import { t } from './i18n.js';
import { empty, failed, loading } from './states.js';

const PERIODS = [8, 20, 40, 120];

/**
 * The series that a round releases, as it and those before it had them. Before the release it is
 * read when somebody asks for it: each reading is recorded.
 */
export function series(project, base, view, signal) {
  const place = h('div', {});
  if (!hasFigures(view)) {
    return empty(t('series.none'), t('series.noneHint'));
  }
  if (view.release) {
    show(project, base, view, {}, place, signal);
  } else {
    const open = () => show(project, base, view, {}, place, signal);
    fill(place, h('p', { class: 'quiet' }, t('series.recorded')), h('button', { type: 'button', class: 'second', onclick: open }, t('series.show')));
  }
  return place;
}

/** What the newest run wrote is kept together when it is checked. */
export function hasFigures(view) {
  return Boolean(view.runs[0]?.outputSet);
}

async function show(project, base, view, wish, place, signal) {
  const focus = place.contains(document.activeElement) ? document.activeElement.id : null;
  fill(place, loading());
  try {
    const query = new URLSearchParams({ periods: '20', ...wish });
    const found = await read(`${base}/series?${query}`, signal);
    const again = (change) => show(project, base, view, { dataset: found.dataset, name: found.name, periods: query.get('periods'), ...change }, place, signal);
    fill(place, pickers(found, query.get('periods'), again), figure(project, found, signal), leftOut(found));
    if (focus) {
      document.getElementById(focus)?.focus();
    }
  } catch (problem) {
    if (problem.name !== 'AbortError') {
      const nothing = problem.status === 404;
      fill(place, nothing ? empty(t('series.none'), h('span', { lang: 'en' }, problem.message)) : failed(problem, () => show(project, base, view, wish, place, signal)));
    }
  }
}

function pickers(found, periods, again) {
  return h(
    'div',
    { class: 'pickers no-print' },
    found.datasets.length > 1 &&
      picker('series-dataset', t('series.dataset'), found.datasets, found.dataset, (dataset) => again({ dataset, name: undefined })),
    picker('series-name', t('series.name'), found.names, found.name, (name) => again({ name })),
    picker('series-periods', t('series.periods'), PERIODS.map(String), periods, (chosen) => again({ periods: chosen })),
  );
}

function picker(id, label, values, chosen, onChoice) {
  const all = values.includes(chosen) ? values : [chosen, ...values];
  return h(
    'label',
    { class: 'field' },
    label,
    h(
      'select',
      { id, onchange: (event) => onChoice(event.target.value) },
      all.map((value) => h('option', { value, selected: value === chosen }, value)),
    ),
  );
}

function figure(project, found, signal) {
  const lines = found.vintages.map((vintage, index) => ({
    name: nameOf(vintage, project),
    faint: index > 0,
    newest: true,
    points: points(vintage, found.vintages[index + 1]),
  }));
  const label = t('series.label', { name: found.name, column: found.column, unit: found.unit });
  return lineChart(label, lines, { at: t('series.period'), value: found.unit }, signal).element;
}

function nameOf(vintage, project) {
  const parts = roundParts(vintage.round, project);
  const name = parts ? `${period(parts.period)}, ${release(parts.revision)}` : vintage.round;
  return vintage.releasedAt ? name : t('series.unreleased', { name });
}

/** Each figure, with how it differs from that of the vintage before. */
function points(vintage, before) {
  const known = new Map((before?.points ?? []).map((point) => [point.period, point.value]));
  return vintage.points.map((point) => {
    const change = known.has(point.period) ? point.value - known.get(point.period) : 0;
    const note = change === 0 ? null : t('series.revised', { change: `${change > 0 ? '+' : ''}${number(change)}` });
    return { at: point.period, value: point.value, note };
  });
}

function leftOut(found) {
  return found.leftOut.length > 0 && h('p', { class: 'quiet' }, t('series.leftOut', { rounds: found.leftOut.join(', ') }));
}
