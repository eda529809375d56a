import { ROOT } from './api.js';

let routes = [];
let show = () => {};
let current = new AbortController();
let shown = '';

/** Takes over links to the console's own pages; all others stay links. */
export function start(pages, render) {
  routes = pages.map(([pattern, page]) => [expression(pattern), page]);
  show = render;
  document.addEventListener('click', onClick);
  window.addEventListener('popstate', () => {
    // a link within the page moves in the history, too
    if (location.pathname + location.search !== shown) {
      go(false);
    }
  });
  go(false);
}

/** The address of a page: link('projects', 'lfs'). */
export function link(...parts) {
  return ROOT + parts.map(encodeURIComponent).join('/');
}

export function navigate(address) {
  history.pushState(null, '', address);
  go(true);
}

/** Shows the page of the address anew. */
export function again() {
  go(false);
}

function expression(pattern) {
  return new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

function match(pathname) {
  if (!pathname.startsWith(ROOT)) {
    return null;
  }
  const rest = pathname.slice(ROOT.length);
  for (const [pattern, page] of routes) {
    const found = pattern.exec(rest);
    if (found) {
      const decoded = Object.entries(found.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)]);
      return { page, parameters: Object.fromEntries(decoded) };
    }
  }
  return null;
}

function onClick(event) {
  const anchor = event.target.closest?.('a[href]');
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!anchor || !plain || event.defaultPrevented || anchor.target || anchor.hasAttribute('download')) {
    return;
  }
  const address = new URL(anchor.href);
  const here = address.pathname === location.pathname && address.hash;
  if (address.origin === location.origin && !here && match(address.pathname)) {
    event.preventDefault();
    navigate(address.href);
  }
}

function go(moved) {
  shown = location.pathname + location.search;
  current.abort();
  current = new AbortController();
  const found = match(location.pathname);
  show(found?.page ?? null, found?.parameters ?? {}, current.signal, moved);
}
