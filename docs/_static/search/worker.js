// The engine in a worker of its own: remote.js asks, and is answered.

import { Engine } from "./engine.js";

let engine;
let found = new Map(); // the pages of the last answer, by number, with the places of its words

const CALLS = {
  async open(options) {
    engine = await Engine.open(options);
  },
  async search(...asked) {
    const answer = await engine.search(...asked);
    found = new Map(answer.pages.map((page) => [page.number, page]));
    // No more of each than a list of results asks: there may be very many.
    return { ...answer, pages: answer.pages.map(({ number, isFull, isGuide }) => ({ number, isFull, isGuide })) };
  },
  show: (number) => engine.show(found.get(number) ?? { number, places: [] }),
  suggest: (words) => engine.suggest(words),
  readFacets: () => engine.readFacets(),
};

addEventListener("message", async ({ data: { number, name, given } }) => {
  try {
    postMessage({ number, value: await CALLS[name](...given) });
  } catch (error) {
    postMessage({ number, error: String(error) });
  }
});
