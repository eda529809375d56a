/** What the browser remembers of this reader; without storage nothing is remembered. */
export function remembered(name) {
  try {
    return localStorage.getItem(`balsam.${name}`);
  } catch (denied) {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`balsam.${name}`, value);
  } catch (denied) {
    // the choice holds until the page is left
  }
}
