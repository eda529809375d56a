/**
 * Runs modules of a chunk that Webpack made, as far as they need it: the web applications of the
 * engine bring the viewer of Camunda's forms along in such a chunk, and nobody offers it otherwise.
 */
export function runner(modules) {
  const known = new Map();

  const need = (id) => {
    const before = known.get(id);
    if (before) {
      return before.exports;
    }
    const module = { id, exports: {} };
    known.set(id, module);
    modules[id].call(module.exports, module, module.exports, need);
    return module.exports;
  };
  need.o = (object, name) => Object.hasOwn(object, name);
  need.g = globalThis;
  need.nmd = (module) => Object.assign(module, { paths: [], children: [] });
  need.r = (exports) => {
    Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
    Object.defineProperty(exports, '__esModule', { value: true });
  };
  need.d = (exports, getters) => {
    for (const [name, get] of Object.entries(getters)) {
      if (!need.o(exports, name)) {
        Object.defineProperty(exports, name, { enumerable: true, get });
      }
    }
  };
  need.n = (module) => {
    const get = module?.__esModule ? () => module.default : () => module;
    need.d(get, { a: get });
    return get;
  };
  return need;
}
