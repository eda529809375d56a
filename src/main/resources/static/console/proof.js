/**
 * Checks in the browser that an event is in a signed tree: docs/audit.md says how, RFC 6962 and RFC 9162
 * why. Nothing here knows how it is shown, and nothing is taken from the server's word but the public key,
 * which the reader may replace by one that they have from elsewhere.
 */

const HASH_BYTES = 32;
const LONGEST_PATH = 64;
const ED25519 = 1;
const COMPARED = ['id', 'actorKind', 'actor', 'project', 'subject', 'action', 'outcome', 'activity', 'correlation'];

/** Hashing and signatures are offered to pages over https and on this machine only. */
export function canCheck() {
  return globalThis.isSecureContext === true && globalThis.crypto?.subtle !== undefined;
}

/**
 * Checks everything, also after something did not fit, so that the reader sees what did.
 * @param event as it is shown: the answer of the API
 * @param inclusion the answer of the API: leaf, index, path, checkpoint
 * @param key of the log, name+hash+base64
 * @returns {verdict: 'proved'|'unsigned'|'failed', differences, leafHash, nodes, root, signature}; what could
 *     not even be read is in `malformed`
 */
export async function check(event, inclusion, key) {
  const result = { differences: [], leafHash: null, nodes: [], malformed: [] };
  result.differences = differences(event, inclusion);
  const leafHash = await hash(0, utf8(String(inclusion.leaf)));
  result.leafHash = hex(leafHash);
  const signed = guarded(result, () => opened(inclusion.checkpoint));
  const path = guarded(result, () => pathOf(inclusion.path));
  const index = guarded(result, () => natural(inclusion.index));
  if (signed && path && index !== null) {
    result.index = index;
    result.size = signed.size;
    result.origin = signed.origin;
    const { nodes, fits, root } = await climb(leafHash, index, signed.size, path);
    result.nodes = nodes;
    result.root = { computed: hex(root), signed: hex(signed.root), fits: fits && hex(root) === hex(signed.root), lengthFits: fits };
  }
  result.signature = signed ? await signatureOf(signed, key) : 'wrong';
  result.verdict = verdict(result);
  return result;
}

function verdict({ differences: found, malformed, root, signature }) {
  if (found.length > 0 || malformed.length > 0 || !root?.fits || signature === 'wrong' || signature === 'otherKey') {
    return 'failed';
  }
  return signature === 'right' ? 'proved' : 'unsigned';
}

function guarded(result, work) {
  try {
    return work();
  } catch (malformed) {
    result.malformed.push(malformed.message);
    return null;
  }
}

/** In which fields what is shown is not what was hashed. */
function differences(event, { leaf, index }) {
  let sealed;
  try {
    sealed = JSON.parse(leaf);
  } catch (notJson) {
    return ['leaf'];
  }
  // a line that can be read in two ways, as one with a key twice, says nothing
  if (sealed === null || typeof sealed !== 'object' || canonical(sealed) !== leaf) {
    return ['leaf'];
  }
  const wrong = COMPARED.filter((name) => (event[name] ?? null) !== (sealed[name] ?? null));
  if (micros(event.at) !== sealed.occurredAt) {
    wrong.push('at');
  }
  if (canonical(event.details ?? {}) !== canonical(sealed.details ?? {})) {
    wrong.push('details');
  }
  if (event.reason && !sealed.reason) {
    wrong.push('reason');
  }
  if (event.index !== undefined && event.index !== index) {
    wrong.push('index');
  }
  return wrong;
}

/** A moment with six digits of its second, as it stands in the leaf. */
function micros(at) {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/.exec(at ?? '');
  return parts && `${parts[1]}.${(parts[2] ?? '').padEnd(6, '0')}Z`;
}

