import { change, path } from './api.js';
import { h } from './dom.js';
import { one, t } from './i18n.js';
import { called, person } from './people.js';
import { choice, typed, until } from './questions.js';
import { say } from './states.js';

const EXPLORERS = ['owner', 'subject', 'methodology', 'production'];

/**
 * Whom a workspace is shared with. Its user shares it; the user, an owner and the person take that
 * back, which interrupts what runs in it.
 * @param people the members of the project
 */
export function shares(project, workspace, people, me, done, signal) {
  const address = `${path('projects', project, 'workspaces', workspace.id)}/shares`;
  const isUser = workspace.user === me.id;
  const isOwner = me.projects.some((membership) => membership.project === project && membership.roles.includes('owner'));
  const deed = (method, words) => async (id) => {
    await change(method, `${address}${path(id)}`);
    say(words(called(id)));
    done().catch((problem) => problem.name === 'AbortError' || say(problem.message, true));
  };
  const fit = people.filter(({ person: id, roles }) => id !== workspace.user && !workspace.sharedWith.includes(id) && roles.some((role) => EXPLORERS.includes(role)));
  return [
    h('p', { class: 'quiet' }, t('share.lead')),
    workspace.sharedWith.length === 0 && h('p', {}, t('share.nobody')),
    h(
      'ul',
      { class: 'plain-list' },
      workspace.sharedWith.map((id) => h('li', { class: 'actions' }, person(id), (isUser || isOwner || id === me.id) && back(workspace, id, deed, signal))),
    ),
    isUser && fit.length > 0 && h('p', {}, h('button', { type: 'button', class: 'second', onclick: () => share(fit, deed, signal) }, t('share.share'))),
  ];
}

function share(fit, deed, signal) {
  const people = fit.map(({ person: id, roles }) => [id, `${called(id)} (${roles.map((role) => one('role', role)).join(', ')})`]);
  const fields = (given) => [h('p', {}, t('share.words')), choice('person', t('share.with'), people, given)];
  const act = deed('PUT', (name) => t('share.shared', { name }));
  return until({ title: t('share.title'), act: t('share.act'), signal }, fields, (given) => act(given.person));
}

function back(workspace, id, deed, signal) {
  const name = called(id);
  const fields = (given) => [h('p', {}, t('share.endWords', { name })), typed(workspace.id, given)];
  const act = deed('DELETE', () => t('share.ended', { name }));
  const ask = () => until({ title: t('share.endTitle', { name }), act: t('share.end'), signal }, fields, () => act(id));
  return h('button', { type: 'button', class: 'second', 'aria-label': t('share.endNamed', { name }), onclick: ask }, t('share.end'));
}
