import { path, read } from '../api.js';
import { h } from '../dom.js';
import { one, t } from '../i18n.js';
import { isOver, timeLeft } from '../explorations.js';
import { pages, section, state, table } from '../parts.js';
import { members, person } from '../people.js';
import { missingIs } from '../places.js';
import { link } from '../router.js';
import { crumbs } from '../trainings.js';

export const title = () => t('exploration.all');

/** A project's explorations, and how their workspaces stand. */
export async function show({ project, signal }) {
  await members(project, signal).catch(missingIs([]));
  const base = path('projects', project);
  const nothing = [t('exploration.nothing'), t('exploration.nothingHint')];
  const found = pages(`${base}/explorations?limit=50`, signal, nothing, async (all) => {
    const running = all.some((exploration) => !isOver(exploration));
    const workspaces = running ? (await read(`${base}/workspaces?limit=200`, signal)).items : [];
    return list(project, all, new Map(workspaces.map((workspace) => [workspace.exploration, workspace])));
  });
  return [crumbs(project), h('p', { class: 'lead' }, t('exploration.lead')), section('explorations', t('exploration.all'), found)];
}

function list(project, all, workspaces) {
  return table(
    t('exploration.all'),
    [
      [t('exploration.exploration'), (found) => [h('a', { href: link('projects', project, 'explorations', found.id) }, found.title), h('div', { class: 'quiet' }, person(found.requestedBy))]],
      [t('exploration.state'), (found) => [state('explorationState', found.state), found.endReason && h('p', { class: 'quiet' }, found.endReason)]],
      [t('exploration.workspace'), (found) => workspace(workspaces.get(found.id))],
      [t('exploration.resources'), (found) => `${one('hardware', found.hardware)}, ${one('network', found.network)}`],
      [t('exploration.ends'), timeLeft],
    ],
    all,
  );
}

function workspace(found) {
  return found ? [state('workspaceState', found.state), h('p', { class: 'quiet', lang: 'en' }, found.message)] : '–';
}