/** RFC 8785, which is what this language writes, but for the order of keys. */
function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${pairs.join(',')}}`;
}

/** RFC 9162, 2.1.3.2: from the leaf to the root, with each hash on the way. */
async function climb(leafHash, index, size, path) {
  const nodes = [];
  let node = index;
  let last = size - 1n;
  let computed = leafHash;
  if (index >= size) {
    return { nodes, fits: false, root: computed };
  }
  for (const sibling of path) {
    if (last === 0n) {
      return { nodes, fits: false, root: computed };
    }
    const onLeft = (node & 1n) === 1n || node === last;
    computed = await (onLeft ? hash(1, sibling, computed) : hash(1, computed, sibling));
    while (onLeft && (node & 1n) === 0n && node !== 0n) {
      node >>= 1n;
      last >>= 1n;
    }
    node >>= 1n;
    last >>= 1n;
    nodes.push({ side: onLeft ? 'left' : 'right', sibling: hex(sibling), hash: hex(computed) });
  }
  return { nodes, fits: last === 0n, root: computed };
}

/** A C2SP signed note with a checkpoint in it. */
function opened(note) {
  const split = String(note).lastIndexOf('\n\n');
  const body = String(note).slice(0, split + 1);
  const [origin, size, root] = body.split('\n');
  if (split < 0 || !note.endsWith('\n') || !origin || !/^(0|[1-9]\d{0,17})$/.test(size)) {
    throw new Error('checkpoint');
  }
  const signatures = note
    .slice(split + 2, -1)
    .split('\n')
    .map((line) => /^\u2014 (\S+) (\S+)$/.exec(line))
    .map((parts) => parts && { name: parts[1], data: base64(parts[2]) });
  if (signatures.some((signature) => signature === null || signature.data.length < 5)) {
    throw new Error('checkpoint');
  }
  return { body, origin, size: BigInt(size), root: hashBytes(root), signatures };
}

/** right, wrong, otherKey where no signature is by this key, or unknown where the browser cannot tell. */
async function signatureOf(signed, key) {
  const known = await keyOf(key).catch(() => null);
  const own = known && signed.origin === known.name && signed.signatures.find((one) => one.name === known.name && hex(one.data.slice(0, 4)) === known.id);
  if (!own) {
    return 'otherKey';
  }
  let imported;
  try {
    imported = await crypto.subtle.importKey('raw', known.bytes, { name: 'Ed25519' }, false, ['verify']);
  } catch (unsupported) {
    return unsupported.name === 'NotSupportedError' ? 'unknown' : 'wrong';
  }
  const fits = await crypto.subtle.verify({ name: 'Ed25519' }, imported, own.data.slice(4), utf8(signed.body));
  return fits ? 'right' : 'wrong';
}

/** Reads name+hash+base64, where the hash names the key. */
async function keyOf(text) {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(String(text).trim());
  const data = parts && base64(parts[3]);
  if (!data || data.length !== HASH_BYTES + 1 || data[0] !== ED25519) {
    throw new Error('key');
  }
  const id = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', joined(utf8(`${parts[1]}\n`), data)))).slice(0, 8);
  if (id !== parts[2]) {
    throw new Error('key');
  }
  return { name: parts[1], id, bytes: data.slice(1) };
}

/** Whether a text is the key of a log. */
export function isKey(text) {
  return keyOf(text).then(
    () => true,
    () => false,
  );
}

function pathOf(path) {
  if (!Array.isArray(path) || path.length > LONGEST_PATH) {
    throw new Error('path');
  }
  return path.map(hashBytes);
}

function natural(index) {
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new Error('index');
  }
  return BigInt(index);
}

function hashBytes(text) {
  const data = base64(text);
  if (data.length !== HASH_BYTES) {
    throw new Error('hash');
  }
  return data;
}

function base64(text) {
  let decoded;
  try {
    decoded = atob(text);
  } catch (malformed) {
    throw new Error('base64');
  }
  if (btoa(decoded) !== text) {
    throw new Error('base64');
  }
  return Uint8Array.from(decoded, (sign) => sign.charCodeAt(0));
}

async function hash(domain, ...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(Uint8Array.of(domain), ...parts)));
}

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => {
    all.set(part, at);
    return at + part.length;
  }, 0);
  return all;
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

function hex(data) {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
