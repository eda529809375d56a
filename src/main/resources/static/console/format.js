import { locale, many, t } from './i18n.js';
import { h } from './dom.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment in the reader's zone, as an element that keeps the exact time. */
export function moment(iso) {
  if (!iso) {
    return null;
  }
  const text = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
  return h('time', { datetime: iso, title: iso }, text.format(new Date(iso)));
}

/**
 * A moment with the zone that it is told in: the given one, else the reader's. In UTC where the
 * browser does not know the zone.
 */
export function zoned(iso, zone) {
  return h('time', { datetime: iso, title: iso }, inZone(iso, zone, { timeZoneName: 'short' }));
}

/** A moment in the zone that it was announced in, and in the reader's where clocks differ. */
export function announced({ releaseAt, zone }) {
  const here = inZone(releaseAt) === inZone(releaseAt, zone) ? null : [' (', zoned(releaseAt), ')'];
  return [zoned(releaseAt, zone), here];
}

function inZone(iso, zone, more) {
  const form = { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', ...more };
  try {
    return new Intl.DateTimeFormat(locale(), { ...form, timeZone: zone }).format(new Date(iso));
  } catch {
    return new Intl.DateTimeFormat(locale(), { ...form, timeZone: 'UTC' }).format(new Date(iso));
  }
}

/** A moment with seconds, for what follows each other quickly. */
export function exact(iso) {
  if (!iso) {
    return null;
  }
  const text = new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeStyle: 'medium' });
  return h('time', { datetime: iso, title: iso }, text.format(new Date(iso)));
}

/** A day without a time, wherever the reader is. */
export function day(iso) {
  const text = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' });
  return h('time', { datetime: iso }, text.format(new Date(iso)));
}

/** How far away a moment is, in words. */
export function distance(iso) {
  const away = new Date(iso).getTime() - Date.now();
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (Math.abs(away) < HOUR) {
    return words.format(Math.round(away / MINUTE), 'minute');
  }
  return Math.abs(away) < 2 * DAY
    ? words.format(Math.round(away / HOUR), 'hour')
    : words.format(Math.round(away / DAY), 'day');
}

function unit(value, name) {
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: name,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** A span of milliseconds in its largest fitting unit. */
export function duration(millis) {
  if (millis < 1000) {
    return unit(millis, 'millisecond');
  }
  if (millis < MINUTE) {
    return unit(millis / 1000, 'second');
  }
  if (millis < HOUR) {
    return unit(millis / MINUTE, 'minute');
  }
  return millis < 2 * DAY ? unit(millis / HOUR, 'hour') : unit(millis / DAY, 'day');
}

export function number(value) {
  return value === null || value === undefined
    ? '–'
    : new Intl.NumberFormat(locale(), { maximumSignificantDigits: 6 }).format(value);
}

/** A number that is not broken at its sign or point. */
export function amount(value, sign = '') {
  return h('span', { class: 'number' }, sign, number(value));
}

export function bytes(value) {
  if (value < 1000) {
    return many('format.bytes', value);
  }
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let rest = value;
  let step = 0;
  while (rest >= 1000 && step < units.length - 1) {
    rest /= 1000;
    step += 1;
  }
  return unit(rest, units[step]);
}

/** How much a file has; rows below 0 are not known. */
export function extent(rows, size) {
  return rows >= 0 ? `${many('format.rows', rows)}, ${bytes(size)}` : bytes(size);
}

/** Parts of a round's id; null when it is none. */
export function roundParts(id, project) {
  const rest = project && id.startsWith(`${project}-`) ? id.slice(project.length + 1) : null;
  const match = rest && /^(\d{4}(?:-(?:q\d|s\d|w\d\d|\d\d))?)-r(\d+)$/.exec(rest);
  return match && { period: match[1], revision: Number(match[2]) };
}

/** A period as SDMX writes it: 2026-Q3. */
export function period(value) {
  return value.toUpperCase();
}

/** "First release" or "Revision 2". */
export function release(revision) {
  return revision === 0 ? t('round.first') : t('round.revision', { number: revision });
}

/** The first digits of a long checksum or commit; the title has all of it. */
export function short(hash) {
  return hash ? h('code', { title: hash }, hash.slice(0, 12)) : null;
}
