import { download, path, read } from '../api.js';
import { fill, h } from '../dom.js';
import { exact, number, roundParts } from '../format.js';
import { many, one, t } from '../i18n.js';
import { called } from '../kinds.js';
import { badge, facts, section, table } from '../parts.js';
import { link } from '../router.js';
import { empty, failed, loading } from '../states.js';
import { canCheck, check, isKey } from '../proof.js';
import { remember, remembered } from '../storage.js';
import { about, eventAt, outcome, searchFor } from './audit.js';

export const title = () => t('event.title');

/** One event of the trail, and the proof that nobody changed it. */
export async function show({ event: id, signal }) {
  const event = await eventAt(id, signal);
  return [
    h('nav', { class: 'crumbs', 'aria-label': t('shell.crumbs') }, h('a', { href: link('audit') }, t('audit.title'))),
    h('p', { class: 'lead' }, h('code', {}, event.action), ' ', outcome(event.outcome), ' ', h('span', { class: 'quiet' }, called(event.action))),
    section('event', t('event.recorded'), recorded(event), details(event)),
    section('proof', t('proof.title'), h('p', {}, t('proof.lead')), proof(id, event, signal)),
  ];
}

function recorded(event) {
  return [
    event.reason && [h('h3', {}, t('event.reason')), h('blockquote', {}, event.reason)],
    facts(
      [t('audit.at'), exact(event.at)],
      [t('audit.person'), [event.actor, ' (', one('actorKind', event.actorKind), ')']],
      [t('audit.about'), about(event)],
      [t('event.activity'), event.activity && h('code', {}, event.activity)],
      [t('event.index'), event.index === undefined ? t('event.unsealed') : number(event.index + 1)],
      [t('event.correlation'), event.correlation && h('code', {}, event.correlation)],
      [t('event.id'), h('code', {}, event.id)],
    ),
    h(
      'p',
      { class: 'actions no-print' },
      event.subject && h('a', { class: 'button second', href: searchFor(event.subject) }, t('event.alike')),
      evidence(event),
    ),
  ];
}

/** Sealed evidence of a round can be taken along from here. */
function evidence({ action, outcome: ended, project, subject }) {
  if (action !== 'round.evidence.sealed' || ended !== 'done' || !roundParts(subject, project)) {
    return null;
  }
  return h('a', { class: 'button', download: '', href: download(`${path('projects', project, 'rounds', subject)}/evidence`) }, t('round.download'));
}

function details(event) {
  if (Object.keys(event.details ?? {}).length === 0) {
    return null;
  }
  return [
    h('h3', {}, t('event.details')),
    h('pre', { class: 'log', tabindex: '0', 'aria-label': t('event.details') }, JSON.stringify(event.details, null, 2)),
  ];
}

/** The proof is read and checked as soon as the event is seen, and again when another key is to be used. */
function proof(id, event, signal) {
  if (!canCheck()) {
    return h('div', { class: 'state state-error', role: 'alert' }, h('p', { class: 'state-title' }, t('proof.insecure')), h('p', {}, t('proof.insecureHint')), toKeep(id));
  }
  const place = h('div', { class: 'proof' });
  const draw = async () => {
    fill(place, loading());
    try {
      fill(place, await checked(id, event, draw, signal));
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        fill(place, problem.status === 404 ? unsealed(draw) : failed(problem, draw));
      }
    }
  };
  draw();
  return place;
}

function unsealed(draw) {
  return [empty(t('proof.unsealed'), t('proof.unsealedHint')), h('p', { class: 'actions' }, h('button', { type: 'button', onclick: draw }, t('action.retry')))];
}

function toKeep(id) {
  return h('p', {}, h('a', { class: 'button second', download: `${id}.proof.json`, href: download(`/audit${path('events', id)}/proof`) }, t('proof.download')));
}

async function checked(id, event, again, signal) {
  const [inclusion, newest] = await Promise.all([read(`/audit${path('events', id)}/proof`, signal), read('/audit/checkpoints', signal)]);
  const own = remembered('auditKey') ?? '';
  const result = await check({ ...event, id: event.id === id ? id : null }, inclusion, own || newest.publicKey);
  return [
    judgement(result, own),
    h('ol', { class: 'checks' }, sameEvent(result, inclusion), leaf(result), way(result), root(result), signature(result, own || newest.publicKey)),
    keyForm(own, newest.publicKey, again),
    toKeep(id),
  ];
}

const TONES = { proved: 'good', unsigned: 'ask', failed: 'bad' };

