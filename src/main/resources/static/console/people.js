import { path, read } from './api.js';
import { fill, h } from './dom.js';

const names = new Map();
const asked = new Map();

/** The people of a project with their roles; from then on they are called by their names. */
export async function members(project, signal) {
  const page = await read(`${path('projects', project, 'members')}?limit=200`, signal);
  page.items.forEach(({ person, name }) => names.set(person, name));
  return page.items;
}

/** What a person is called; the id of those who were not among the members of a project shown. */
export function called(id) {
  return names.get(id) ?? id;
}

/**
 * The owner of a project, by id until a project of theirs has told the name. Where it does not, for
 * example to who is no member, the id stays.
 */
export function owner({ owner: id, id: project }, signal) {
  const shown = person(id);
  if (!names.has(id)) {
    asked.set(id, asked.get(id) ?? members(project, signal));
    asked
      .get(id)
      .then(() => (names.has(id) ? fill(shown, called(id)) : asked.delete(id)))
      .catch(() => asked.delete(id));
  }
  return shown;
}

/** A person by name; the title has the id. */
export function person(id) {
  return id && h('span', { title: id }, called(id));
}
