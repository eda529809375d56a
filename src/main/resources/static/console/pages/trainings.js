import { path } from '../api.js';
import { h } from '../dom.js';
import { number } from '../format.js';
import { t } from '../i18n.js';
import { pages, section, table } from '../parts.js';
import { members } from '../people.js';
import { missingIs } from '../places.js';
import { link } from '../router.js';
import { crumbs, trainings } from '../trainings.js';

export const title = () => t('training.title');

/** A project's models and how they were trained. */
export async function show({ project, signal }) {
  await members(project, signal).catch(missingIs([]));
  return [
    crumbs(project),
    h('p', { class: 'lead' }, t('training.lead')),
    section('models', t('project.models'), models(project, signal)),
    section('trainings', t('training.all'), trainings(project, null, signal)),
  ];
}

function models(project, signal) {
  return pages(`${path('projects', project, 'models')}?limit=50`, signal, [t('project.noModels'), t('training.noModelsHint')], (all) =>
    table(
      t('project.models'),
      [
        [t('project.model'), (model) => h('a', { href: link('projects', project, 'models', model.name) }, model.name)],
        [t('project.champion'), (model) => model.champion ?? '–'],
        [t('project.newest'), (model) => model.newest],
        [t('model.rollbackTarget'), (model) => model.rollbackTarget ?? '–'],
        [t('project.versions'), (model) => number(model.versions)],
      ],
      all,
    ),
  );
}
