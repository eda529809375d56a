import { BASE } from './api.js';

const GATHER_MILLIS = 400;
const AGAIN_MILLIS = 5000;

/**
 * Calls `changed` after events of the trail that the query asks for (`project`, `subject`), and
 * whenever a connection was made, because something may have happened before. Events that were
 * missed in a drop are sent afterwards. Nothing is followed while nobody sees the page.
 * @param matters which events are told; all when left out
 */
export function live(query, changed, signal, matters = () => true) {
  let source = null;
  let known = null;
  let timer = null;

  const soon = (delay = GATHER_MILLIS) => {
    timer ??= setTimeout(() => {
      timer = null;
      if (!signal.aborted && !document.hidden) {
        changed().catch(() => later());
      }
    }, delay);
  };
  const close = () => {
    source?.close();
    source = null;
  };
  const later = () => soon(AGAIN_MILLIS);
  const open = () => {
    close();
    const asked = new URLSearchParams(known === null ? query : { ...query, after: known });
    source = new EventSource(`${BASE}/audit/events/stream?${asked}`);
    source.addEventListener('open', () => soon());
    source.addEventListener('missed', () => soon());
    source.addEventListener('recorded', (event) => {
      known = event.lastEventId;
      if (matters(JSON.parse(event.data))) {
        soon();
      }
    });
    source.addEventListener('error', refused);
  };
  // the browser connects again by itself after a drop, but not after an answer that refuses
  const refused = () => {
    if (source?.readyState === EventSource.CLOSED) {
      later();
      setTimeout(() => !signal.aborted && !document.hidden && open(), AGAIN_MILLIS);
    }
  };

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()), { signal });
  signal.addEventListener('abort', () => {
    close();
    clearTimeout(timer);
  });
  if (!document.hidden) {
    open();
  }
}
