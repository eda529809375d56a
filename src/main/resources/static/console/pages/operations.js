import { change, path, read } from '../api.js';
import { asked } from '../confirm.js';
import { fill, h } from '../dom.js';
import { bytes, exact, moment, number, roundParts } from '../format.js';
import { many, one, t } from '../i18n.js';
import { pages, section, state, table } from '../parts.js';
import { link } from '../router.js';
import { empty, failed, loading, say } from '../states.js';

const GIGABYTE = 1e9;

export const title = () => t('operations.title');

/** What an operator looks after; for administrators of the platform. */
export function show({ me, signal }) {
  if (!me.administrator) {
    return h(
      'div',
      { class: 'state', role: 'status', 'data-state': 'forbidden' },
      h('p', { class: 'state-title' }, t('operations.forbidden')),
      h('p', {}, t('operations.forbiddenHint')),
      h('p', {}, h('a', { class: 'button second', href: link('work') }, t('work.title'))),
    );
  }
  return [
    h('p', { class: 'lead' }, t('operations.lead')),
    section('incidents', t('incidents.title'), incidents(signal)),
    section('adapters', t('adapters.title'), adapters(signal)),
    section('letters', t('letters.title'), letters(signal)),
    section('storage', t('storage.title'), storage(signal)),
  ];
}

/** A part of the page that is read by itself, and again when something was done. */
function part(load, render, signal) {
  const place = h('div', {});
  const draw = async () => {
    if (place.childElementCount === 0) {
      fill(place, loading());
    }
    try {
      fill(place, render(await load(), draw));
    } catch (problem) {
      if (problem.name !== 'AbortError' && !signal.aborted) {
        fill(place, failed(problem, draw));
      }
    }
  };
  draw();
  return place;
}

/** Does something after a question, says how it went, and looks again. */
async function perform(button, work, words, draw) {
  const heading = button.closest('section.card').querySelector('h2');
  button.disabled = true;
  try {
    const answer = await work();
    say(words(answer));
    await draw();
    // the button is gone: who works with the keys goes on from the part that it was in
    heading.tabIndex = -1;
    heading.focus();
  } catch (problem) {
    say(t('work.refused', { reason: problem.message }), true);
  } finally {
    button.disabled = false;
  }
}

function incidents(signal) {
  return part(
    () => read('/platform/incidents', signal),
    (found, draw) => [
      found.total === 0
        ? empty(t('incidents.none'), t('incidents.noneHint'))
        : h('p', {}, many('incidents.count', found.total), found.total > found.grouped && [' · ', t('incidents.newest', { count: number(found.grouped) })]),
      found.causes.map((cause, index) => causeOf(cause, `cause-${index}`, draw, signal)),
      h('p', { class: 'actions' }, h('button', { type: 'button', class: 'second', onclick: draw }, t('action.lookAgain'))),
    ],
    signal,
  );
}

function causeOf(cause, id, draw, signal) {
  const retryable = cause.incidents.filter((incident) => incident.retryable);
  return h(
    'section',
    { class: 'run cause', 'aria-labelledby': id },
    h('h3', { id }, cause.cause ? h('span', { lang: 'en' }, cause.cause) : t('incidents.noMessage')),
    h('p', { class: 'quiet' }, many('incidents.count', cause.count), ' · ', t('incidents.first'), ' ', moment(cause.firstAt), ' · ', t('incidents.latest'), ' ', moment(cause.latestAt)),
    cause.example !== cause.cause && h('details', {}, h('summary', {}, t('incidents.example')), h('pre', { class: 'log', lang: 'en', tabindex: '0', 'aria-label': t('incidents.example') }, cause.example)),
    retryable.length > 1 && h('p', { class: 'actions' }, retryButton(retryable, many('incidents.retryAll', retryable.length), cause, draw, signal)),
    table(
      t('incidents.stopped'),
      [
        [t('incidents.subject'), subject],
        [t('incidents.activity'), (incident) => [h('span', { lang: 'en' }, words(incident.activity)), h('div', { class: 'quiet' }, h('code', {}, incident.process))]],
        [t('incidents.since'), (incident) => exact(incident.openedAt)],
        [t('work.action'), (incident) => (incident.retryable ? retryButton([incident], t('incidents.retry'), cause, draw, signal) : t('incidents.notRetryable'))],
      ],
      cause.incidents,
    ),
    cause.count > cause.incidents.length && h('p', { class: 'quiet' }, t('incidents.shown', { count: number(cause.incidents.length) })),
  );
}

