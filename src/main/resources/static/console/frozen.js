import { download, path, read } from './api.js';
import { fill, h } from './dom.js';
import { extent } from './format.js';
import { many, t } from './i18n.js';
import { empty, failed, loading } from './states.js';

const FEW = 6;

/** What was frozen for a round so far: the versions of the project's datasets that bear its name. */
export function frozenInputs(project, view, signal) {
  return shown(project, view, signal, () => true, () => empty(t('versions.none'), t('versions.noneHint')));
}

/** The files that a round released, each to be downloaded. */
export function releasedFiles(project, view, signal) {
  return shown(project, view, signal, ([layer]) => layer === 'rel', () => empty(t('round.noFiles')));
}

function shown(project, view, signal, wanted, nothing) {
  const place = h('div', {}, loading());
  const draw = async () => {
    try {
      const found = await versionsOf(project, view, signal, wanted);
      fill(place, found.length === 0 ? nothing() : h('ul', { class: 'plain-list' }, found.map(dataset)));
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        fill(place, failed(problem, draw));
      }
    }
  };
  draw();
  return place;
}

/** A version is named after its period, revision and build: 2026-q3-r0.3; the newest build counts. */
async function versionsOf(project, view, signal, wanted) {
  const base = path('projects', project, 'datasets');
  const mine = `${view.id.slice(project.length + 1)}.`;
  const datasets = (await read(`${base}?limit=200`, signal)).items.map(({ id }) => id.split('/').slice(-2)).filter(wanted);
  const found = await Promise.all(
    datasets.map(async ([layer, name]) => {
      const address = `${base}${path(layer, name)}/versions`;
      const version = await newest(address, mine, signal);
      if (!version) {
        return null;
      }
      const { files } = await read(`${address}${path(version)}`, signal);
      return { name: `${layer}/${name}@${version}`, address: `${address}${path(version)}`, files };
    }),
  );
  return found.filter(Boolean);
}

/** The last build; versions are listed by id as text, newest period first, where .9 comes before .10. */
async function newest(address, mine, signal) {
  const builds = [];
  for (let cursor = ''; cursor !== null; ) {
    const { items, next } = await read(`${address}?limit=200${cursor}`, signal);
    const ids = items.map(({ id }) => id.slice(id.indexOf('@') + 1));
    builds.push(...ids.filter((id) => id.startsWith(mine)));
    const isPast = ids.length > 0 && ids[ids.length - 1] < mine;
    cursor = next && !isPast ? `&cursor=${encodeURIComponent(next)}` : null;
  }
  const build = (id) => Number(id.slice(mine.length));
  return builds.sort((one, other) => build(other) - build(one))[0];
}

function dataset({ name, address, files }) {
  const named = files.map((file) => [file.key.slice(file.key.lastIndexOf('/') + 1), file]);
  const list = h('ul', { class: 'files' }, named.map(([file, entry]) => h('li', {}, linked(address, file, entry, named), ' ', h('span', { class: 'quiet' }, extent(entry.rows, entry.size)))));
  return h(
    'li',
    {},
    h('h3', {}, h('code', {}, name)),
    files.length > FEW ? h('details', {}, h('summary', {}, many('versions.files', files.length)), list) : list,
  );
}

/** Files with the same name in several folders are told apart by their keys. */
function linked(address, file, { key }, named) {
  const isUnique = named.filter(([other]) => other === file).length === 1;
  const query = isUnique ? '' : `?key=${encodeURIComponent(key)}`;
  return h('a', { href: download(`${address}/files${path(file)}${query}`), download: file }, isUnique ? file : h('code', {}, key));
}
