import { change, path, read } from '../api.js';
import { fill, h } from '../dom.js';
import { showForm } from '../forms.js';
import { t } from '../i18n.js';
import { live } from '../live.js';
import { section } from '../parts.js';
import { person } from '../people.js';
import { link, navigate } from '../router.js';
import { rename } from '../shell.js';
import { empty, failed, loading, say } from '../states.js';
import { claiming, due, formOf, groups, nameOf, others, subject } from '../tasks.js';

export const title = () => t('task.title');

/** A task with the same form as in Tasklist, which is completed here, but not before the form is there. */
export async function show({ task: id, me, signal }) {
  const address = path('tasks', id);
  const found = await read(address, signal).catch(gone);
  if (!found) {
    return over();
  }
  const { task, documentation, form: schema, context } = found;
  rename(nameOf(task));
  const people = await groups([task], me, signal);
  const place = h('div', { class: 'form', lang: 'en' }, loading());
  const trouble = h('div', { role: 'alert' });
  const content = h('div', {});
  const head = h('div', {});
  let form = null;

  const drawHead = (now) => fill(head, about(now, people, me, again));
  const again = async () => {
    const now = await read(address, signal).catch(gone);
    if (now) {
      drawHead(now.task);
    } else {
      fill(content, over());
    }
  };
  const complete = async (event) => {
    const { data, errors } = form ? form.submit() : { data: {}, errors: {} };
    fill(trouble);
    if (Object.keys(errors).length > 0) {
      // what is wrong is marked when the form is drawn anew
      setTimeout(() => place.querySelector('.fjs-has-errors :is(input, textarea, button)')?.focus(), 100);
      return;
    }
    event.target.disabled = true;
    try {
      await change('POST', `${address}/complete`, { variables: filledIn(data) });
      navigate(link('work'));
      say(t('task.completed', { task: nameOf(task) }));
    } catch (problem) {
      event.target.disabled = false;
      fill(trouble, refusal(problem));
    }
  };

  drawHead(task);
  fill(
    content,
    head,
    section('form', t('task.form'), documentation && h('p', { lang: 'en', class: 'prose' }, documentation), place, trouble, buttons(task, complete)),
  );
  live(task.project ? { project: task.project } : {}, again, signal, (event) => event.subject === task.subject && event.action.startsWith('task.'));
  const ready = () => {
    content.querySelector('.complete').disabled = false;
    place.querySelector('.loading').remove();
  };
  if (schema) {
    showForm(place.appendChild(h('div', {})), schema, context)
      .then((shown) => {
        form = shown;
        ready();
      })
      .catch((problem) => fill(place, failed(problem)));
  } else {
    ready();
  }
  return content;
}

function gone(problem) {
  if (problem.status === 404 || problem.code === 'task-gone') {
    return null;
  }
  throw problem;
}

function over() {
  return [empty(t('task.gone'), t('task.goneHint')), h('p', {}, h('a', { class: 'button', href: link('work') }, t('work.title')))];
}

function about(task, people, me, done) {
  return [
    h('p', { class: 'lead' }, subject(task)),
    h(
      'dl',
      { class: 'facts' },
      fact(t('work.due'), due(task)),
      fact(t('work.assignee'), person(task.assignee) ?? t('work.nobodyYet')),
      fact(t('work.others'), others(task, people, me)),
    ),
    h('div', { class: 'actions' }, claiming(task, me, done)),
  ];
}

function fact(name, value) {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value));
}

function buttons(task, complete) {
  return h(
    'div',
    { class: 'actions' },
    h('button', { type: 'button', class: 'complete', disabled: true, onclick: complete }, t('task.complete')),
    h('a', { class: 'button second', href: formOf(task) }, t('task.inTasklist')),
  );
}

/** What was left empty is not sent. */
function filledIn(data) {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== ''));
}

function refusal(problem) {
  return h(
    'div',
    { class: 'state state-error' },
    h('p', { class: 'state-title' }, t('task.refused')),
    problem.problems.length > 0
      ? h('ul', {}, problem.problems.map((one) => h('li', { lang: 'en' }, one.where ? `${one.where}: ${one.message}` : one.message)))
      : h('p', { lang: 'en' }, problem.message),
  );
}