function subject({ project, subject: id }) {
  if (!project) {
    return id ?? '–';
  }
  const isRound = id && roundParts(id, project);
  const where = h('a', { href: link('projects', project) }, project);
  return isRound ? [h('a', { href: link('projects', project, 'rounds', id) }, id), h('div', { class: 'quiet' }, where)] : [id && id !== project && `${id} · `, where];
}

/** serviceTask_freezeInputs is Freeze inputs, as the models write it. */
function words(activity) {
  const name = (activity ?? '').replace(/^[a-zA-Z]+_/, '').replace(/([A-Z])/g, ' $1').toLowerCase();
  return name ? name[0].toUpperCase() + name.slice(1) : '–';
}

function retryButton(stopped, label, cause, draw, signal) {
  const named = stopped.map((incident) => `${incident.subject ?? incident.project ?? incident.id}, ${words(incident.activity)}`);
  const click = async (event) => {
    const button = event.currentTarget;
    const agreed = await asked(
      { title: many('incidents.ask', stopped.length), act: t('incidents.retry'), signal },
      h('p', {}, t('incidents.askHint')),
      cause.cause && h('blockquote', { lang: 'en' }, cause.cause),
      h('ul', {}, named.slice(0, 10).map((name) => h('li', {}, name)), named.length > 10 && h('li', {}, t('incidents.andMore', { count: number(named.length - 10) }))),
    );
    if (agreed) {
      await perform(button, () => change('POST', '/platform/incidents/retry', { incidents: stopped.map(({ id }) => id) }), retried, draw);
    }
  };
  return h('button', { type: 'button', class: 'second', onclick: click, 'aria-label': stopped.length === 1 ? t('incidents.retryNamed', { name: named[0] }) : null }, label);
}

function retried(answers) {
  const queued = answers.filter((answer) => answer.outcome === 'queued').length;
  const said = many('incidents.queued', queued);
  return queued === answers.length ? said : `${said} ${many('incidents.gone', answers.length - queued)}`;
}

function adapters(signal) {
  return part(
    () => read('/platform', signal),
    (platform, draw) => [
      h('p', {}, overall(platform)),
      table(
        t('adapters.title'),
        [
          [t('adapters.port'), (adapter) => one('port', adapter.port)],
          [t('adapters.adapter'), (adapter) => [h('code', {}, adapter.adapter), adapter.target && h('div', { class: 'quiet' }, adapter.target)]],
          [t('project.state'), (adapter) => [state('adapterState', adapter.state), adapter.problem && h('p', { lang: 'en' }, adapter.problem)]],
          [t('adapters.checked'), (adapter) => exact(adapter.checkedAt) ?? '–'],
        ],
        platform.adapters,
      ),
      h('p', { class: 'actions' }, h('button', { type: 'button', class: 'second', onclick: (event) => tried(event.currentTarget, draw) }, t('adapters.try')), h('span', { class: 'quiet' }, t('adapters.tryHint'))),
    ],
    signal,
  );
}

/** Nobody says that everything works before anything was looked at. */
function overall({ status, adapters: all }) {
  return all.every((adapter) => adapter.state === 'unknown') ? state('adapterState', 'unknown') : state('platformState', status);
}

function tried(button, draw) {
  say(t('adapters.trying'));
  return perform(
    button,
    () => change('POST', '/platform/checks'),
    (platform) => t('adapters.tried', { state: one('platformState', platform.status) }),
    draw,
  );
}

