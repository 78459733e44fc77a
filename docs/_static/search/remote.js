// The engine of a page: in a worker, where what takes long holds up no key; without one, here.

const WORKER = new URL("../../_search/js/worker.js", import.meta.url);
const SETTINGS = new URL("../../_search/settings.json", import.meta.url);

/** An engine in a worker: answers as that of engine.js does. */
class Remote {
  #worker = new Worker(WORKER, { type: "module" });
  #waiting = new Map();
  #last = 0;
  #facets;
  /** Settles once the worker turns out not to load. */
  lost = new Promise((resolve) => this.#worker.addEventListener("error", resolve));

  constructor() {
    this.#worker.addEventListener("message", ({ data: { number, value, error } }) => {
      const { resolve, reject } = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (error) reject(new Error(error));
      else resolve(value);
    });
  }

  call(name, ...given) {
    const number = ++this.#last;
    this.#worker.postMessage({ number, name, given });
    return new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
  }

  search(...asked) {
    return this.call("search", ...asked);
  }

  show({ number }) {
    return this.call("show", number);
  }

  suggest(words) {
    return this.call("suggest", words);
  }

  readFacets() {
    this.#facets ??= this.call("readFacets").catch((error) => {
      this.#facets = undefined;
      throw error;
    });
    return this.#facets;
  }
}

async function openHere(options) {
  const { Engine } = await import("./engine.js").catch((error) => {
    throw Object.assign(error, { isOfModules: true });
  });
  return Engine.open(options);
}

/** Return what all searches begin with, if it is to be had: it comes while the worker does. */
async function askAhead() {
  try {
    const settings = await (await fetch(SETTINGS)).json();
    return settings.words ? settings : undefined;
  } catch {
    return undefined; // It is the engine that asks again, and tells the fault.
  }
}

let remote;

/** Return an engine; isLarge: the archive has so many posts that an answer takes long. */
export async function openEngine(isLarge, options) {
  if (!isLarge || !window.Worker) return openHere(options);
  const isFirst = !remote;
  remote ??= new Remote();
  const settings = isFirst ? await askAhead() : undefined;
  const isLost = await Promise.race([remote.call("open", { ...options, settings }), remote.lost]);
  return isLost ? openHere(options) : remote;
}
