import { h } from './dom.js';
import { announced } from './format.js';
import { t } from './i18n.js';
import { field } from './questions.js';

/** The zone, or UTC where the browser does not know it. */
export function knownZone(zone) {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }) && zone;
  } catch {
    return 'UTC';
  }
}

/** What clocks of a zone show at a moment, as fields of forms want it. */
export function wall(iso, timeZone) {
  const form = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat('sv-SE', { ...form, timeZone }).format(new Date(iso)).replace(' ', 'T');
}

/** The moment at which clocks of a zone show something; null while it is no moment. */
export function instant(shown, zone) {
  const wanted = Date.parse(`${shown.slice(0, 16)}Z`);
  if (Number.isNaN(wanted)) {
    return null;
  }
  // the offset of the zone is that of the moment itself, which the first guess may miss by a change of clocks
  let at = wanted;
  for (let guess = 0; guess < 2; guess += 1) {
    at += wanted - Date.parse(`${wall(new Date(at).toISOString(), zone)}Z`);
  }
  return new Date(at).toISOString();
}

/** A moment to fill in by the clocks of a zone; below it stands what was understood. */
export function momentIn(zone, name, label, attributes, given) {
  const place = h('p', { class: 'understood', role: 'status' });
  const question = field(name, label, { type: 'datetime-local', ...attributes }, given);
  const understand = ({ value }) => {
    const releaseAt = instant(value, zone);
    const words = releaseAt && h('span', {}, announced({ releaseAt, zone })).textContent;
    place.textContent = words ? t('task.understood', { moment: words }) : '';
  };
  const input = question.querySelector('input');
  input.addEventListener('input', () => understand(input));
  understand(input);
  question.append(place);
  return question;
}
