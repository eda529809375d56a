import { download, path, read } from '../api.js';
import { fill, h } from '../dom.js';
import { exact, number, roundParts } from '../format.js';
import { one, t } from '../i18n.js';
import { called, chooser, suggestions } from '../kinds.js';
import { badge, pages, section, table } from '../parts.js';
import { link, navigate } from '../router.js';
import { failed, loading } from '../states.js';

const WORDS = ['project', 'actor', 'action', 'subject'];
const MOMENTS = { from: () => t('audit.since'), to: () => t('audit.before') };
const FIELDS = [...WORDS, ...Object.keys(MOMENTS)];
const EXPORTERS = ['auditor', 'owner'];

export const title = () => t('audit.title');

const OUTCOMES = { done: 'neutral', attempted: 'neutral', refused: 'ask', failed: 'bad' };

/** How something that was recorded ended. */
export function outcome(value) {
  return badge('outcome', value, OUTCOMES[value]);
}

/** The trail: search, and what is checked elsewhere to take along. */
export function show({ me, signal }) {
  const wanted = new URLSearchParams(location.search);
  const query = new URLSearchParams(FIELDS.map((name) => [name, wanted.get(name)]).filter(([, value]) => value));
  return [
    h('p', { class: 'lead' }, t('audit.lead')),
    section('search', t('audit.search'), form(me, query)),
    section('export', t('audit.export'), exports(me, query), checkpoint(signal)),
    section('events', t('audit.events'), events(query, signal)),
  ];
}

function form(me, query) {
  const submit = (event) => {
    event.preventDefault();
    const found = new FormData(event.target);
    const filled = FIELDS.map((name) => [name, String(found.get(name) ?? '').trim()]).filter(([, value]) => value);
    const moments = filled.map(([name, value]) => [name, MOMENTS[name] ? new Date(value).toISOString() : value]);
    navigate(moments.length === 0 ? link('audit') : `${link('audit')}?${new URLSearchParams(moments)}`);
  };
  const action = field('action', t('audit.action'), { value: query.get('action') ?? '', list: 'kinds', autocomplete: 'off' }, t('audit.actionHint'));
  return h(
    'form',
    { class: 'fields', role: 'search', onsubmit: submit },
    project(me, query.get('project') ?? ''),
    field('actor', t('audit.person'), { value: query.get('actor') ?? '', autocomplete: 'off' }),
    chooser(action.querySelector('input')),
    action,
    suggestions('kinds'),
    field('subject', t('audit.subject'), { value: query.get('subject') ?? '', autocomplete: 'off' }, t('audit.subjectHint')),
    Object.entries(MOMENTS).map(([name, label]) => field(name, label(), { type: 'datetime-local', value: local(query.get(name)) })),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'submit' }, t('audit.find')),
      query.size > 0 && h('a', { class: 'button second', href: link('audit') }, t('audit.clear')),
    ),
  );
}

function field(name, label, attributes, hint) {
  return h(
    'div',
    { class: 'field' },
    h('label', { for: `field-${name}` }, label),
    h('input', { id: `field-${name}`, name, 'aria-describedby': hint && `hint-${name}`, ...attributes }),
    hint && h('span', { id: `hint-${name}`, class: 'quiet' }, hint),
  );
}

/** Administrators search everywhere, whoever is a member of nothing else. */
function project(me, chosen) {
  if (me.administrator) {
    return field('project', t('audit.project'), { value: chosen, autocomplete: 'off' }, t('audit.projectHint'));
  }
  const mine = me.projects.map((membership) => membership.project);
  return h(
    'div',
    { class: 'field' },
    h('label', { for: 'field-project' }, t('audit.project')),
    h(
      'select',
      { id: 'field-project', name: 'project' },
      h('option', { value: '' }, t('audit.allMine')),
      [...new Set([...mine, chosen].filter(Boolean))].map((id) => h('option', { value: id, selected: id === chosen }, id)),
    ),
  );
}

