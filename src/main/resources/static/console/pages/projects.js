import { h } from '../dom.js';
import { one, t } from '../i18n.js';
import { facts, pages, state } from '../parts.js';
import { owner } from '../people.js';
import { link } from '../router.js';

export const title = () => t('projects.title');

/** The reader's projects. */
export function show({ signal }) {
  return [
    h('p', { class: 'lead' }, t('projects.lead')),
    pages('/projects?limit=50', signal, [t('projects.empty'), t('projects.emptyHint')], (projects) =>
      h('ul', { class: 'cards' }, projects.map(card)),
    ),
  ];
}

function card(project) {
  return h(
    'li',
    { class: 'card' },
    h('h2', {}, h('a', { href: link('projects', project.id) }, project.name || project.id)),
    h('p', {}, state('projectState', project.state), ' ', h('code', {}, project.id)),
    project.purpose && h('p', {}, project.purpose),
    facts(
      [t('project.owner'), owner(project)],
      [t('project.kind'), project.kind && one('kind', project.kind)],
      [t('project.classification'), one('classification', project.classification)],
    ),
  );
}
