import { text } from './api.js';
import { fill, h } from './dom.js';
import { duration, exact } from './format.js';
import { one, t } from './i18n.js';
import { table } from './parts.js';
import { failed, loading } from './states.js';
import { center, keepInSight, onPaper, whole } from './viewport.js';

const LEVELS = 5;
const STEP = 60;
const READABLE = 0.4;
const CLOSE = 0.7;
const DRAWN = /Task$|^callActivity$|^subProcess$/;
/** The engine's passage around all repetitions of an element, which it lists one by one, too. */
const REPETITION = 'multiInstanceBody';
let library = null;

/**
 * The model with path, token and times, and below it the same in words. `update` shows a newer
 * course in the same picture, where the reader has it; its `isOver` says that nothing follows.
 */
export function diagram(base, signal) {
  let latest = null;
  const words = h('div', {});
  const picture = { element: null, viewer: null, settle: () => {} };
  picture.update = (course) => {
    if (JSON.stringify(course) === JSON.stringify(latest)) {
      return;
    }
    latest = course;
    fill(words, inWords(course, words.querySelector('details')?.open));
    if (picture.viewer) {
      paint(picture.viewer, course);
      picture.settle();
    }
  };
  picture.latest = () => latest;
  const paper = h('div', {
    class: 'paper',
    tabindex: '0',
    role: 'group',
    'aria-label': t('diagram.label'),
    'aria-describedby': 'diagram-hint',
  });
  const figure = h('div', {}, loading());
  picture.element = [figure, words];
  picture.draw = () => draw(base, picture, paper, figure, signal);
  return picture;
}

async function draw(base, picture, paper, figure, signal) {
  try {
    const [xml, Viewer] = await Promise.all([text(`${base}/bpmn`, 'application/xml', signal), load()]);
    fill(figure, tools(paper), paper, legend(), h('p', { class: 'quiet', id: 'diagram-hint' }, t('diagram.hint')));
    // a deferred update would come to a picture that may be gone by then
    const viewer = new Viewer({ container: paper, canvas: { deferUpdate: false } });
    await viewer.importXML(xml);
    if (signal.aborted) {
      viewer.destroy();
      return;
    }
    signal.addEventListener('abort', () => viewer.destroy());
    viewer.get('zoomScroll').toggle(false);
    paper.viewer = viewer;
    picture.viewer = viewer;
    paint(viewer, picture.latest());
    place(viewer, picture.latest());
    picture.settle = keepInSight(viewer, paper, () => place(viewer, picture.latest()), signal);
    onPaper(viewer, signal);
  } catch (problem) {
    if (problem.name !== 'AbortError') {
      fill(figure, failed(problem, picture.draw));
    }
  }
}

/** The library is large and only this part needs it. */
function load() {
  library ??= new Promise((resolve, reject) => {
    const style = h('link', { rel: 'stylesheet', href: new URL('bpmn-js/assets/diagram-js.css', import.meta.url) });
    const script = h('script', { src: new URL('bpmn-js/bpmn-navigated-viewer.production.min.js', import.meta.url) });
    script.addEventListener('load', () => resolve(window.BpmnJS));
    script.addEventListener('error', () => {
      library = null;
      reject(new Error(t('diagram.noLibrary')));
    });
    document.head.prepend(style);
    document.head.append(script);
  });
  return library;
}

/** Time spent in each element, passages together; what goes on counts up to now. */
function times(course) {
  const spent = new Map();
  for (const passage of course.activities) {
    const end = passage.endedAt ? new Date(passage.endedAt) : new Date();
    spent.set(passage.activity, (spent.get(passage.activity) ?? 0) + (end - new Date(passage.startedAt)));
  }
  return spent;
}

function paint(viewer, course) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const known = viewer.get('elementRegistry');
  clean(viewer);
  course.flows.filter((flow) => known.get(flow)).forEach((flow) => canvas.addMarker(flow, 'taken'));
  const spent = times(course);
  const measured = course.activities.filter((passage) => DRAWN.test(passage.type)).map((passage) => spent.get(passage.activity));
  const scale = Math.log1p(Math.max(1, ...measured));
  for (const passage of course.activities.filter((activity) => known.get(activity.activity))) {
    canvas.addMarker(passage.activity, 'passed');
    if (DRAWN.test(passage.type) && passage.type !== 'subProcess') {
      const heat = Math.min(LEVELS, 1 + Math.floor((Math.log1p(spent.get(passage.activity)) / scale) * LEVELS));
      canvas.addMarker(passage.activity, `heat-${heat}`);
    }
    if (!passage.endedAt) {
      canvas.addMarker(passage.activity, 'token');
    }
  }
  for (const [activity, millis] of spent) {
    const type = course.activities.find((passage) => passage.activity === activity).type;
    if (DRAWN.test(type) && type !== 'subProcess' && known.get(activity)) {
      const running = course.activities.some((passage) => passage.activity === activity && !passage.endedAt);
      overlays.add(activity, {
        position: { top: 0, right: 0 },
        html: h('div', { class: ['time', running && 'time-running'] }, running && '● ', duration(millis)),
      });
    }
  }
}

