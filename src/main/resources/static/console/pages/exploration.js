import { change, download, path, read, text } from '../api.js';
import { awaited, awaitedOf } from '../awaited.js';
import { h } from '../dom.js';
import { actions, isOver, timeLeft } from '../explorations.js';
import { distance, moment, number, short } from '../format.js';
import { one, t } from '../i18n.js';
import { facts, section, state } from '../parts.js';
import { members, person } from '../people.js';
import { follow, missingIs, places } from '../places.js';
import { link } from '../router.js';
import { shares } from '../shares.js';
import { rename } from '../shell.js';
import { empty, say } from '../states.js';
import { groups, waiting } from '../tasks.js';
import { crumbs } from '../trainings.js';

export const title = ({ exploration }) => exploration;

/** An exploration: its workspace, its time, what people decided, and what can be done with it. */
export async function show({ project, exploration, me, signal }) {
  const base = path('projects', project);
  const content = h('div', {});
  const draw = places(content);
  const everybody = await members(project, signal).catch(missingIs([]));
  const refresh = async () => {
    const [view, tasks, open] = await Promise.all([
      read(`${base}/explorations${path(exploration)}`, signal),
      read(`/tasks?subject=${encodeURIComponent(exploration)}&limit=50`, signal),
      awaitedOf(`${base}/explorations${path(exploration)}`, signal),
    ]);
    rename(view.title);
    const over = isOver(view);
    const address = `${base}/workspaces${path(view.workspace)}`;
    const workspace = over ? null : await read(address, signal).catch(missingIs(null));
    const people = await groups(tasks.items, me, signal);
    draw('state', [view.state, view.stateSince, view.endReason], () => head(project, view));
    draw('awaited', open, () => awaited(open, exploration));
    draw('tasks', tasks.items, () => waiting(tasks.items, people, me, refresh));
    draw('workspace', [workspace, view.state], () => section('workspace', t('exploration.workspace'), workspaceOf(workspace)));
    draw('service', workspace && Boolean(workspace.url) && [workspace.user, ...workspace.sharedWith].includes(me.id), (mine) => workspace && section('service', t('exploration.service'), mine && signIn(address), logOf(address, signal)));
    draw('shares', view.state === 'active' && workspace && [workspace.user, ...workspace.sharedWith], (shared) => shared && section('shares', t('exploration.sharedWith'), shares(project, workspace, everybody, me, refresh, signal)));
    draw('time', [view.state, view.endReason, view.endDate], () => section('time', t('exploration.time'), time(view), actions(project, view, me, refresh, signal)));
    draw('outcome', [view.outcome, view.archived], () => (view.outcome || view.archived) && section('outcome', t('exploration.outcome'), outcome(base, view)));
    draw('about', [view.approval, view.commit], () => section('about', t('exploration.about'), about(view)));
    return over;
  };
  follow(await refresh(), refresh, signal);
  return content;
}

function head(project, view) {
  return [
    crumbs(project, [t('exploration.all'), link('projects', project, 'explorations')]),
    h('p', { role: 'status' }, state('explorationState', view.state), ' ', h('span', { class: 'quiet' }, t('round.since'), ' ', moment(view.stateSince), ' (', distance(view.stateSince), ')')),
    view.endReason && h('p', {}, t('round.endReason', { reason: view.endReason })),
    h('p', {}, view.purpose),
  ];
}

function workspaceOf(workspace) {
  if (!workspace) {
    return empty(t('exploration.noWorkspace'), t('exploration.noWorkspaceHint'));
  }
  return [
    h('p', {}, state('workspaceState', workspace.state)),
    h('p', { lang: 'en' }, workspace.message),
    facts(
      [t('exploration.name'), h('code', {}, workspace.id)],
      [t('exploration.user'), person(workspace.user)],
      [t('exploration.lastActivity'), [moment(workspace.lastActivity), ' (', distance(workspace.lastActivity), ')']],
      [t('exploration.location'), h('code', {}, workspace.location)],
    ),
  ];
}

/** The token is shown to its user alone and kept nowhere; asking for it is recorded. */
function signIn(address) {
  const place = h('div', {});
  const open = async () => {
    try {
      const { url, token } = await change('POST', `${address}/sign-in`);
      const field = h('input', { id: 'token', readonly: true, value: token, autocomplete: 'off', onfocus: (event) => event.target.select() });
      place.replaceChildren(
        h('div', { class: 'field' }, h('label', { for: 'token' }, t('exploration.token')), field),
        h('p', {}, h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, t('exploration.openService'))),
      );
      field.focus();
    } catch (problem) {
      say(t('work.refused', { reason: problem.message }), true);
    }
  };
  return [h('p', {}, h('button', { type: 'button', onclick: open }, t('exploration.signIn'))), place];
}

function logOf(address, signal) {
  return h('details', { ontoggle: log(address, signal) }, h('summary', {}, t('exploration.log')), h('pre', { class: 'log', tabindex: '0', 'aria-label': t('exploration.log') }));
}

function log(address, signal) {
  return async (event) => {
    const place = event.target.querySelector('pre');
    if (!event.target.open || place.textContent) {
      return;
    }
    try {
      place.textContent = (await text(`${address}/logs`, 'text/plain', signal)) || t('round.noLog');
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        place.textContent = problem.status === 404 ? t('round.noLog') : problem.message;
      }
    }
  };
}

function time(view) {
  return facts([t('exploration.ends'), timeLeft(view)], [t('exploration.renewals'), number(view.renewals)]);
}

function outcome(base, view) {
  return [
    facts(
      [t('exploration.decided'), view.outcome && one('outcome', view.outcome)],
      [t('exploration.decidedBy'), person(view.outcomeBy)],
      [t('exploration.reason'), view.outcomeReason],
      [t('exploration.transferredTo'), view.transferredTo],
    ),
    view.archived && h('p', {}, h('a', { class: 'button', href: download(`${base}/explorations${path(view.id)}/archive`), download: '' }, t('exploration.archive'))),
  ];
}

function about(view) {
  return facts(
    [t('round.id'), h('code', {}, view.id)],
    [t('round.requested'), [moment(view.requestedAt), ', ', person(view.requestedBy)]],
    [t('exploration.datasets'), view.datasets.length > 0 ? view.datasets.join(', ') : t('exploration.noDatasets')],
    [t('exploration.template'), view.template && h('code', {}, view.templateVersion ? `${view.template} ${view.templateVersion}` : view.template)],
    [t('exploration.hardware'), one('hardware', view.hardware)],
    [t('exploration.network'), one('network', view.network)],
    [t('exploration.approval'), view.approval && one('approval', view.approval)],
    [t('exploration.approvalReason'), view.approvalReason && h('span', { lang: 'en' }, view.approvalReason)],
    [t('exploration.approvedBy'), person(view.decidedBy)],
    [t('exploration.branch'), h('code', {}, view.branch)],
    [t('round.commit'), short(view.commit)],
  );
}
