import { maker, path, read } from './api.js';
import { h } from './dom.js';
import { one, t } from './i18n.js';
import { choice, field, until } from './questions.js';
import { link, navigate } from './router.js';
import { say } from './states.js';

const ROUNDS = ['owner', 'subject', 'production'];
const MODELS = ['owner', 'subject', 'methodology', 'production'];
const NETWORKS = ['offline', 'internal', 'internet'];
const SIZES = ['small', 'medium', 'large', 'gpu'];
const PLAIN = '';

/** What the reader's roles let them begin in a project: a round, a training, an exploration. */
export function begin(project, me, signal) {
  const roles = me.projects.find((membership) => membership.project === project)?.roles ?? [];
  const may = (allowed) => roles.some((role) => allowed.includes(role));
  const button = (words, act) => h('button', { type: 'button', onclick: () => act(project, signal) }, words);
  return [
    may(ROUNDS) && button(t('begin.round'), round),
    may(MODELS) && button(t('begin.training'), training),
    may(MODELS) && button(t('begin.exploration'), exploration),
  ];
}

function round(project, signal) {
  const fields = (given) => [
    field('period', t('begin.period'), { required: true, autocomplete: 'off', placeholder: '2026-Q1' }, given),
    field('plannedRelease', t('begin.plannedRelease'), { type: 'datetime-local' }, given),
  ];
  const body = ({ period, plannedRelease }) => ({ period, plannedRelease: plannedRelease ? new Date(plannedRelease).toISOString() : undefined });
  return ask(project, 'rounds', { title: t('begin.round'), signal }, fields, body);
}

async function training(project, signal) {
  const models = await known(`${path('projects', project, 'models')}?limit=200`, signal);
  const names = h('datalist', { id: 'models-known' }, models.map((model) => h('option', { value: model.name })));
  const fields = (given) => [
    names,
    field('model', t('begin.model'), { required: true, autocomplete: 'off', list: 'models-known' }, { model: models[0]?.name, ...given }),
    field('period', t('begin.period'), { required: true, autocomplete: 'off', placeholder: '2026' }, given),
    field('parameters', t('begin.parameters'), { rows: 3, spellcheck: 'false' }, given),
    field('seed', t('begin.seed'), { inputmode: 'numeric', pattern: '-?[0-9]{1,15}' }, given),
  ];
  const body = ({ model, period, parameters, seed }) => ({ model, period, parameters: pairs(parameters), seed: seed ? Number(seed) : undefined });
  return ask(project, 'trainings', { title: t('begin.training'), signal }, fields, body);
}

async function exploration(project, signal) {
  const templates = await known('/templates', signal);
  const made = [[PLAIN, t('begin.plain')], ...templates.filter(({ deprecated }) => !deprecated).map(({ id, name }) => [id, name])];
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const fields = (given) => [
    field('title', t('begin.title'), { required: true, minlength: 3, maxlength: 60 }, given),
    field('purpose', t('begin.purpose'), { required: true, minlength: 10, maxlength: 2000, rows: 3 }, given),
    choice('templateId', t('exploration.template'), made, given),
    choice('hardware', t('exploration.hardware'), SIZES.map((size) => [size, one('hardware', size)]), given),
    choice('network', t('exploration.network'), NETWORKS.map((kind) => [kind, one('network', kind)]), given),
    field('datasets', t('begin.datasets'), { rows: 2, spellcheck: 'false' }, given),
    field('endDate', t('exploration.lastDay'), { type: 'date', required: true, min: tomorrow }, given),
  ];
  const body = ({ datasets, templateId, ...rest }) => ({ ...rest, datasets: lines(datasets), templateId: templateId || undefined });
  return ask(project, 'explorations', { title: t('begin.exploration'), signal }, fields, body);
}

/** What was made is shown next; it is made once, also when its answer is lost and it is sent again. */
function ask(project, kind, question, fields, body) {
  const make = maker(path('projects', project, kind));
  return until({ ...question, act: t('begin.act') }, fields, async (given) => {
    const { id } = await make(body(given));
    navigate(link('projects', project, kind, id));
    say(t('begin.begun'));
  });
}

/** A dialog opens, too, when its suggestions cannot be read. */
async function known(address, signal) {
  try {
    const found = await read(address, signal);
    return found.items ?? found;
  } catch (problem) {
    say(problem.message, true);
    return [];
  }
}

function lines(text) {
  return text.split(/\s*\n\s*/).filter(Boolean);
}

function pairs(text) {
  const named = lines(text).map((line) => line.split(/\s*=\s*(.*)/s));
  return named.length > 0 ? Object.fromEntries(named.map(([name, value]) => [name.trim(), value ?? ''])) : undefined;
}
