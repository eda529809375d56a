import { maker, path, read } from './api.js';
import { h } from './dom.js';
import { period as periodName, roundParts } from './format.js';
import { one, t } from './i18n.js';
import { next } from './periods.js';
import { choice, field, until } from './questions.js';
import { link, navigate } from './router.js';
import { say } from './states.js';

const ROUNDS = ['owner', 'subject', 'production'];
const MODELS = ['owner', 'subject', 'methodology', 'production'];
const NETWORKS = ['offline', 'internal', 'internet'];
const SIZES = ['small', 'medium', 'large', 'gpu'];
const PLAIN = '';
/** What did not release its period. */
const FRUITLESS = ['cancelled', 'failed'];

/**
 * What the reader's roles let them begin in a project: a round, a training, an exploration.
 * @param hasModels whether there is a model to train, and the reader may
 */
export function begin(project, me, hasModels, signal) {
  const may = (allowed) => has(project, me, allowed);
  const button = (words, act) => h('button', { type: 'button', onclick: () => act(project, signal) }, words);
  return [
    may(ROUNDS) && button(t('begin.round'), round),
    hasModels && button(t('begin.training'), training),
    may(MODELS) && button(t('begin.exploration'), exploration),
  ];
}

/** Whether the reader may train, and the project has a model to train; where that cannot be read, the dialog says why. */
export async function trains(project, me, signal) {
  if (!has(project, me, MODELS)) {
    return false;
  }
  try {
    return (await read(trainable(project), signal)).length > 0;
  } catch (problem) {
    if (problem.name === 'AbortError') {
      throw problem;
    }
    return true;
  }
}

/** Whether the reader may start rounds of a project, and revisions of them. */
export function mayStart(project, me) {
  return has(project, me, ROUNDS);
}

/** Whether the reader has one of these roles in a project. */
export function has(project, me, allowed) {
  const roles = me.projects.find((membership) => membership.project === project)?.roles ?? [];
  return roles.some((role) => allowed.includes(role));
}

async function round(project, signal) {
  const proposed = following(project, await known(`${path('projects', project, 'rounds')}?limit=20`, signal));
  const fields = (given) => [
    field('period', t('begin.period'), { required: true, autocomplete: 'off', placeholder: '2026-Q1' }, { period: proposed && periodName(proposed), ...given }),
    field('plannedRelease', t('begin.plannedRelease'), { type: 'datetime-local' }, given),
  ];
  const body = ({ period, plannedRelease }) => ({ period: written(period), plannedRelease: releaseMoment(plannedRelease) });
  return ask(project, 'rounds', { title: t('begin.round'), signal }, fields, body);
}

/** The newest period when none of its rounds came to anything, or else the one after it. */
function following(project, rounds) {
  const periodOf = ({ id }) => roundParts(id, project)?.period;
  const last = rounds.length > 0 && periodOf(rounds[0]);
  const isTaken = rounds.some((one) => periodOf(one) === last && !FRUITLESS.includes(one.state));
  return last && (isTaken ? next(last) : last);
}

async function training(project, signal) {
  const models = await known(trainable(project), signal, null);
  if (models === null) {
    return null;
  }
  if (models.length === 0) {
    return say(t('begin.noModels'), true);
  }
  const fields = (given) => [
    choice('model', t('begin.model'), models.map(({ name, title }) => [name, `${name} · ${title}`]), given),
    field('period', t('begin.period'), { required: true, autocomplete: 'off', placeholder: '2026' }, given),
    field('parameters', t('begin.parameters'), { rows: 3, spellcheck: 'false' }, given),
    declared(models),
    field('seed', t('begin.seed'), { inputmode: 'numeric', pattern: '-?[0-9]{1,15}' }, given),
  ];
  const body = ({ model, period, parameters, seed }) => ({ model, period: written(period), parameters: pairs(parameters), seed: seed ? Number(seed) : undefined });
  return ask(project, 'trainings', { title: t('begin.training'), signal }, fields, body);
}

/** What the models declare: what a training may change, and to what. */
function declared(models) {
  const values = ({ parameters, seed }) => Object.entries({ ...parameters, [t('begin.seedOf')]: seed }).map(([name, value]) => `${name} = ${value}`);
  return h('details', {}, h('summary', {}, t('begin.declared')), h('ul', { class: 'plain-list' }, models.map((model) => h('li', {}, h('strong', {}, model.name), ': ', values(model).join(', ')))));
}

function trainable(project) {
  return path('projects', project, 'trainable-models');
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

/** The moment in the reader's own zone; undefined where none was given. */
export function releaseMoment(local) {
  return local ? new Date(local).toISOString() : undefined;
}

/** Periods are shown in capitals and sent in small letters. */
function written(period) {
  return period.trim().toLowerCase();
}

/**
 * What was made is shown next; it is made once, also when its answer is lost and it is sent again.
 * @param from where it is asked for, below the project
 * @param kind what is made: rounds, trainings, explorations
 */
export function ask(project, from, question, fields, body, kind = from) {
  const make = maker(path('projects', project, ...from.split('/')));
  return until({ ...question, act: t('begin.act') }, fields, async (given) => {
    const { id } = await make(body(given));
    navigate(link('projects', project, kind, id));
    say(t('begin.begun'));
  });
}

/** A dialog opens, too, when its suggestions cannot be read. */
async function known(address, signal, unknown = []) {
  try {
    const found = await read(address, signal);
    return found.items ?? found;
  } catch (problem) {
    // who has left the page needs no dialog of it
    if (problem.name !== 'AbortError') {
      say(problem.message, true);
    }
    return unknown;
  }
}

function lines(text) {
  return text.split(/\s*\n\s*/).filter(Boolean);
}

function pairs(text) {
  const named = lines(text).map((line) => line.split(/\s*=\s*(.*)/s));
  return named.length > 0 ? Object.fromEntries(named.map(([name, value]) => [name.trim(), value ?? ''])) : undefined;
}
