import { ROOT } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { runner } from './webpack.js';

const FOLDER = 'camunda/';
const OF_FORMS = /fjs-|flatpickr|dayContainer|numInput|cur-month/;
const LOOK_MILLIS = 20;
const PATIENCE_MILLIS = 2000;
const OWN = 'a[href^="/api/"]';
let library = null;

/** Shows a Camunda Form with the values that it starts from, as Tasklist does. */
export async function showForm(container, schema, data) {
  const viewer = await load();
  const form = await viewer.createForm({ container, schema, data });
  await drawn(form, container);
  // its logo is a picture without a text
  container.querySelector('.fjs-powered-by-link')?.setAttribute('aria-label', t('task.poweredBy'));
  ['pointerover', 'focusin', 'click'].forEach((event) => container.addEventListener(event, below, { capture: true }));
  return form;
}

/** Fields are known to the form, and checked, only after they were drawn; a form may have none. */
async function drawn(form, container) {
  const known = form.get('formFieldInstanceRegistry');
  for (let waited = 0; waited < PATIENCE_MILLIS; waited += LOOK_MILLIS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
    const seen = container.querySelectorAll('.fjs-form-field').length;
    if (seen > 0 && known.getAll().length >= seen) {
      return;
    }
  }
}

/** Texts of a process know the server's own addresses, not the prefix below which it is reached. */
function below({ target }) {
  const address = target.closest?.(OWN)?.getAttribute('href');
  if (address && !address.startsWith(`${ROOT}api/`)) {
    target.closest(OWN).setAttribute('href', ROOT + address.slice(1));
  }
}

/** The library is large and only tasks need it. */
function load() {
  library ??= Promise.all([script(), style()])
    .then(() => viewer())
    .catch((failure) => {
      library = null;
      throw failure;
    });
  return library;
}

function script() {
  return new Promise((resolve, reject) => {
    const element = h('script', { src: new URL(`${FOLDER}lib/deps.js`, import.meta.url) });
    element.addEventListener('load', resolve);
    element.addEventListener('error', () => reject(new Error(t('task.noLibrary'))));
    document.head.append(element);
  });
}

/** Of Tasklist's style sheet the part that is about forms; the rest would change the whole page. */
async function style() {
  const response = await fetch(new URL(`${FOLDER}app/tasklist/camunda-tasklist-bootstrap.css`, import.meta.url));
  if (!response.ok) {
    throw new Error(t('task.noLibrary'));
  }
  const all = new CSSStyleSheet();
  all.replaceSync(await response.text());
  const rules = [...all.cssRules].filter((rule) => OF_FORMS.test(rule.selectorText ?? rule.name ?? ''));
  const own = new CSSStyleSheet();
  own.replaceSync(rules.map((rule) => rule.cssText).join('\n'));
  document.adoptedStyleSheets.push(own);
}

function viewer() {
  const modules = Object.assign({}, ...globalThis.webpackChunkcamunda_bpm_webapp.map(([, chunk]) => chunk));
  const need = runner(modules);
  const id = Object.keys(modules).find((key) => /\.createForm=/.test(modules[key]) && need.o(need(key), 'createForm'));
  return need(id);
}