/** A moment as the field of a form wants it, in the reader's zone. */
function local(iso) {
  const at = new Date(iso ?? '');
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function events(query, signal) {
  const nothing = query.size > 0 ? [t('audit.nothing'), t('audit.nothingHint')] : [t('audit.empty'), t('audit.emptyHint')];
  const asked = new URLSearchParams([...query, ['limit', '50']]);
  return pages(`/audit/events?${asked}`, signal, nothing, (found) =>
    table(
      t('audit.events'),
      [
        [t('audit.at'), (event) => exact(event.at)],
        [t('audit.happened'), (event) => [h('a', { href: link('audit', event.id) }, event.action), h('div', { class: 'quiet' }, called(event.action))]],
        [t('audit.person'), (event) => [event.actor, event.actorKind !== 'user' && h('div', { class: 'quiet' }, one('actorKind', event.actorKind))]],
        [t('audit.about'), (event) => about(event)],
        [t('audit.outcome'), (event) => outcome(event.outcome)],
      ],
      found,
    ),
  );
}

/** What an event is about, linked where the console has a page of it. */
export function about({ project: slug, subject }) {
  const parts = slug && subject && roundParts(subject, slug);
  const where = slug && h('a', { href: link('projects', slug) }, slug);
  if (parts) {
    return [h('a', { href: link('projects', slug, 'rounds', subject) }, subject), h('div', { class: 'quiet' }, where)];
  }
  return subject && subject !== slug ? [subject, where && h('div', { class: 'quiet' }, where)] : where || '–';
}

/** The bundle for the offline verifier, for those who may have it. */
function exports(me, query) {
  const searched = query.get('project');
  const mine = me.projects.filter(({ roles }) => roles.some((role) => EXPORTERS.includes(role))).map((membership) => membership.project);
  if (me.administrator && searched && !mine.includes(searched)) {
    mine.push(searched);
  }
  if (mine.length === 0 && !me.administrator) {
    return h('p', {}, t('audit.exportForbidden'));
  }
  const bundle = h('a', { class: 'button', download: '' }, t('audit.download'));
  const chooser = h(
    'select',
    { id: 'export-project', name: 'project' },
    me.administrator && h('option', { value: '' }, t('audit.everything')),
    mine.map((id) => h('option', { value: id, selected: id === searched }, id)),
  );
  const reasons = h('input', { id: 'export-reasons', type: 'checkbox', checked: true });
  const update = () => {
    const wanted = new URLSearchParams({ reasons: reasons.checked, ...(chooser.value && { project: chooser.value }) });
    bundle.href = download(`/audit/export?${wanted}`);
  };
  chooser.addEventListener('change', update);
  reasons.addEventListener('change', update);
  update();
  return h(
    'details',
    {},
    h('summary', {}, t('audit.take')),
    h('p', {}, t('audit.exportLead')),
    h(
      'div',
      { class: 'fields' },
      h('div', { class: 'field' }, h('label', { for: 'export-project' }, t('audit.project')), chooser),
      h('div', { class: 'field field-check' }, reasons, h('label', { for: 'export-reasons' }, t('audit.withReasons'))),
      h('div', { class: 'actions' }, bundle),
    ),
    h('p', { class: 'quiet' }, t('audit.verify'), ' ', h('code', {}, 'java -jar balsam.jar audit verify audit.zip')),
  );
}

/** What to keep away from whoever runs Balsam. */
function checkpoint(signal) {
  const place = h('div', {});
  const open = async (event) => {
    if (!event.target.open || place.querySelector('pre')) {
      return;
    }
    fill(place, loading());
    try {
      const newest = await read('/audit/checkpoints', signal);
      fill(
        place,
        h('p', {}, t('audit.keep', { size: number(Number(newest.note.split('\n')[1])) })),
        h('pre', { class: 'log', tabindex: '0', 'aria-label': t('audit.checkpoint') }, newest.note),
        h('p', {}, t('proof.key'), ' ', h('code', {}, newest.publicKey)),
      );
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        fill(place, failed(problem));
      }
    }
  };
  return h('details', { ontoggle: open }, h('summary', {}, t('audit.checkpoint')), place);
}

/** The address of a search for everything about one thing. */
export function searchFor(subject) {
  return `${link('audit')}?${new URLSearchParams({ subject })}`;
}

/** One event, as the API says it. */
export function eventAt(id, signal) {
  return read(`/audit${path('events', id)}`, signal);
}
