// The files of the index. What is missing, cut off or another's is an error, never an answer.

import { fetchText } from "./fetching.js";

export class Files {
  #folder;
  #isAnew;
  #loaded = new Map();

  /** With isAnew nothing is taken from a cache of the browser, which may hold what a fault left there. */
  constructor(folder, { isAnew = false } = {}) {
    this.#folder = folder;
    this.#isAnew = isAnew;
  }

  /** Return what read makes of the text of a file, asked for once; read throws at what is no such text. */
  load(name, read) {
    if (!this.#loaded.has(name)) {
      const loading = this.#ask(new URL(name, this.#folder), read);
      this.#loaded.set(name, loading);
      // Told to who waits for it, and asked for again by the next.
      loading.catch(() => this.#loaded.delete(name));
    }
    return this.#loaded.get(name);
  }

  async #ask(address, read) {
    try {
      return read(await fetchText(address, this.#isAnew ? "reload" : "default"));
    } catch {
      return read(await fetchText(address, "reload"));
    }
  }

  /** Return what a file of JSON holds, of which some property is a must. */
  loadJson(name, property) {
    return this.load(name, (text) => {
      const content = JSON.parse(text);
      if (property && content[property] === undefined) throw new Error(`${name}: ${property}?`);
      return content;
    });
  }
}
