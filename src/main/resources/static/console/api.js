/** Where the console is mounted, with a slash at its end; this file is two folders below it. */
export const ROOT = new URL('../../', import.meta.url).pathname;
export const BASE = `${ROOT}api/v1`;

/** What the server answered instead of what was asked for. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? String(status));
    this.status = status;
    this.code = body.code;
    this.problems = body.problems ?? [];
    this.correlation = body.correlation;
  }
}

function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.content ?? '';
}

async function problemOf(response) {
  const type = response.headers.get('Content-Type') ?? '';
  const body = type.includes('json') ? await response.json() : {};
  body.correlation ??= response.headers.get('X-Correlation-Id');
  return new Problem(response.status, body);
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(BASE + path, { credentials: 'same-origin', ...options });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(0, {});
  }
  return checked(response);
}

async function checked(response) {
  if (response.status === 401) {
    // the session is over: the page itself leads to the sign-in and back
    location.reload();
    return new Promise(() => {});
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

/** Reads JSON. */
export async function read(path, signal) {
  const response = await send(path, { signal, headers: { Accept: 'application/json' } });
  return response.json();
}

/** Reads text of another kind. */
export async function text(path, accept, signal) {
  const response = await send(path, { signal, headers: { Accept: accept } });
  return response.text();
}

/** Changes something; a body is sent as JSON. */
export async function change(method, path, body, key) {
  const headers = { [meta('csrf-header')]: meta('csrf-token'), Accept: 'application/json' };
  if (key !== undefined) {
    headers['Idempotency-Key'] = key;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await send(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? null : response.json();
}

/**
 * Sends a file as it is.
 * @param gone hears how many of its bytes have been sent
 */
export function put(path, file, gone, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', BASE + path);
    request.setRequestHeader(meta('csrf-header'), meta('csrf-token'));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded }) => gone(loaded));
    request.addEventListener('load', () => resolve(answer(request)));
    request.addEventListener('error', () => reject(new Problem(0, {})));
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

async function answer(request) {
  const names = ['Content-Type', 'X-Correlation-Id'];
  const headers = names.map((name) => [name, request.getResponseHeader(name) ?? '']);
  const response = await checked(new Response(request.responseText, { status: request.status, headers }));
  return response.json();
}

/**
 * What makes one thing for each body, however often it is sent: who sends it again, because the answer was lost,
 * is answered by what was made at first. Something else may be made after a refusal, and by another maker.
 */
export function maker(path) {
  const keys = new Map();
  return (body) => {
    const said = JSON.stringify(body);
    keys.set(said, keys.get(said) ?? random());
    return change('POST', path, body, keys.get(said));
  };
}

/** Without randomUUID, which pages over plain HTTP do not have. */
function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The address of a download. */
export function download(path) {
  return BASE + path;
}

/** The parts of a path, each encoded. */
export function path(...parts) {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}
