import { path, read } from './api.js';
import { h } from './dom.js';

const names = new Map();

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

/** The owner of a project, whose name the project says where the directory knows it. */
export function owner({ owner: id, ownerName }) {
  if (ownerName) {
    names.set(id, ownerName);
  }
  return person(id);
}

/** A person by name; the title has the id. */
export function person(id) {
  return id && h('span', { title: id }, called(id));
}
