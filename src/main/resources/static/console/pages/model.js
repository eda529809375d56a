import { path, read } from '../api.js';
import { h } from '../dom.js';
import { moment, short } from '../format.js';
import { t } from '../i18n.js';
import { aliases, card, history, rollbacks } from '../models.js';
import { pages, section, state, table } from '../parts.js';
import { members } from '../people.js';
import { missingIs } from '../places.js';
import { link } from '../router.js';
import { crumbs, trainings } from '../trainings.js';

export const title = ({ model }) => model;

/** A model: which version is in use, how it came to that, and its trainings. */
export async function show({ project, model, signal }) {
  const [found] = await Promise.all([read(path('projects', project, 'models', model), signal), members(project, signal).catch(missingIs([]))]);
  return [
    crumbs(project, [t('training.title'), link('projects', project, 'trainings')]),
    section('aliases', t('model.now'), aliases(project, found)),
    section('history', t('model.history'), history(project, model, signal)),
    section('rollbacks', t('model.rollbacks'), rollbacks(project, model, signal)),
    section('trainings', t('training.all'), trainings(project, model, signal)),
    section('versions', t('model.versions'), versions(project, model, signal)),
  ];
}

function versions(project, model, signal) {
  return pages(`${path('projects', project, 'models', model)}/versions?limit=20`, signal, [t('project.noModels')], (all) => [
    table(
      t('model.versions'),
      [
        [t('model.version'), (version) => version.id],
        [t('model.alias'), (version) => state('alias', version.alias)],
        [t('training.training'), (version) => h('a', { href: link('projects', project, 'trainings', version.training) }, version.training)],
        [t('model.registered'), (version) => moment(version.registeredAt)],
        [t('model.artefact'), (version) => short(version.artefact)],
      ],
      all,
    ),
    h('div', { class: 'logs' }, all.map((version) => card(project, version.id, signal))),
  ]);
}
