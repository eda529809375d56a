import { read } from './api.js';
import { fill, h, redraw } from './dom.js';
import { one, t } from './i18n.js';
import { empty, failed, loading } from './states.js';

/** What stands where there is no value; where it is narrow such a cell is left out. */
const NOTHING = '–';
/** Characters of a cell that get the whole width where it is narrow. */
const LONG = 80;

/** A state in words, coloured by what it asks for. */
export function badge(kind, value, tone) {
  return h('span', { class: ['badge', `tone-${tone ?? 'neutral'}`] }, one(kind, value));
}

const TONES = {
  released: 'good', closed: 'good', active: 'good', succeeded: 'good', pass: 'good',
  review: 'ask', approved: 'ask', open: 'ask', embargoed: 'ask', waiting: 'ask', correcting: 'ask', explain: 'ask', requested: 'ask', paused: 'ask',
  processing: 'run', running: 'run', provisioning: 'run', closing: 'run', planned: 'neutral',
  cancelled: 'off', withdrawn: 'off', ended: 'off',
  UP: 'good', up: 'good', DEGRADED: 'bad', DOWN: 'bad', failing: 'bad', unknown: 'neutral', full: 'bad', near: 'ask',
  promoted: 'good', champion: 'good', completed: 'good', reproduced: 'good', ready: 'good',
  staged: 'ask', candidate: 'ask', deciding: 'ask', suspended: 'ask', disputed: 'ask', 'in-force': 'ask', 'rolled-back': 'ask',
  training: 'run', evaluating: 'run', starting: 'run', registered: 'run',
  stopped: 'off', archived: 'off', restored: 'off', emergency: 'bad', refused: 'bad',
  failed: 'bad', block: 'bad', timed_out: 'bad', limit_exceeded: 'bad', lost: 'bad', rejected: 'bad',
};

/** The state of a round, a step, a check, a project or a schedule. */
export function state(kind, value) {
  return badge(kind, value, TONES[value]);
}

/** Names and values; pairs without a value are left out. */
export function facts(...pairs) {
  return h(
    'dl',
    { class: 'facts' },
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
      .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

export function section(id, title, ...content) {
  return h('section', { class: 'card', 'aria-labelledby': id }, h('h2', { id }, title), content);
}

/**
 * A table that becomes a list of cards where it is narrow.
 * @param columns [heading, row => cell] each
 */
export function table(caption, columns, rows) {
  return h(
    'table',
    { class: 'rows' },
    h('caption', { class: 'unseen' }, caption),
    h('thead', {}, h('tr', {}, columns.map(([heading]) => h('th', { scope: 'col' }, heading)))),
    h(
      'tbody',
      {},
      rows.map((row) =>
        h(
          'tr',
          {},
          columns.map(([heading, cell], index) => inColumn(heading, h('div', { class: 'cell' }, cell(row)), index)),
        ),
      ),
    ),
  );
}

function inColumn(heading, cell, index) {
  const text = cell.textContent;
  return h(
    index === 0 ? 'th' : 'td',
    { scope: index === 0 && 'row', class: [text === NOTHING && 'without-value', text.length > LONG && 'with-much'] },
    h('span', { class: 'cell-name', 'aria-hidden': 'true' }, heading),
    cell,
  );
}

/**
 * A list of the API, page by page. Its `refresh` reads the first page again and draws it if it is
 * another now.
 * @param render what to show for all items that were read so far
 */
export function pages(path, signal, nothing, render) {
  const place = h('div', {});
  const items = [];
  const draw = async (page) => {
    const shown = items.length === 0 ? empty(...nothing) : await render(items);
    const next = page.next && h('button', { type: 'button', class: 'more', onclick: () => more(page.next) }, t('action.more'));
    redraw(place, () => [shown, next]);
  };
  const more = async (cursor) => {
    const button = place.querySelector('.more');
    if (button) {
      button.disabled = true;
    } else {
      fill(place, loading());
    }
    try {
      const page = await read(cursor ? `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}` : path, signal);
      items.push(...page.items);
      await draw(page);
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        fill(place, failed(problem, () => more(cursor)));
      }
    }
  };
  place.refresh = async () => {
    const page = await read(path, signal);
    const known = page.next ? items.slice(0, page.items.length) : items;
    if (JSON.stringify(page.items) !== JSON.stringify(known)) {
      items.splice(0, items.length, ...page.items);
      await draw(page);
    }
  };
  more(null);
  return place;
}
