const ALL = 'balsam.draft/';

/** What somebody has begun to fill in, kept for this tab until the task is completed. */
export function draft(task, person) {
  const name = `${of(person)}${task}`;
  return {
    read: () => attempt(() => JSON.parse(sessionStorage.getItem(name) ?? 'null')),
    keep: (answers) => attempt(() => sessionStorage.setItem(name, JSON.stringify(answers))),
    forget: () => attempt(() => sessionStorage.removeItem(name)),
  };
}

/** Nothing stays of what somebody else has begun in this tab. */
export function keepOnly(person) {
  attempt(() =>
    Object.keys(sessionStorage)
      .filter((name) => name.startsWith(ALL) && !name.startsWith(of(person)))
      .forEach((name) => sessionStorage.removeItem(name)),
  );
}

/** No id of a person has a slash. */
function of(person) {
  return `${ALL}${person}/`;
}

/** Without storage nothing is kept. */
function attempt(deed) {
  try {
    return deed() ?? null;
  } catch (denied) {
    return null;
  }
}
