import { path } from './api.js';
import { h } from './dom.js';
import { moment, period } from './format.js';
import { one, t } from './i18n.js';
import { modelLink } from './models.js';
import { pages, state, table } from './parts.js';
import { person } from './people.js';
import { link } from './router.js';

/** A project's trainings, newest first. @param model for those of one model; left out for all */
export function trainings(project, model, signal) {
  const only = model ? `&model=${encodeURIComponent(model)}` : '';
  const nothing = [t('training.nothing'), t('training.nothingHint')];
  return pages(`${path('projects', project, 'trainings')}?limit=50${only}`, signal, nothing, (all) =>
    table(
      t('training.all'),
      [
        [t('training.training'), (training) => h('a', { href: link('projects', project, 'trainings', training.id) }, `${training.model} · ${period(training.period)}`)],
        [t('training.state'), (training) => [state('trainingState', training.state), h('div', { class: 'quiet' }, moment(training.stateSince))]],
        [t('training.startedBy'), (training) => [one('trigger', training.trigger), h('div', { class: 'quiet' }, person(training.requestedBy), ', ', moment(training.requestedAt))]],
        [t('training.candidate'), (training) => modelLink(project, training.candidate) ?? '–'],
        [t('training.promoted'), (training) => moment(training.promotedAt) ?? '–'],
      ],
      all,
    ),
  );
}

/** The way from a project to one of its things. */
export function crumbs(project, ...more) {
  const steps = [[t('projects.title'), link('projects')], [project, link('projects', project)], ...more];
  return h(
    'nav',
    { class: 'crumbs', 'aria-label': t('shell.crumbs') },
    steps.map(([name, address], index) => [index > 0 && ' / ', h('a', { href: address }, name)]),
  );
}
