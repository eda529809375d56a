import { fill, h } from './dom.js';
import { number } from './format.js';
import { locale, t } from './i18n.js';
import { table } from './parts.js';
import { failed, loading } from './states.js';

const COLOURS = 6;
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [12, 4]];
const MOST_DRAWN = 1000;
const MOST_ROWS = 60;
let library = null;

/**
 * Lines over one axis, the same in a sentence each, and as a table. `update` shows newer figures in
 * the same picture.
 *
 * @param label what is shown
 * @param lines { name, points: [{ at, value }], faint, newest } each; `newest` marks the last point
 * @param axes { at, value }: titles of the axes
 */
export function lineChart(label, lines, axes, signal) {
  let shown = thinned(lines);
  let drawn = null;
  const canvas = h('canvas', { role: 'img', 'aria-label': inWords(label, lines) });
  const area = h('div', { class: 'chart-area' }, loading());
  const words = h('div', {}, asTable(label, lines, axes));
  const element = h('figure', { class: 'chart' }, h('figcaption', {}, label), area, words);
  const paint = () => {
    if (drawn) {
      Object.assign(drawn.options, options(axes));
      drawn.data = data(shown);
      drawn.update('none');
    }
  };
  draw();
  repaintInNewTheme(paint, signal);
  return {
    element,
    update(newer) {
      shown = thinned(newer);
      canvas.setAttribute('aria-label', inWords(label, newer));
      const open = words.querySelector('details')?.open;
      fill(words, asTable(label, newer, axes, open));
      paint();
    },
  };

  async function draw() {
    try {
      const Chart = await load();
      if (signal.aborted) {
        return;
      }
      fill(area, canvas);
      drawn = new Chart(canvas, { type: 'line', data: data(shown), options: options(axes) });
      signal.addEventListener('abort', () => drawn.destroy());
    } catch (problem) {
      fill(area, failed(problem, draw));
    }
  }
}

function load() {
  library ??= new Promise((resolve, reject) => {
    const script = h('script', { src: new URL('chart.js/chart.umd.min.js', import.meta.url) });
    script.addEventListener('load', () => resolve(window.Chart));
    script.addEventListener('error', () => {
      library = null;
      reject(new Error(t('diagram.noLibrary')));
    });
    document.head.append(script);
  });
  return library;
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Colours are those of the page; lines differ by their dashes, too. */
function data(lines) {
  const at = order(lines);
  return {
    labels: at,
    datasets: lines.map((line, index) => {
      const colour = token(`series-${(index % COLOURS) + 1}`);
      const values = new Map(line.points.map((point) => [point.at, point.value]));
      const last = line.newest ? at.indexOf(line.points[line.points.length - 1]?.at) : -1;
      return {
        label: line.name,
        data: at.map((one) => values.get(one) ?? null),
        borderColor: colour,
        backgroundColor: colour,
        borderDash: DASHES[index % DASHES.length],
        borderWidth: line.faint ? 1.5 : 2.5,
        pointRadius: at.length > 1 ? at.map((one, place) => (place === last ? 5 : 0)) : 5,
        pointHitRadius: 8,
        spanGaps: true,
      };
    }),
  };
}

function options(axes) {
  const text = token('text');
  const axis = (title) => ({
    title: { display: Boolean(title), text: title, color: text },
    ticks: { color: text, maxRotation: 0, autoSkipPadding: 12 },
    grid: { color: token('line') },
  });
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    locale: locale(),
    interaction: { mode: 'index', intersect: false },
    plugins: { legend: { position: 'bottom', align: 'start', labels: { color: text, usePointStyle: true, pointStyle: 'line', pointStyleWidth: 40, generateLabels: dashed } } },
    scales: { x: axis(axes.at), y: axis(axes.value) },
  };
}

/** The library leaves the dashes of lines out of its legend. */
function dashed(chart) {
  const labels = window.Chart.defaults.plugins.legend.labels.generateLabels(chart);
  return labels.map((label) => ({ ...label, lineDash: chart.data.datasets[label.datasetIndex].borderDash }));
}

function repaintInNewTheme(paint, signal) {
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(paint);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  scheme.addEventListener('change', paint, { signal });
  matchMedia('print').addEventListener('change', paint, { signal });
  signal.addEventListener('abort', () => observer.disconnect());
}

/** All places on the axis in their order: numbers by size, texts by the alphabet. */
function order(lines) {
  const all = [...new Set(lines.flatMap((line) => line.points.map((point) => point.at)))];
  return all.sort((a, b) => (typeof a === 'number' ? a - b : a.localeCompare(b)));
}

/** Every n-th point and the last one, where there are more than a screen can show. */
function thinned(lines) {
  return lines.map((line) => ({ ...line, points: some(line.points, MOST_DRAWN) }));
}

function some(all, most) {
  const step = Math.ceil(all.length / most);
  return step <= 1 ? all : all.filter((one, index) => index % step === 0 || index === all.length - 1);
}

function inWords(label, lines) {
  const sentences = lines
    .filter((line) => line.points.length > 0)
    .map((line) => {
      const values = line.points.map((point) => point.value);
      const last = line.points[line.points.length - 1];
      return t('chart.words', {
        name: line.name,
        first: number(values[0]),
        firstAt: line.points[0].at,
        last: number(last.value),
        lastAt: last.at,
        least: number(values.reduce((a, b) => Math.min(a, b))),
        most: number(values.reduce((a, b) => Math.max(a, b))),
      });
    });
  return [label, ...sentences].join('. ');
}

/** The newest first where places are periods, from the first on where they are steps. */
function asTable(label, lines, axes, open) {
  const at = order(lines);
  const rows = some(typeof at[0] === 'number' ? at : at.reverse(), MOST_ROWS);
  const values = lines.map((line) => new Map(line.points.map((point) => [point.at, point])));
  const columns = lines.map((line, index) => [line.name, (row) => cell(values[index].get(row))]);
  return h(
    'details',
    { open },
    h('summary', {}, t('chart.table')),
    rows.length < at.length && h('p', { class: 'quiet' }, t('chart.some', { shown: number(rows.length), all: number(at.length) })),
    table(label, [[axes.at, (row) => String(row)], ...columns], rows),
  );
}

function cell(point) {
  return point ? [h('span', { class: 'number' }, number(point.value)), point.note && h('div', { class: 'quiet' }, point.note)] : '–';
}