/** Takes away what an earlier course had painted. */
function clean(viewer) {
  const canvas = viewer.get('canvas');
  const markers = ['taken', 'passed', 'token', ...Array.from({ length: LEVELS }, (_, index) => `heat-${index + 1}`)];
  viewer.get('overlays').clear();
  viewer.get('elementRegistry').forEach((element) => {
    markers.filter((marker) => canvas.hasMarker(element, marker)).forEach((marker) => canvas.removeMarker(element, marker));
  });
}

/** Shows all of a model where it can be read, otherwise the part where the round is. */
function place(viewer, course) {
  const canvas = viewer.get('canvas');
  whole(viewer);
  if (canvas.zoom() >= READABLE) {
    return;
  }
  const last = course.activities.findLast((passage) => !passage.endedAt && passage.type !== 'subProcess' && passage.type !== REPETITION) ?? course.activities.at(-1);
  const element = last && viewer.get('elementRegistry').get(last.activity);
  if (element) {
    const { outer } = canvas.viewbox();
    center(viewer, element, outer.width / CLOSE, outer.height / CLOSE);
  }
}

function tools(paper) {
  const canvas = () => paper.viewer?.get('canvas');
  const zoom = (factor) => () => canvas()?.zoom(canvas().zoom() * factor);
  const all = () => paper.viewer && whole(paper.viewer);
  const keys = {
    '+': zoom(1.25),
    '-': zoom(0.8),
    0: all,
    ArrowLeft: () => canvas()?.scroll({ dx: STEP, dy: 0 }),
    ArrowRight: () => canvas()?.scroll({ dx: -STEP, dy: 0 }),
    ArrowUp: () => canvas()?.scroll({ dx: 0, dy: STEP }),
    ArrowDown: () => canvas()?.scroll({ dx: 0, dy: -STEP }),
  };
  paper.addEventListener('keydown', (event) => {
    if (keys[event.key] && event.target === paper && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  const button = (words, sign, act) => h('button', { type: 'button', class: 'second', 'aria-label': words, title: words, onclick: act }, sign);
  return h(
    'div',
    { class: 'actions no-print' },
    button(t('diagram.larger'), '+', zoom(1.25)),
    button(t('diagram.smaller'), '−', zoom(0.8)),
    h('button', { type: 'button', class: 'second', onclick: all }, t('diagram.whole')),
  );
}

function legend() {
  return h(
    'ul',
    { class: 'legend' },
    h('li', {}, h('span', { class: 'swatch swatch-taken', 'aria-hidden': 'true' }), t('diagram.taken')),
    h('li', {}, h('span', { class: 'swatch swatch-token', 'aria-hidden': 'true' }), t('diagram.token')),
    h(
      'li',
      {},
      h('span', { class: 'heat', 'aria-hidden': 'true' }, Array.from({ length: LEVELS }, (_, index) => h('span', { class: `swatch swatch-heat-${index + 1}` }))),
      t('diagram.heat'),
    ),
  );
}

/** What the picture shows, for who does not see it. */
function inWords(course, open) {
  const running = course.activities.filter((passage) => !passage.endedAt && passage.type !== 'subProcess' && passage.type !== REPETITION);
  const now = running.map((passage) => passage.name ?? passage.activity).join(', ');
  return h(
    'div',
    {},
    h('p', {}, running.length > 0 ? [t('diagram.now'), ' ', h('strong', { lang: 'en' }, now)] : nowhere(course)),
    h(
      'details',
      { class: 'words', open },
      h('summary', {}, t('diagram.words')),
      table(
        t('diagram.words'),
        [
          [t('diagram.activity'), (passage) => h('span', { lang: 'en' }, passage.name ?? passage.activity)],
          [t('diagram.kind'), (passage) => one('bpmn', passage.type)],
          [t('diagram.started'), (passage) => exact(passage.startedAt)],
          [t('diagram.took'), took],
        ],
        course.activities.filter((passage) => passage.type !== REPETITION),
      ),
      h('p', { class: 'quiet' }, t('diagram.definition'), ' ', h('code', {}, course.definition)),
    ),
  );
}

function nowhere({ isOver }) {
  return isOver ? t('diagram.over') : t('diagram.between');
}

function took(passage) {
  if (!passage.endedAt) {
    return h('strong', {}, t('diagram.goesOn'));
  }
  const millis = new Date(passage.endedAt) - new Date(passage.startedAt);
  return [duration(millis), passage.cancelled && [' · ', t('diagram.cancelled')]];
}
