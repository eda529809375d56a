import { read } from '../api.js';
import { h } from '../dom.js';
import { day, number } from '../format.js';
import { one, t } from '../i18n.js';
import { badge, facts, pages, section, table } from '../parts.js';
import { empty } from '../states.js';

export const title = () => t('templates.title');

/** What projects and workspaces can be made from. */
export async function show({ me, signal }) {
  const [offered, refused] = await Promise.all([read('/templates', signal), me.administrator ? read('/templates/refused', signal) : []]);
  return [
    h('p', { class: 'lead' }, t('templates.lead')),
    section(
      'project-templates',
      t('templates.projects'),
      pages('/project-templates?limit=50', signal, [t('templates.none')], (found) => found.map(projectTemplate)),
    ),
    section('workspace-templates', t('templates.workspaces'), offered.length === 0 ? empty(t('templates.none'), t('templates.noneHint')) : offered.map(workspaceTemplate)),
    refused.length > 0 && section('refused-templates', t('templates.refused'), h('p', {}, t('templates.refusedHint')), refused.map(refusal)),
  ];
}

function head(id, name, version) {
  return [h('h3', { id: `template-${id}` }, h('span', { lang: 'en' }, name), ' ', version && badge('version', version)), h('p', { class: 'quiet' }, h('code', {}, id))];
}

function projectTemplate(template) {
  return h(
    'article',
    { class: 'run', 'aria-labelledby': `template-${template.id}` },
    head(template.id, template.title, template.version),
    h('p', { lang: 'en' }, template.description),
    template.useCase && h('p', { lang: 'en' }, template.useCase),
    facts(
      [t('templates.roles'), roles(template.roles)],
      [t('templates.hardware'), sizes(template.hardware)],
      [t('templates.network'), one('network', template.network)],
      [t('templates.manuals'), template.manuals.length > 0 && h('ul', { class: 'plain-list' }, template.manuals.map((manual) => h('li', {}, h('code', {}, manual))))],
    ),
    parameters(template.parameters),
    more(t('templates.steps'), template.steps, (steps) =>
      table(
        t('templates.steps'),
        [
          [t('round.step'), (step) => h('code', {}, step.name)],
          [t('templates.kind'), (step) => h('code', {}, step.kind)],
          [t('templates.image'), (step) => (step.image ? h('code', {}, step.image) : t('templates.noImage'))],
        ],
        steps,
      ),
    ),
    more(t('templates.policy'), template.policy, (bounds) =>
      table(
        t('templates.policy'),
        [
          [t('templates.setting'), (bound) => h('code', {}, bound.setting)],
          [t('templates.allowed'), bounded],
          [t('templates.required'), (bound) => (bound.required ? t('word.yes') : t('word.no'))],
        ],
        bounds,
      ),
    ),
  );
}

function bounded({ allowed, minimum, maximum }) {
  return allowed?.length > 0 ? allowed.join(', ') : range(minimum, maximum);
}

function workspaceTemplate(template) {
  return h(
    'article',
    { class: 'run', 'aria-labelledby': `template-${template.id}` },
    head(template.id, template.name, template.version),
    template.deprecated && deprecation(template.deprecated),
    h('p', { lang: 'en' }, template.description),
    facts(
      [t('templates.roles'), template.roles.length === 0 ? t('templates.everybody') : roles(template.roles)],
      [t('templates.hardware'), sizes(template.hardware)],
      [t('templates.source'), template.source],
      [t('templates.digest'), h('code', { title: template.digest }, template.digest.slice(0, 12))],
    ),
    parameters(template.parameters),
  );
}

function deprecation({ reason, successor, until }) {
  return h(
    'div',
    { class: 'verdict tone-ask' },
    h('p', { class: 'state-title' }, t('templates.deprecated')),
    h('p', {}, h('span', { lang: 'en' }, reason), until && [' ', t('templates.until'), ' ', day(until), '.']),
    successor && h('p', {}, t('templates.successor'), ' ', h('a', { href: `#template-${successor}` }, successor)),
  );
}

function refusal({ source, template, reasons }) {
  return h('div', { class: 'run' }, h('h3', {}, template || source), template && h('p', { class: 'quiet' }, source), h('ul', { lang: 'en' }, reasons.map((reason) => h('li', {}, reason))));
}

function roles(all) {
  return all.map((role) => one('role', role)).join(', ');
}

function sizes(all) {
  return all.map((size) => one('hardware', size)).join(', ');
}

function more(name, rows, render) {
  return rows.length > 0 && h('details', {}, h('summary', {}, name), render(rows));
}

function parameters(all) {
  if (all.length === 0) {
    return h('p', { class: 'quiet' }, t('templates.noParameters'));
  }
  return more(t('templates.parameters'), all, () =>
    table(
      t('templates.parameters'),
      [
        [t('templates.parameter'), (parameter) => h('code', {}, parameter.name)],
        [t('templates.meaning'), (parameter) => h('span', { lang: 'en' }, parameter.description)],
        [t('templates.allowed'), (parameter) => schema(parameter.schema)],
        [t('templates.default'), (parameter) => (parameter.default === undefined ? t('templates.needed') : h('code', {}, String(parameter.default)))],
      ],
      all,
    ),
  );
}

/** A JSON Schema of one value in words, as far as templates use it. */
function schema({ type, enum: choices, minimum, maximum, minLength, maxLength, pattern }) {
  const length = range(minLength, maxLength);
  return [
    h('div', {}, choices ? choices.join(', ') : [one('jsonType', type), ' ', range(minimum, maximum)]),
    length && h('div', { class: 'quiet' }, t('templates.length'), ' ', length),
    pattern && h('div', { class: 'quiet' }, t('templates.pattern'), ' ', h('code', {}, pattern)),
  ];
}

function range(least, most) {
  const shown = (bound) => (typeof bound === 'number' ? number(bound) : bound);
  if (least === undefined || most === undefined) {
    return least === undefined ? most !== undefined && t('templates.atMost', { most: shown(most) }) : t('templates.atLeast', { least: shown(least) });
  }
  return t('templates.between', { least: shown(least), most: shown(most) });
}
