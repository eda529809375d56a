import { afterwards } from './afterwards.js';
import { asked } from './confirm.js';
import { h } from './dom.js';
import { decided } from './fields.js';
import { t } from './i18n.js';
import { typed } from './questions.js';
import { nameOf, subject } from './tasks.js';

let told = null;

/** Asks for the name of what a decision would end; true when nothing ends, or when it was typed. */
export async function confirmed(task, schema, data, signal) {
  const end = decided(schema, data).find(({ ends }) => ends);
  if (!end) {
    return true;
  }
  const question = { title: t('task.endTitle', { subject: task.subject }), act: t('task.endAct'), no: t('task.endNot'), signal };
  return (await asked(question, h('p', {}, t('task.decided'), ' ', inForm(end.words), '. ', t('task.endText')), typed(task.subject, {}))) !== null;
}

/** Keeps for the next page what was decided, and where one sees how it goes on. */
export function tell(task, schema, data) {
  const all = decided(schema, data);
  const end = all.find(({ ends }) => ends);
  const words = all.length > 0 && [t('task.decided'), ' ', inForm(all.map((one) => one.words).join('; ')), '. '];
  const said = end ? [words, t('task.ended', { subject: task.subject })] : [t('task.completed', { task: nameOf(task) }), ' ', words];
  told = h('div', { class: 'told' }, h('p', {}, said), task.project && (end ? h('p', {}, t('task.see'), ' ', subject(task)) : afterwards(task)));
}

/** Forms are in the language of the model. */
function inForm(words) {
  return h('q', { lang: 'en' }, words);
}

/** What the last page had to tell, once. */
export function lately() {
  const notice = told;
  told = null;
  return notice;
}
