import { download, path, read } from './api.js';
import { awaited, awaitedOf } from './awaited.js';
import { fill, h } from './dom.js';
import { moment, number, short } from './format.js';
import { one, t } from './i18n.js';
import { facts, pages, state } from './parts.js';
import { called, person } from './people.js';
import { missingIs } from './places.js';
import { link } from './router.js';
import { empty, failed, loading } from './states.js';

const ROLLBACKS_THAT_WAIT = ['requested', 'in-force', 'disputed'];

/** A version as people write it, damage@1.0.3, in its parts. */
export function versionParts(id) {
  const [model, version] = id.split('@');
  return { model, version };
}

/** The page of a model. */
export function modelLink(project, id) {
  return id ? h('a', { href: link('projects', project, 'models', versionParts(id).model) }, id) : null;
}

/** The model card of a version, read when it is opened. */
export function card(project, id, signal, open = false) {
  const place = h('div', {});
  const { model, version } = versionParts(id);
  const address = `${path('projects', project, 'models', model)}/versions${path(version)}/card`;
  const show = async (event) => {
    if (!event.target.open || place.childElementCount > 0) {
      return;
    }
    fill(place, loading());
    try {
      const found = await read(address, signal).catch(missingIs(null));
      fill(place, found ? chapters(found) : empty(t('model.noCard')), found && h('p', {}, h('a', { href: download(address), download: `${model}-${version}-card.json` }, t('model.downloadCard'))));
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        fill(place, failed(problem));
      }
    }
  };
  return h('details', { open, ontoggle: show }, h('summary', {}, t('model.cardOf', { version: id })), place);
}

function chapters(found) {
  return Object.entries(found).map(([chapter, fields]) =>
    h(
      'div',
      { class: 'run' },
      h('h3', {}, one('card', chapter)),
      isChapter(fields) ? h('dl', { class: 'chapter' }, Object.entries(fields).map(([name, values]) => [h('dt', {}, one('card', name)), h('dd', { lang: 'en' }, texts(values))])) : texts(fields),
    ),
  );
}

function isChapter(fields) {
  return fields !== null && typeof fields === 'object' && !Array.isArray(fields);
}

function texts(values) {
  const all = (Array.isArray(values) ? values : [values]).map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)));
  return all.length === 1 ? all[0] : h('ul', {}, all.map((words) => h('li', {}, words)));
}

/** How the aliases of a model moved: which version was in use from when on. */
export function history(project, model, signal) {
  return pages(`${path('projects', project, 'models', model)}/history?limit=20`, signal, [t('model.noHistory')], (moves) =>
    h(
      'ol',
      { class: 'timeline' },
      moves.map((move) =>
        h(
          'li',
          {},
          h('p', {}, h('strong', {}, move.version), ' ', state('move', move.kind), move.from && [' ', h('span', { class: 'quiet' }, t('model.insteadOf', { version: move.from }))]),
          h('p', { class: 'quiet' }, person(move.person), ', ', moment(move.at), ' · ', t('model.artefact'), ' ', short(move.artefact)),
        ),
      ),
    ),
  );
}

/** Roll-backs with who asked, who decided and why. */
export function rollbacks(project, model, signal) {
  return pages(`${path('projects', project, 'models', model)}/rollbacks?limit=20`, signal, [t('model.noRollbacks')], (all) =>
    h('ol', { class: 'timeline' }, all.map((asked) => rollback(asked, `${path('projects', project, 'models', model)}/rollbacks${path(asked.id)}`, signal))),
  );
}

function whom(asked, base, signal) {
  const place = h('div', {});
  if (ROLLBACKS_THAT_WAIT.includes(asked.state)) {
    awaitedOf(base, signal)
      .then((open) => fill(place, awaited(open, asked.id)))
      .catch(() => {});
  }
  return place;
}

function rollback(asked, base, signal) {
  return h(
    'li',
    {},
    h('p', {}, h('strong', {}, t('model.backTo', { from: asked.champion, to: asked.target })), ' ', state('rollbackState', asked.state), asked.emergency && [' ', state('rollbackState', 'emergency')]),
    h('p', { class: 'quiet' }, t('model.askedBy', { person: called(asked.requestedBy) }), ', ', moment(asked.requestedAt)),
    h('blockquote', {}, asked.reason),
    whom(asked, base, signal),
    answer(asked.decision),
    answer(asked.settlement),
    asked.failure && h('p', { lang: 'en' }, asked.failure),
  );
}

function answer(decision) {
  return (
    decision && [
      h('p', {}, one('decision', decision.decision), ' ', h('span', { class: 'quiet' }, person(decision.by), ', ', moment(decision.at))),
      decision.reason && h('blockquote', {}, decision.reason),
    ]
  );
}

/** Which version has which alias. */
export function aliases(project, model) {
  return facts(
    [t('project.champion'), model.aliases.champion && h('strong', {}, model.aliases.champion)],
    [t('model.candidate'), model.aliases.candidate],
    [t('model.archived'), model.aliases.archived],
    [t('model.rollbackTarget'), model.rollbackTarget],
    [t('project.newest'), model.newest],
    [t('project.versions'), number(model.versions)],
  );
}