function letters(signal) {
  const place = h('div', {});
  const draw = () =>
    fill(
      place,
      pages('/platform/dead-letters?limit=50', signal, [t('letters.none'), t('letters.noneHint')], (found) =>
        table(
          t('letters.title'),
          [
            [t('letters.subject'), (letter) => [h('span', { lang: 'en' }, letter.subject || letter.notice), h('div', { class: 'quiet' }, letter.project)]],
            [t('letters.receiver'), (letter) => [letter.receiver || t('letters.unknown'), h('div', { class: 'quiet' }, letter.channel)]],
            [t('letters.error'), (letter) => [h('span', { lang: 'en' }, letter.error), h('div', { class: 'quiet' }, many('letters.attempts', letter.attempts))]],
            [t('letters.at'), (letter) => exact(letter.at)],
            [t('work.action'), (letter) => redeliver(letter, draw, signal)],
          ],
          found,
        ),
      ),
    );
  draw();
  return place;
}

function redeliver(letter, draw, signal) {
  const click = async (event) => {
    const button = event.currentTarget;
    const name = letter.subject || letter.notice;
    const agreed = await asked({ title: t('letters.ask', { name }), act: t('letters.retry'), signal }, h('p', {}, t('letters.askHint', { receiver: letter.receiver || t('letters.unknown'), channel: letter.channel })));
    if (agreed) {
      await perform(button, () => change('POST', `${path('platform', 'dead-letters', letter.id)}/retry`), () => t('letters.queued', { name }), draw);
    }
  };
  return h('button', { type: 'button', class: 'second', onclick: click }, t('letters.retry'));
}

function storage(signal) {
  const place = h('div', {});
  const draw = () =>
    fill(
      place,
      pages('/platform/storage?limit=50', signal, [t('storage.none')], (found) =>
        table(
          t('storage.title'),
          [
            [t('storage.project'), (item) => [h('a', { href: link('projects', item.project) }, item.name || item.project), h('div', { class: 'quiet' }, item.project, ' ', state('projectState', item.state))]],
            [t('storage.used'), ({ storage: standing }) => used(standing)],
            [t('storage.quota'), ({ storage: standing }) => (standing.quotaBytes === undefined ? t('storage.unlimited') : bytes(standing.quotaBytes))],
            [t('storage.measured'), ({ storage: standing }) => moment(standing.measuredAt) ?? t('storage.notMeasured')],
            [t('work.action'), (item) => quotaButton(item, draw, signal)],
          ],
          found,
        ),
      ),
    );
  draw();
  return place;
}

function used({ usedBytes, quotaBytes }) {
  if (quotaBytes === undefined) {
    return bytes(usedBytes);
  }
  const share = usedBytes / quotaBytes;
  return [
    h('div', {}, bytes(usedBytes), ' ', share >= 1 ? state('storageState', 'full') : share >= 0.9 ? state('storageState', 'near') : null),
    h('meter', { value: Math.min(usedBytes, quotaBytes), min: 0, max: quotaBytes, high: quotaBytes * 0.9, optimum: 0, 'aria-label': t('storage.used') }),
  ];
}

function quotaButton({ project, storage: standing }, draw, signal) {
  const click = async (event) => {
    const button = event.currentTarget;
    const value = standing.quotaBytes === undefined ? '' : String(standing.quotaBytes / GIGABYTE);
    const given = await asked(
      { title: t('storage.ask', { project }), act: t('storage.set'), signal },
      h('div', { class: 'field' }, h('label', { for: 'quota' }, t('storage.gigabytes')), h('input', { id: 'quota', name: 'quota', type: 'number', min: '0.000000001', max: '9000000', step: 'any', value, 'aria-describedby': 'quota-hint' }), h('span', { id: 'quota-hint', class: 'quiet' }, t('storage.askHint'))),
    );
    if (given) {
      const wanted = String(given.get('quota')).trim();
      const size = wanted === '' ? null : Math.round(Number(wanted) * GIGABYTE);
      await perform(button, () => change('PUT', `${path('projects', project)}/storage-quota`, { bytes: size }), () => t('storage.done', { project }), draw);
    }
  };
  return h('button', { type: 'button', class: 'second', onclick: click, 'aria-label': t('storage.changeNamed', { project }) }, t('storage.change'));
}