function judgement({ verdict, index, size }, own) {
  const words = {
    proved: [t('proof.proved'), t('proof.provedHint', { place: number(Number(index ?? 0) + 1), size: number(Number(size ?? 0)) })],
    unsigned: [t('proof.unsigned'), t('proof.unsignedHint')],
    failed: [t('proof.failed'), t('proof.failedHint')],
  }[verdict];
  return h(
    'div',
    { class: ['verdict', `tone-${TONES[verdict]}`], role: verdict === 'failed' ? 'alert' : 'status', 'data-verdict': verdict },
    h('p', { class: 'state-title' }, words[0]),
    h('p', {}, words[1]),
    verdict === 'proved' && h('p', {}, own ? t('proof.ownKeyUsed') : t('proof.serverKeyUsed')),
  );
}

function step(name, state, ...content) {
  const tone = { fits: 'good', computed: 'neutral', wrong: 'bad', unknown: 'ask' }[state];
  return h('li', { 'data-state': state }, h('h3', {}, name, ' ', badge('fit', state, tone)), content);
}

function sameEvent({ differences }, { leaf: text }) {
  return step(
    t('proof.event'),
    differences.length === 0 ? 'fits' : 'wrong',
    h('p', {}, t('proof.eventHint')),
    differences.length > 0 && h('p', { class: 'wrong' }, t('proof.differs'), ' ', differences.map((name) => one('difference', name)).join(', ')),
    h('details', {}, h('summary', {}, t('proof.leaf')), h('pre', { class: 'log', tabindex: '0', 'aria-label': t('proof.leaf') }, String(text))),
  );
}

function leaf({ leafHash }) {
  return step(t('proof.leafHash'), 'computed', h('p', {}, t('proof.leafHashHint')), h('p', {}, h('code', {}, leafHash)));
}

function way({ nodes, malformed, root: found }) {
  const readable = malformed.length === 0;
  return step(
    t('proof.way'),
    readable && found?.lengthFits ? 'fits' : 'wrong',
    h('p', {}, t('proof.wayHint')),
    !readable && h('p', { class: 'wrong' }, t('proof.malformed'), ' ', h('code', {}, malformed.join(', '))),
    readable && !found?.lengthFits && h('p', { class: 'wrong' }, t('proof.wrongLength')),
    nodes.length > 0 && h('details', {}, h('summary', {}, many('proof.nodes', nodes.length)), nodeTable(nodes)),
  );
}

function nodeTable(nodes) {
  return table(
    t('proof.way'),
    [
      [t('proof.level'), ({ level }) => number(level)],
      [t('proof.sibling'), ({ side, sibling }) => [h('div', { class: 'quiet' }, one('side', side)), h('code', {}, sibling)]],
      [t('proof.node'), ({ hash }) => h('code', {}, hash)],
    ],
    nodes.map((node, index) => ({ ...node, level: index + 1 })),
  );
}

function root({ root: found, origin, size }) {
  return step(
    t('proof.root'),
    found?.fits ? 'fits' : 'wrong',
    h('p', {}, t('proof.rootHint')),
    found &&
      facts(
        [t('proof.computed'), h('code', {}, found.computed)],
        [t('proof.signedRoot'), h('code', {}, found.signed)],
        [t('proof.log'), origin],
        [t('proof.size'), number(Number(size))],
      ),
  );
}

function signature({ signature: found }, key) {
  const words = {
    right: t('proof.signatureRight'),
    wrong: t('proof.signatureWrong'),
    otherKey: t('proof.signatureOther'),
    unknown: t('proof.signatureUnknown'),
  }[found];
  const state = { right: 'fits', unknown: 'unknown' }[found] ?? 'wrong';
  return step(t('proof.signature'), state, h('p', { class: state === 'wrong' ? 'wrong' : null }, words), h('p', {}, t('proof.key'), ' ', h('code', {}, key)));
}

/** A key that somebody else handed to the reader says more than the one that the same server gives. */
function keyForm(own, offered, again) {
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const submit = async (event) => {
    event.preventDefault();
    const given = String(new FormData(event.target).get('key')).trim();
    if (given && !(await isKey(given))) {
      fill(wrong, t('proof.noKey'));
      return;
    }
    remember('auditKey', given);
    again();
  };
  return h(
    'form',
    { class: 'fields', onsubmit: submit },
    h(
      'div',
      { class: 'field field-wide' },
      h('label', { for: 'own-key' }, t('proof.ownKey')),
      h('input', { id: 'own-key', name: 'key', value: own, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'own-key-hint' }),
      h('span', { id: 'own-key-hint', class: 'quiet' }, own && own !== offered ? t('proof.ownKeyDiffers') : t('proof.ownKeyHint')),
      wrong,
    ),
    h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'second' }, t('proof.again'))),
  );
}
