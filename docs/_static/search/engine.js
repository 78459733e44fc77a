// The search as one thing: ask it, get pages with their excerpts.

import { makeExcerpt, restore, splitCopy } from "./excerpt.js";
import { Lexicon } from "./lexicon.js";
import { Reader } from "./query.js";
import { Index, rankPages } from "./ranking.js";

const FOLDER = new URL("../../_search/", import.meta.url);
const SITE = new URL("../../", import.meta.url);
const MOST_SECTIONS = 3;
// Each word is searched as it is; a title counts as much as the text.
const RANKING = { termSimilarity: 0, diacriticSimilarity: 0, metaWeights: { title: 1 } };

async function openPagefind() {
  const pagefind = await import(new URL("pagefind.js", FOLDER));
  // A worker would load all again that this page has already asked for.
  await pagefind.options({ noWorker: true, ranking: RANKING });
  await pagefind.init();
  return pagefind;
}

async function readSettings() {
  const answer = await fetch(new URL("settings.json", FOLDER));
  if (!answer.ok) throw new Error(`settings: ${answer.status}`);
  return answer.json();
}

/** Return the sections of a page where the places are, most of them first. */
function findSections(anchors, places) {
  const sections = anchors.filter(({ element }) => element !== "h1");
  const counts = new Map();
  for (const place of new Set(places)) {
    const section = sections.findLast(({ location }) => location <= place);
    if (section) counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_SECTIONS);
  return most.map(([{ id, text }]) => ({ id, title: restore(splitCopy(text)) }));
}

export class Engine {
  #pagefind;
  #index;
  #reader;
  #labels = new Map();
  lexicon;

  static async open() {
    const engine = new Engine();
    const [pagefind, settings] = await Promise.all([openPagefind(), readSettings()]);
    engine.#pagefind = pagefind;
    engine.lexicon = new Lexicon(new URL("lexicon/", FOLDER), settings.files);
    engine.#index = new Index(pagefind, settings.pages);
    engine.#reader = new Reader(engine.lexicon, settings, (key) => engine.#index.prepare(key));
    return engine;
  }

  /** Return {query, pages}: what was understood, and the pages that answer. */
  async search(text, { asTyped, byDate } = {}) {
    const query = await this.#reader.read(text, { asTyped });
    // « kangourou innovant »: with half of it nowhere, the rest is not what was asked.
    const isHopeless = query.absent.length * 2 >= query.terms.length + query.absent.length;
    if (isHopeless) return { query: { ...query, terms: [], corrections: [] }, pages: [] };
    return { query, pages: await rankPages(query, this.#index, { byDate }) };
  }

  /** Return what to show of a page that answers. */
  async show({ data, places }) {
    const { content, raw_url: url, meta, anchors } = await data();
    const title = splitCopy(meta.title);
    return {
      url: new URL(url, SITE).href,
      title: restore(title),
      date: restore((meta.date ?? "").split(" ")),
      category: restore((meta.category ?? "").split(" ")),
      excerpt: makeExcerpt(content, places, title.length),
      sections: findSections(anchors, places),
    };
  }

  /** Return the words nearest to some that are in no page. */
  async suggest(words) {
    const suggested = await Promise.all(
      words.map(async (word) => {
        await this.lexicon.loadAround(word);
        return this.lexicon.correct(word, Math.floor(word.length / 3)).slice(0, 5).map(({ known }) => this.lexicon.spell(known));
      }),
    );
    return [...new Set(suggested.flat())];
  }

  /** Return the values of each facet, by name, with the pages of each: Map of value → Set. */
  async readFacets() {
    const facets = await this.#pagefind.filters();
    const read = async ([name, values]) => {
      const pages = Object.keys(values).map(async (value) => [value, await this.findLabelled(name, value)]);
      return [name, new Map(await Promise.all(pages))];
    };
    return new Map(await Promise.all(Object.entries(facets).map(read)));
  }

  /** Return the ids of the pages under a label. */
  findLabelled(name, value) {
    const key = `${name}:${value}`;
    if (!this.#labels.has(key)) this.#labels.set(key, this.#searchLabel(name, value));
    return this.#labels.get(key);
  }

  async #searchLabel(name, value) {
    const { results } = await this.#pagefind.search(null, { filters: { [name]: value } });
    return new Set(results.map(({ id }) => id));
  }
}
