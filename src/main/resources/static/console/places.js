import { h, redraw } from './dom.js';

const REFRESH_MILLIS = 5000;

/** Places below each other; each is drawn anew only when its data have changed. */
export function places(content) {
  const known = new Map();
  return (key, data, render) => {
    if (!known.has(key)) {
      known.set(key, { place: h('div', { class: 'part' }), seen: null });
      content.append(known.get(key).place);
    }
    const one = known.get(key);
    const seen = JSON.stringify(data);
    if (seen !== one.seen) {
      one.seen = seen;
      redraw(one.place, () => render(data));
    }
  };
}

/**
 * Looks again and again at what the trail does not tell, as long as somebody looks.
 * @param refresh answers whether it is over
 */
export function follow(isOver, refresh, signal) {
  if (isOver) {
    return;
  }
  const timer = setTimeout(async () => {
    if (signal.aborted) {
      return;
    }
    try {
      follow(document.hidden ? false : await refresh(), refresh, signal);
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        follow(false, refresh, signal);
      }
    }
  }, REFRESH_MILLIS);
  signal.addEventListener('abort', () => clearTimeout(timer));
}

/** For a promise of something that may not be there. */
export function missingIs(value) {
  return (problem) => {
    if (problem.status === 404) {
      return value;
    }
    throw problem;
  };
}
