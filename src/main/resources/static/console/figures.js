import { h } from './dom.js';
import { amount as whole, number } from './format.js';
import { one, t } from './i18n.js';
import { table } from './parts.js';

const MEASURES = ['accuracy', 'auc', 'macroF1', 'brier', 'calibrationError'];

/** Four decimals: what differs beyond them says nothing about a model. */
function amount(value) {
  return whole(Number.isFinite(value) ? rounded(value) : null);
}

function rounded(value) {
  return Number(value.toFixed(4));
}

/** The candidate beside the champion: on the test set, on the latest period, by class and group. */
export function figures(found) {
  return [
    compared(t('figures.test', { cases: number(found.test.candidate.cases) }), found.test),
    compared(t('figures.latest', { cases: number(found.latest.candidate.cases) }), found.latest),
    classes(found.test),
    found.fairness.length > 0 && fairness(found),
    drift(found),
  ];
}

function compared(title, { candidate, champion, macroF1 }) {
  const columns = [
    [t('figures.measure'), (name) => one('measure', name)],
    [t('training.candidate'), (name) => amount(candidate[name])],
    champion && [t('training.champion'), (name) => amount(champion[name])],
    champion && [t('figures.difference'), (name) => difference(candidate[name], champion[name])],
  ].filter(Boolean);
  const rows = MEASURES.filter((name) => candidate[name] !== undefined && candidate[name] !== null);
  return [
    h('h3', {}, title),
    table(title, columns, rows),
    macroF1 && h('p', { class: 'quiet' }, t('figures.bound', { difference: number(rounded(macroF1.difference)), lower: number(rounded(macroF1.lower)), resamples: number(macroF1.resamples) })),
  ];
}

function difference(after, before) {
  const known = Number.isFinite(after) && Number.isFinite(before);
  const value = known ? rounded(after - before) : null;
  return known ? h('span', { class: 'number' }, value > 0 ? `+${number(value)}` : number(value)) : '–';
}

function classes({ candidate, champion }) {
  const before = new Map((champion?.classes ?? []).map((one) => [one.name, one]));
  const columns = [
    [t('figures.class'), (row) => row.name],
    [t('figures.support'), (row) => number(row.support)],
    [t('figures.recall'), (row) => amount(row.recall)],
    champion && [t('figures.championRecall'), (row) => amount(before.get(row.name)?.recall)],
    [t('figures.precision'), (row) => amount(row.precision)],
    champion && [t('figures.championPrecision'), (row) => amount(before.get(row.name)?.precision)],
  ].filter(Boolean);
  return h('details', {}, h('summary', {}, t('figures.classes')), table(t('figures.classes'), columns, candidate.classes));
}

function fairness(found) {
  const key = (gap) => [gap.column, gap.measure, gap.category].join();
  const before = new Map(found.championFairness.map((gap) => [key(gap), gap]));
  const columns = [
    [t('figures.groups'), (gap) => [h('code', {}, gap.column), h('div', { class: 'quiet' }, `${one('measure', gap.measure)}, ${t('figures.class').toLowerCase()} ${gap.category}`)]],
    [t('figures.gap'), (gap) => amount(gap.gap)],
    [t('figures.championGap'), (gap) => amount(before.get(key(gap))?.gap)],
    [t('figures.rates'), (gap) => rates(gap)],
  ];
  return h('details', {}, h('summary', {}, t('figures.fairness')), table(t('figures.fairness'), columns, found.fairness));
}

function rates(gap) {
  return [
    h('ul', { class: 'plain-list' }, gap.rates.map((rate) => h('li', {}, `${rate.group || '–'}: ${number(rounded(rate.rate))} `, h('span', { class: 'quiet' }, t('figures.cases', { cases: number(rate.cases) }))))),
    gap.tooSmall > 0 && h('p', { class: 'quiet' }, t('figures.tooSmall', { groups: number(gap.tooSmall) })),
  ];
}

function drift(found) {
  const columns = [
    [t('figures.feature'), (row) => row.name],
    [t('figures.psi'), (row) => amount(row.psi)],
    [t('figures.jensenShannon'), (row) => amount(row.jensenShannon)],
    [t('figures.ks'), (row) => amount(row.ks)],
    [t('figures.ksPValue'), (row) => amount(row.ksPValue)],
  ];
  const rows = [...found.drift.map((row) => ({ ...row, name: h('code', {}, row.feature) })), { ...found.predictionDrift, name: t('figures.predictions') }];
  return h('details', {}, h('summary', {}, t('figures.drift')), table(t('figures.drift'), columns, rows));
}
