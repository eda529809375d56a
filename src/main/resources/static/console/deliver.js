import { path, read } from './api.js';
import { has } from './begin.js';
import { asked } from './confirm.js';
import { known, questions } from './delivery.js';
import { h } from './dom.js';
import { extent, short } from './format.js';
import { t } from './i18n.js';
import { facts } from './parts.js';
import { until } from './questions.js';
import { say } from './states.js';
import { roundOf } from './tasks.js';
import { upload } from './upload.js';

const DELIVERERS = ['owner', 'subject', 'production', 'steward'];

/**
 * What opens the dialog to deliver data, for who may.
 * @param wanted the period of the round that may lack them, if it is about one
 */
export function deliver(project, me, signal, wanted) {
  return has(project, me, DELIVERERS) && h('button', { type: 'button', class: 'second', onclick: ({ currentTarget }) => once(currentTarget, () => delivery(project, wanted, signal)) }, t('deliver.start'));
}

/** Beside the form that confirms inputs: what to do about those that are missing. */
export function missingInputs(task, context, me, signal) {
  const isMissing = task.activity === 'userTask_confirmInputs' && /^MISSING /m.test(context?.inputChanges ?? '');
  const button = isMissing && deliver(task.project, me, signal, roundOf(task)?.period);
  return button && h('div', { class: 'missing' }, h('p', {}, t('deliver.missing')), h('p', { class: 'actions' }, button));
}

/** A second click opens no second dialog while the first one is on its way. */
async function once(button, open) {
  button.disabled = true;
  try {
    await open();
  } finally {
    button.disabled = false;
    button.focus();
  }
}

async function delivery(project, wanted, signal) {
  const datasets = await declared(project, signal);
  if (datasets?.length === 0) {
    say(t('deliver.none'), true);
  }
  if (!datasets?.length) {
    return;
  }
  const question = { title: t('deliver.start'), act: t('deliver.act'), signal };
  const stored = await until(question, (given) => questions(datasets, wanted, given), (given) => send(project, datasets, given, signal));
  if (stored) {
    await asked({ title: t('deliver.done'), act: t('action.close'), no: null, signal }, told(stored));
  }
}

async function declared(project, signal) {
  try {
    return await read(path('projects', project, 'deliverable-datasets'), signal);
  } catch (problem) {
    // who has left the page needs no dialog of it
    if (problem.name !== 'AbortError') {
      say(problem.message, true);
    }
    return null;
  }
}

/** A file takes the place of the one that has its name and period; without an answer nothing is said. */
async function send(project, datasets, given, signal) {
  const { dataset, period, before } = known(datasets, given);
  if (given.file.size === 0) {
    throw new Error(t('deliver.empty', { file: given.file.name }));
  }
  const address = path('projects', project, 'datasets', ...dataset.split('/'), 'objects', given.storedAs);
  const query = `?period=${encodeURIComponent(period)}&revision=${before?.revision ?? 0}`;
  const stored = await upload(address + query, given.file, signal);
  return stored && { ...stored, dataset, period, isSame: stored.versionId === before?.versionId };
}

function told(stored) {
  const { dataset, period } = stored;
  return [
    h('p', {}, stored.isSame ? t('deliver.same', { dataset, period }) : t('deliver.stored', { dataset, period })),
    facts(
      [t('deliver.key'), h('code', {}, stored.key)],
      [t('deliver.version'), h('code', {}, stored.versionId)],
      [t('deliver.extent'), extent(stored.rows, stored.size)],
      [t('deliver.checksum'), short(stored.sha256)],
    ),
    h('p', {}, t('deliver.next')),
  ];
}
