const NUMBERED = /^(\d{4})-(q|s|)(\d+)$/;
const LAST = { q: 4, s: 2, '': 12 };

/** The months of 2026-q4, or of another period; none of a week. */
export function months(period) {
  const [, year, letter, digits] = NUMBERED.exec(period) ?? (/^\d{4}$/.test(period) ? [period, period, 'y', '1'] : []);
  if (!year) {
    return [];
  }
  const length = 12 / (LAST[letter] ?? 1);
  const first = (Number(digits) - 1) * length + 1;
  return Array.from({ length }, (none, index) => `${year}-${String(first + index).padStart(2, '0')}`);
}

/** The period after 2026-q4 is 2027-q1; null where weeks are counted, whose number differs by year. */
export function next(period) {
  if (/^\d{4}$/.test(period)) {
    return String(Number(period) + 1);
  }
  const [, year, letter, digits] = NUMBERED.exec(period) ?? [];
  if (!year) {
    return null;
  }
  const isLast = Number(digits) === LAST[letter];
  const number = String(isLast ? 1 : Number(digits) + 1).padStart(digits.length, '0');
  return `${Number(year) + (isLast ? 1 : 0)}-${letter}${number}`;
}
