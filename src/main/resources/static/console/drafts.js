/** What somebody has begun to fill in, kept for this tab until the task is completed. */
export function draft(task, person) {
  const name = `balsam.draft.${person}.${task}`;
  return {
    read: () => attempt(() => JSON.parse(sessionStorage.getItem(name) ?? 'null')),
    keep: (answers) => attempt(() => sessionStorage.setItem(name, JSON.stringify(answers))),
    forget: () => attempt(() => sessionStorage.removeItem(name)),
  };
}

/** Without storage nothing is kept. */
function attempt(deed) {
  try {
    return deed() ?? null;
  } catch (denied) {
    return null;
  }
}
