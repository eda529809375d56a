/**
 * Makes an element. Texts become text nodes, never markup; null, undefined and false are left out.
 * Properties that start with "on" are listeners, "class" may be a list, the rest are attributes.
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (Array.isArray(value)) {
      element.setAttribute(name, value.filter(Boolean).join(' '));
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
}

/** Replaces everything in an element. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

const PRESSED_MILLIS = 50;
const LONGEST_PRESS_MILLIS = 3000;
const awaited = new WeakMap();

/**
 * Draws anew what somebody may be about to use: not while it is pressed, because a click must end on what it
 * began on; and what had the focus has it again where it is still there under the same name.
 * @param render what to show; of several that wait only the last one is drawn
 */
export function redraw(place, render) {
  const isFirst = !awaited.has(place);
  awaited.set(place, render);
  if (isFirst) {
    settle(place, Date.now() + LONGEST_PRESS_MILLIS);
  }
}

/** Browsers may take something for pressed for good, such as after a menu of the touch. */
function settle(place, latest) {
  if (place.matches(':active') && Date.now() < latest) {
    setTimeout(settle, PRESSED_MILLIS, place, latest);
    return;
  }
  const render = awaited.get(place);
  awaited.delete(place);
  const before = place.contains(document.activeElement) ? document.activeElement : null;
  fill(place, render());
  if (before && !before.isConnected) {
    const name = (element) => element.getAttribute('aria-label') ?? (element.id || element.textContent);
    [...place.querySelectorAll(before.tagName)].find((element) => name(element) === name(before))?.focus({ preventScroll: true });
  }
}
