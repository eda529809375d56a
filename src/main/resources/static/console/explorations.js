import { change, path } from './api.js';
import { h } from './dom.js';
import { distance, moment } from './format.js';
import { t } from './i18n.js';
import { field, typed, until } from './questions.js';
import { say } from './states.js';

const OPEN = ['active', 'suspended'];
const OVER = ['ended', 'refused', 'withdrawn'];

/** Whether nothing more happens with it. */
export function isOver(exploration) {
  return OVER.includes(exploration.state);
}

/** The moment at which an exploration ends: after its last day, UTC. */
export function endOf(exploration) {
  return new Date(Date.parse(exploration.endDate) + 24 * 60 * 60 * 1000).toISOString();
}

/** How much time is left, and until when. */
export function timeLeft(exploration) {
  const ends = endOf(exploration);
  return [h('time', { datetime: exploration.endDate }, moment(ends)), h('div', { class: 'quiet' }, OPEN.includes(exploration.state) ? distance(ends) : null)];
}

/** What the reader may do with an exploration; nothing where it is not theirs. */
export function actions(project, exploration, me, done, signal) {
  const roles = me.projects.find((membership) => membership.project === project)?.roles ?? [];
  const isOwner = roles.includes('owner');
  const isMine = exploration.requestedBy === me.id;
  const isAsked = exploration.state === 'requested' && !exploration.endReason;
  const isOpen = isAsked || OPEN.includes(exploration.state);
  if (!isOpen || (!isOwner && !isMine)) {
    return h('p', { class: 'quiet' }, isOpen ? t('exploration.notYours') : t('exploration.notNow'));
  }
  const address = path('projects', project, 'explorations', exploration.id);
  const deed = (verb, words) => async (body) => {
    await change('POST', `${address}/${verb}`, body);
    say(words);
    // it is done, whether or not the page can be read anew
    done().catch((problem) => problem.name === 'AbortError' || say(problem.message, true));
  };
  if (isAsked) {
    return h('div', { class: 'actions' }, h('button', { type: 'button', class: 'second danger', onclick: withdraw(exploration, deed, signal) }, t('exploration.withdraw')));
  }
  return h(
    'div',
    { class: 'actions' },
    exploration.state === 'active' && h('button', { type: 'button', class: 'second', onclick: suspend(deed, signal) }, t('exploration.suspend')),
    exploration.state === 'suspended' && h('button', { type: 'button', onclick: resume(deed) }, t('exploration.resume')),
    isOwner && !isMine && h('button', { type: 'button', class: 'second', onclick: extend(exploration, deed, signal) }, t('exploration.extend')),
    h('button', { type: 'button', class: 'second danger', onclick: end(exploration, deed, signal) }, t('exploration.end')),
  );
}

function suspend(deed, signal) {
  const fields = (given) => [
    h('p', {}, t('exploration.suspendWords')),
    field('reason', t('exploration.reason'), { required: true, maxlength: 500 }, given),
  ];
  return () => until({ title: t('exploration.suspendTitle'), act: t('exploration.suspend'), signal }, fields, deed('suspend', t('exploration.suspendAsked')));
}

function resume(deed) {
  return async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await deed('resume', t('exploration.resumeAsked'))();
    } catch (problem) {
      button.disabled = false;
      say(t('work.refused', { reason: problem.message }), true);
    }
  };
}

function extend(exploration, deed, signal) {
  const fields = (given) => [
    field('endDate', t('exploration.lastDay'), { type: 'date', required: true, min: exploration.endDate }, { endDate: exploration.endDate, ...given }),
    field('reason', t('exploration.reason'), { required: true, maxlength: 2000 }, given),
  ];
  return () => until({ title: t('exploration.extendTitle'), act: t('exploration.extend'), signal }, fields, deed('renew', t('exploration.extended')));
}

function withdraw(exploration, deed, signal) {
  const fields = (given) => [h('p', {}, t('exploration.withdrawWords')), typed(exploration.workspace, given)];
  const act = deed('end', t('exploration.withdrawAsked'));
  return () => until({ title: t('exploration.withdrawTitle', { title: exploration.title }), act: t('exploration.withdraw'), signal }, fields, () => act());
}

/** Nothing is ended before the name of its workspace was typed. */
function end(exploration, deed, signal) {
  const fields = (given) => [h('p', {}, t('exploration.endWords')), typed(exploration.workspace, given)];
  const act = deed('end', t('exploration.endAsked'));
  return () => until({ title: t('exploration.endTitle', { title: exploration.title }), act: t('exploration.end'), signal }, fields, () => act());
}
