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
  const question = { title: t('task.endTitle', { decision: end.words }), act: t('task.endAct'), no: t('task.endNot'), signal };
  return (await asked(question, h('p', {}, t('task.endText', { subject: task.subject })), typed(task.subject, {}))) !== null;
}

/** Keeps for the next page what was decided, and where one sees how it goes on. */
export function tell(task, schema, data) {
  const all = decided(schema, data);
  const end = all.find(({ ends }) => ends);
  const words = all.map((one) => one.words).join('; ');
  const said = end
    ? t('task.ended', { decision: end.words, subject: task.subject })
    : [t('task.completed', { task: nameOf(task) }), words && ` ${t('task.decided', { decision: words })}`];
  told = h('div', { class: 'notice' }, h('p', {}, said), task.project && h('p', {}, end ? t('task.see') : t('task.goesOn'), ' ', subject(task)));
}

/** What the last page had to tell, once. */
export function lately() {
  const notice = told;
  told = null;
  return notice;
}
