import { h } from './dom.js';
import { moment } from './format.js';
import { t } from './i18n.js';
import { months, next } from './periods.js';
import { choice, field } from './questions.js';

const MONTH = '[0-9]{4}-(0[1-9]|1[0-2])';
const ANY = '[0-9]{4}(-([qQ][1-4]|[sS][12]|[wW][0-5][0-9]|0[1-9]|1[0-2]))?';
const NAME = '[A-Za-z0-9][A-Za-z0-9._\\-]{0,127}';

/**
 * The fields of a delivery. Below them stands what is there already, as they are now.
 * @param wanted the period of the round that may lack data, if it is about one
 */
export function questions(datasets, wanted, given) {
  const first = datasets.find(({ dataset }) => dataset === given.dataset) ?? datasets[0];
  const standing = h('p', { role: 'status' });
  const place = h('div', {}, lines(datasets, { period: proposed(first, wanted), storedAs: usual(first), ...given }), standing);
  const [dataset, period, file, storedAs] = ['dataset', 'period', 'file', 'storedAs'].map((id) => place.querySelector(`#${id}`));
  const now = () => known(datasets, { dataset: dataset.value, period: period.value, storedAs: storedAs.value });
  const look = () => {
    suit(place.querySelector('[for=period]'), period, now().declared);
    const words = said(now(), storedAs.value, period.value && period.validity.valid);
    if (standing.textContent !== words) {
      standing.textContent = words;
    }
  };
  dataset.addEventListener('change', () => {
    period.value = proposed(now().declared, wanted);
    storedAs.value = usual(now().declared);
  });
  file.addEventListener('change', () => {
    storedAs.value ||= file.files[0]?.name ?? '';
  });
  ['input', 'change'].forEach((event) => place.addEventListener(event, look));
  look();
  return place;
}

function lines(datasets, given) {
  return [
    choice('dataset', t('deliver.dataset'), datasets.map(({ dataset, inputs }) => [dataset, t('deliver.reads', { dataset, inputs: inputs.join(', ') })]), given),
    field('period', t('deliver.period'), { required: true, autocomplete: 'off' }, given),
    picker(given.file),
    field('storedAs', t('deliver.storedAs'), { required: true, autocomplete: 'off', spellcheck: 'false', pattern: NAME, title: t('deliver.names') }, given),
  ];
}

/** A file that was chosen before is chosen again. */
function picker(file) {
  const input = h('input', { id: 'file', name: 'file', type: 'file', required: true });
  if (file) {
    const kept = new DataTransfer();
    kept.items.add(file);
    input.files = kept.files;
  }
  return h('div', { class: 'field' }, h('label', { for: 'file' }, t('deliver.file')), input);
}

/** What is declared and was delivered of the dataset, the period and the name that are filled in. */
export function known(datasets, given) {
  const declared = datasets.find(({ dataset }) => dataset === given.dataset);
  const period = given.period.trim().toLowerCase();
  const there = declared.delivered.filter((one) => one.period === period);
  return { declared, dataset: declared.dataset, period, there, before: there.find(({ file }) => file === given.storedAs) };
}

/** The first month of the round that was not delivered, or else what follows the newest delivery. */
function proposed({ delivered }, wanted) {
  const there = delivered.map(({ period }) => period);
  const lacking = wanted && months(wanted).find((month) => !there.includes(month));
  return lacking ?? (there.length > 0 ? next(there[0]) : null) ?? '';
}

/** What the files of the newest period are called, where they have one name. */
function usual({ delivered }) {
  const names = delivered.filter(({ period }) => period === delivered[0].period).map(({ file }) => file);
  return names.length === 1 ? names[0] : '';
}

/** Rounds ask for months; where there are none, any period is taken. */
function suit(label, period, { frequency }) {
  const words = frequency === 'month' ? t('deliver.month') : t('deliver.period');
  label.textContent = words;
  period.pattern = frequency === 'month' ? MONTH : ANY;
  period.title = words;
}

/** Nothing is said of a period that is not written out yet. */
function said({ declared, period, there, before }, storedAs, isPeriod) {
  const newest = declared.delivered[0]?.period;
  const others = there.map(({ file }) => file).filter((file) => file !== storedAs);
  return [
    newest ? t('deliver.newest', { period: newest }) : t('deliver.nothing'),
    before && t('deliver.again', { period, file: storedAs, moment: moment(before.deliveredAt).textContent }),
    others.length > 0 && storedAs && t('deliver.beside', { period, files: others.join(', ') }),
    there.length === 0 && newest && isPeriod && t('deliver.first', { period }),
  ]
    .filter(Boolean)
    .join(' ');
}
