import { change, path, read } from '../api.js';
import { leftover, restored } from '../begun.js';
import { confirmed, tell } from '../completion.js';
import { missingInputs } from '../deliver.js';
import { fill, h, redraw } from '../dom.js';
import { draft } from '../drafts.js';
import { earlier } from '../earlier.js';
import { focusFirst, mark, understand, whenAnswered } from '../fields.js';
import { showForm } from '../forms.js';
import { t } from '../i18n.js';
import { live } from '../live.js';
import { section } from '../parts.js';
import { person } from '../people.js';
import { sentences } from '../problems.js';
import { link, navigate } from '../router.js';
import { rename } from '../shell.js';
import { empty, failed, loading } from '../states.js';
import { claiming, due, excluded, formOf, groups, nameOf, others, subject } from '../tasks.js';

const NO_FORM = { components: [] };

export const title = () => t('task.title');

/** A task with the same form as in Tasklist, which is completed here, but not before the form is there. */
export async function show({ task: id, me, signal }) {
  const address = path('tasks', id);
  const kept = draft(id, me.id);
  const found = await read(address, signal).catch(gone);
  if (!found) {
    kept.forget();
    return over();
  }
  const { task, documentation, form: json, context } = found;
  const schema = json ? JSON.parse(json) : NO_FORM;
  rename(nameOf(task));
  const people = await groups([task], me, signal);
  const place = h('div', { class: 'form', lang: 'en' }, loading());
  const trouble = h('div', { role: 'alert' });
  const content = h('div', {});
  const head = h('div', {});
  const notes = h('div', {});
  const left = h('div', {});
  const before = earlier(task);
  let form = null;

  const drawHead = (now) => redraw(head, () => about(now, people, me, again));
  const again = async () => {
    const now = await read(address, signal).catch(gone);
    if (now) {
      drawHead(now.task);
    } else {
      kept.forget();
      fill(content, over());
    }
  };
  const complete = async ({ target }) => {
    const { data, errors } = form ? form.submit() : { data: {}, errors: {} };
    fill(trouble);
    if (Object.keys(errors).length > 0) {
      focusFirst(place);
      return;
    }
    if (!(await confirmed(task, schema, data, signal))) {
      return;
    }
    target.disabled = true;
    try {
      await change('POST', `${address}/complete`, { variables: filledIn(data) });
    } catch (problem) {
      target.disabled = false;
      refuse(trouble, problem, form ? mark(place, schema, form, problem.problems) : problem.problems);
      return;
    }
    kept.forget();
    tell(task, schema, data);
    navigate(link('work'));
  };
  const begun = (shown) => {
    form = shown;
    fill(notes, restored(kept, schema, form, context, place));
    fill(left, leftover(schema, form));
    understand(place, schema, form);
    whenAnswered(schema, form, (answers) => {
      kept.keep(answers);
      fill(trouble);
    });
  };

  drawHead(task);
  fill(
    content,
    head,
    before.place,
    section('form', t('task.form'), excluded(task), notes, missingInputs(task, context, me, signal), documentation && h('p', { lang: 'en', class: 'prose' }, documentation), place, left, trouble, buttons(task, complete)),
  );
  live(task.project ? { project: task.project } : {}, again, signal, (event) => event.subject === task.subject && event.action.startsWith('task.'));
  const ready = () => {
    content.querySelector('.complete').disabled = Boolean(task.exclusion);
    place.querySelector('.loading').remove();
    before.look(signal).catch(() => {});
  };
  const load = () => {
    fill(place, loading());
    showForm(place.appendChild(h('div', {})), schema, { ...context, ...kept.read() })
      .then(begun)
      .then(ready)
      .catch((problem) => fill(place, failed(problem, load)));
  };
  if (json) {
    load();
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
    h('a', { class: 'button second', href: formOf(task), target: '_blank', rel: 'noopener' }, t('task.inTasklist')),
  );
}

/** What was left empty is not sent. */
function filledIn(data) {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== ''));
}

/** Says what is not said at a field, where the focus is else. */
function refuse(trouble, problem, unmarked) {
  const isMarked = unmarked.length < problem.problems.length;
  const rest = isMarked && unmarked.length === 0 ? [] : sentences(isMarked ? { problems: unmarked } : problem);
  fill(trouble, refusal(isMarked, rest));
  if (!isMarked) {
    trouble.firstChild.focus();
  }
}

function refusal(isMarked, sentences) {
  return h(
    'div',
    { class: 'refusal', tabindex: '-1' },
    h('p', { class: 'state-title' }, t('task.refused')),
    isMarked && h('p', {}, t('task.marked')),
    sentences.map((one) => h('p', { lang: 'en' }, one)),
  );
}
