import { h } from './dom.js';
import { moment, period, release, roundParts } from './format.js';
import { t } from './i18n.js';
import { state } from './parts.js';
import { link } from './router.js';

const COUNTS = { quarter: 4, month: 12, 'half-year': 2, year: 1 };

function frequency(value) {
  if (/-q\d$/.test(value)) {
    return 'quarter';
  }
  if (/-s\d$/.test(value)) {
    return 'half-year';
  }
  if (/-w\d\d$/.test(value)) {
    return 'week';
  }
  return value.includes('-') ? 'month' : 'year';
}

/** All periods of a year, or those that are named where a year has no fixed number. */
function periods(year, kind, named) {
  const letter = { quarter: 'q', 'half-year': 's' }[kind];
  const names = Array.from({ length: COUNTS[kind] ?? 0 }, (_, index) => {
    if (kind === 'year') {
      return year;
    }
    return letter ? `${year}-${letter}${index + 1}` : `${year}-${String(index + 1).padStart(2, '0')}`;
  });
  return [...new Set([...names, ...named])].sort();
}

/**
 * Rounds by period, the newest year first; each year has all its periods, so that a gap is seen.
 * @param planned starts that a schedule foresees
 */
export function calendar(project, rounds, planned) {
  const years = new Map();
  const cell = (value) => {
    const key = `${value.slice(0, 4)} ${frequency(value)}`;
    const year = years.get(key) ?? new Map();
    years.set(key, year);
    year.set(value, year.get(value) ?? { rounds: [], planned: null });
    return year.get(value);
  };
  for (const round of rounds) {
    const parts = roundParts(round.id, project);
    if (parts) {
      cell(parts.period).rounds.push({ ...round, ...parts });
    }
  }
  for (const start of planned) {
    cell(start.period).planned ??= start.at;
  }
  return [...years.entries()]
    .sort(([a], [b]) => b.localeCompare(a))
    .map(([key, cells]) => year(project, ...key.split(' '), cells));
}

function year(project, number, kind, cells) {
  return h(
    'div',
    { class: 'year' },
    h('h3', {}, number),
    h(
      'ol',
      { class: ['calendar', `by-${kind}`] },
      periods(number, kind, cells.keys()).map((value) => day(project, value, cells.get(value))),
    ),
  );
}

function day(project, value, content) {
  const rounds = (content?.rounds ?? []).sort((a, b) => b.revision - a.revision);
  return h(
    'li',
    { class: rounds.length === 0 && 'without' },
    h('span', { class: 'period' }, period(value)),
    rounds.length > 0 && h('ul', { class: 'plain-list' }, rounds.map((round) => h('li', {}, releaseOf(project, round)))),
    rounds.length === 0 &&
      h('span', { class: 'quiet' }, content?.planned ? [t('project.starts'), ' ', moment(content.planned)] : t('project.noRound')),
  );
}

function releaseOf(project, round) {
  const address = link('projects', project, 'rounds', round.id);
  return [
    h('a', { href: address, 'aria-label': `${period(round.period)}, ${release(round.revision)}` }, release(round.revision)),
    ' ',
    state('roundState', round.state),
    round.releasedAt && h('div', { class: 'quiet' }, moment(round.releasedAt)),
  ];
}
