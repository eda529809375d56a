import { read } from './api.js';
import { awaitedOf } from './awaited.js';
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { missingIs } from './places.js';
import { baseOf, nameOf, roundOf, subject } from './tasks.js';

const LOOKS_AFTER_MILLIS = [1000, 2000, 4000, 8000];
const OVER = ['closed', 'cancelled', 'failed', 'withdrawn', 'promoted', 'reproduced', 'stopped', 'ended', 'refused'];

/** Where one sees how a completed task goes on; for whom it waits, or that it is over, as soon as that is known. */
export function afterwards(task) {
  const words = h('span', {}, t('task.follow'));
  look(task, words).catch(() => {});
  return h('p', {}, words, ' ', subject(task));
}

async function look(task, words) {
  const base = baseOf(task);
  for (const millis of base ? LOOKS_AFTER_MILLIS : []) {
    await new Promise((resolve) => setTimeout(resolve, millis));
    const found = await now(task, base);
    if (found) {
      fill(words, found);
      return;
    }
  }
}

async function now(task, base) {
  const { state } = await read(base);
  if (OVER.includes(state)) {
    return t('task.over');
  }
  const [waits] = roundOf(task) ? await ofRound(base) : await awaitedOf(base);
  return waits && [t('task.waitsAt'), ' ', h('q', { lang: 'en' }, nameOf({ ...waits, subject: task.subject })), '. ', t('task.follow')];
}

async function ofRound(base) {
  const course = await read(`${base}/course`).catch(missingIs(null));
  return course?.awaited ?? [];
}
