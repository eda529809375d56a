import { read, ROOT } from './api.js';
import { fill, h } from './dom.js';
import { keepOnly } from './drafts.js';
import { preferred, speak, t } from './i18n.js';
import { start } from './router.js';
import { chrome, mark } from './shell.js';
import { failed, loading } from './states.js';
import * as audit from './pages/audit.js';
import * as event from './pages/event.js';
import * as operations from './pages/operations.js';
import * as templates from './pages/templates.js';
import * as work from './pages/work.js';
import * as task from './pages/task.js';
import * as projects from './pages/projects.js';
import * as project from './pages/project.js';
import * as round from './pages/round.js';
import * as trainings from './pages/trainings.js';
import * as training from './pages/training.js';
import * as model from './pages/model.js';
import * as explorations from './pages/explorations.js';
import * as exploration from './pages/exploration.js';

const PAGES = [
  ['', work],
  ['work', work],
  ['audit', audit],
  ['audit/:event', event],
  ['operations', operations],
  ['templates', templates],
  ['tasks/:task', task],
  ['projects', projects],
  ['projects/:project', project],
  ['projects/:project/rounds/:round', round],
  ['projects/:project/trainings', trainings],
  ['projects/:project/trainings/:training', training],
  ['projects/:project/models/:model', model],
  ['projects/:project/explorations', explorations],
  ['projects/:project/explorations/:exploration', exploration],
];

const missing = { title: () => t('error.missing.title'), show: () => failed({ status: 404 }) };
const session = {};

async function begin() {
  try {
    await speak(preferred());
    session.me = await read('/me');
  } catch (problem) {
    fill(document.body, h('main', { class: 'page' }, failed(problem, () => location.reload())));
    return;
  }
  keepOnly(session.me.id);
  chrome(session.me);
  recognise();
  start(PAGES, show);
}

/** All tabs share one session: when another one signed in as somebody else, nothing of the person before stays. */
function recognise() {
  const signedIn = new BroadcastChannel(`signed-in ${ROOT}`);
  const compare = (id) => id !== session.me.id && location.reload();
  signedIn.addEventListener('message', (message) => compare(message.data));
  signedIn.postMessage(session.me.id);
  document.addEventListener('visibilitychange', async () => {
    if (!document.hidden) {
      const me = await read('/me').catch(() => session.me);
      compare(me.id);
    }
  });
}

/** Draws a page below its heading; the heading has the focus after a move, so that it is read. */
async function show(page, parameters, signal, moved) {
  const { title, show: draw } = page ?? missing;
  const heading = h('h1', { tabindex: '-1' }, title(parameters));
  const content = h('div', { class: 'content' }, loading());
  fill(document.getElementById('main'), heading, content);
  document.title = `${title(parameters)} – Balsam`;
  mark();
  if (moved) {
    window.scrollTo(0, 0);
    heading.focus();
  }
  try {
    const drawn = await draw({ ...parameters, me: session.me, signal });
    if (!signal.aborted) {
      fill(content, drawn);
    }
  } catch (problem) {
    if (problem.name !== 'AbortError' && !signal.aborted) {
      fill(content, failed(problem, () => show(page, parameters, signal, false)));
    }
  }
}

begin();
