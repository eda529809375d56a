const EDGE = 20;

/** Shows an element in the middle, but never so that what is seen lies beyond the edge of the model. */
export function center(viewer, element, width, height) {
  const { x, y, width: wide, height: high } = extent(viewer);
  const within = (wished, from, size, seen) => (seen >= size ? from - (seen - size) / 2 : Math.max(from, Math.min(wished, from + size - seen)));
  viewer.get('canvas').viewbox({
    x: within(element.x + (element.width ?? 0) / 2 - width / 2, x, wide, width),
    y: within(element.y + (element.height ?? 0) / 2 - height / 2, y, high, height),
    width,
    height,
  });
}

/** Shows all of the model, and no larger than it is. */
export function whole(viewer) {
  const canvas = viewer.get('canvas');
  const all = extent(viewer);
  const { outer } = canvas.viewbox();
  const scale = Math.min(1, outer.width / all.width, outer.height / all.height);
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({ x: all.x - (width - all.width) / 2, y: all.y - (height - all.height) / 2, width, height });
}

/** Where the model is drawn, with some air; what the browser measures has room that nothing is in. */
function extent(viewer) {
  const shapes = viewer.get('elementRegistry').filter((element) => element.width > 0 && element.parent);
  const least = (of) => Math.min(...shapes.map(of)) - EDGE;
  const most = (of) => Math.max(...shapes.map(of)) + EDGE;
  const [x, y] = [least((shape) => shape.x), least((shape) => shape.y)];
  return { x, y, width: most((shape) => shape.x + shape.width) - x, height: most((shape) => shape.y + shape.height) - y };
}

/**
 * When the paper gets another size, what was in the middle stays there; what nobody has moved is placed anew.
 * @param place how it is placed at first
 * @return places it anew, unless somebody has moved it
 */
export function keepInSight(viewer, paper, place, signal) {
  const canvas = viewer.get('canvas');
  let seen = canvas.viewbox();
  let placed = seen;
  viewer.on('canvas.viewbox.changed', ({ viewbox }) => (seen = viewbox));
  const settle = () => {
    place();
    placed = seen;
  };
  const isPlaced = ({ x, y, scale }) => x === placed.x && y === placed.y && scale === placed.scale;
  const observer = new ResizeObserver(() => {
    if (matchMedia('print').matches) {
      return;
    }
    const { x, y, width, height, scale, outer } = seen;
    canvas.resized();
    const now = canvas.viewbox().outer;
    if (now.width === 0 || (now.width === outer.width && now.height === outer.height)) {
      return;
    }
    if (isPlaced(seen)) {
      settle();
    } else {
      center(viewer, { x, y, width, height }, now.width / scale, now.height / scale);
    }
  });
  observer.observe(paper);
  signal.addEventListener('abort', () => observer.disconnect());
  return () => isPlaced(seen) && settle();
}

/** On paper all of the model is shown, as wide as the paper. */
export function onPaper(viewer, signal) {
  const canvas = viewer.get('canvas');
  const svg = canvas.getContainer().querySelector('svg');
  let before = null;
  const begin = () => {
    before = canvas.viewbox();
    whole(viewer);
    const { outer, scale } = canvas.viewbox();
    const height = extent(viewer).height * scale;
    svg.setAttribute('viewBox', `0 ${(outer.height - height) / 2} ${outer.width} ${height}`);
  };
  const end = () => {
    svg.removeAttribute('viewBox');
    canvas.viewbox(before);
  };
  window.addEventListener('beforeprint', begin, { signal });
  window.addEventListener('afterprint', end, { signal });
}
