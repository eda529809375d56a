import { path, read } from './api.js';
import { lineChart } from './charts.js';
import { fill, h } from './dom.js';
import { one, t } from './i18n.js';
import { versionParts } from './models.js';
import { badge } from './parts.js';
import { follow, missingIs } from './places.js';
import { empty } from './states.js';

/** Curves of a training, of the champion too where there is one; new points appear in place. */
export function curves(project, training, signal) {
  const base = path('projects', project, 'trainings', training);
  const charts = new Map();
  const place = h('div', { class: 'charts' });
  const note = h('p', { class: 'quiet', role: 'status' });
  let champion = { id: undefined, series: [] };
  let wasLive = null;
  let latest = null;
  let watched = false;
  return {
    element: [note, place],
    /** Shows what is there. What a training computes is not in the trail: that is looked at again and again. */
    async refresh(view) {
      latest = view;
      await show();
      if (view.state === 'training' && !watched) {
        watched = true;
        follow(false, again, signal);
      }
    },
  };

  async function again() {
    await show();
    watched = latest.state === 'training';
    return !watched;
  }

  async function show() {
    const metrics = await read(`${base}/metrics`, signal).catch(missingIs(null));
    if (!metrics) {
      if (place.childElementCount === 0) {
        fill(place, empty(t('curves.none'), t('curves.noneHint')));
      }
      return;
    }
    if (champion.id !== latest.champion) {
      champion = { id: latest.champion, series: await ofChampion(project, latest, signal) };
    }
    tell(metrics.live);
    draw(grouped(metrics.series, champion.series));
  }

  /** Said once, not at every look. */
  function tell(isLive) {
    if (wasLive !== isLive) {
      wasLive = isLive;
      fill(note, isLive ? [badge('curves', 'live', 'run'), ' ', t('curves.liveHint')] : t('curves.kept'));
    }
  }

  function draw(groups) {
    if (charts.size === 0) {
      fill(place);
    }
    for (const [measure, lines] of groups) {
      if (charts.has(measure)) {
        charts.get(measure).update(lines);
      } else {
        const chart = lineChart(one('curve', measure), lines, { at: t('curves.step'), value: '' }, signal);
        charts.set(measure, chart);
        place.append(chart.element);
      }
    }
  }
}

async function ofChampion(project, view, signal) {
  if (!view.champion) {
    return [];
  }
  const { model, version } = versionParts(view.champion);
  const found = await read(`${path('projects', project, 'models', model)}/versions${path(version)}`, signal).catch(missingIs(null));
  const metrics = found && (await read(`${path('projects', project, 'trainings', found.training)}/metrics`, signal).catch(missingIs(null)));
  return (metrics?.series ?? []).map((series) => ({ ...series, of: view.champion }));
}

/** One chart for each measure: train-loss and validation-loss are in that of loss. */
function grouped(own, champion) {
  const groups = new Map();
  for (const series of [...own, ...champion]) {
    const measure = series.name.slice(series.name.lastIndexOf('-') + 1);
    const lines = groups.get(measure) ?? [];
    lines.push({
      name: series.of ? t('curves.ofChampion', { name: series.name, version: series.of }) : series.name,
      faint: Boolean(series.of),
      points: series.points.map((point) => ({ at: point.step, value: point.value })),
    });
    groups.set(measure, lines);
  }
  return groups;
}
