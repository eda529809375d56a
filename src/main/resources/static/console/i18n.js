import { remember, remembered } from './storage.js';

export const LANGUAGES = ['en', 'sv'];

let texts = {};
let language = 'en';

/** The language that was chosen here, else the first of the browser's that there is. */
export function preferred() {
  const wished = [remembered('language'), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wished.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
}

export async function speak(wanted) {
  const response = await fetch(new URL(`i18n/${wanted}.json`, import.meta.url));
  if (!response.ok) {
    throw new Error(`no texts: ${response.status}`);
  }
  texts = await response.json();
  language = wanted;
  document.documentElement.lang = wanted;
}

export async function choose(wanted) {
  await speak(wanted);
  remember('language', wanted);
}

export function spoken() {
  return language;
}

/** The reader's own variant of the language, for dates and numbers. */
export function locale() {
  const own = navigator.languages.find((tag) => tag.startsWith(language));
  return own ?? { sv: 'sv-SE', en: 'en-GB' }[language];
}

/** A text; {name} stands for values.name. */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The text of one value of a kind, as `state.review`; a value that has no text stands for itself. */
export function one(kind, value) {
  return texts[`${kind}.${value}`] ?? value;
}

/** The values of a kind that have a text. */
export function values(kind) {
  const start = `${kind}.`;
  return Object.keys(texts)
    .filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length));
}

/** One of two texts, `key.one` or `key.other`, as the number asks for. */
export function many(key, count) {
  const form = new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
  return (texts[`${key}.${form}`] ?? key).replace('{count}', new Intl.NumberFormat(locale()).format(count));
}
