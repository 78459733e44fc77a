// The search as one thing: ask it, get pages with their excerpts.

import { countWords, locateWords, makeExcerpt } from "./excerpt.js";
import { Files } from "./files.js";
import { Index } from "./index.js";
import { Lexicon } from "./lexicon.js";
import { Reader } from "./query.js";
import { findNamed, findUnwanted, rankPages } from "./ranking.js";

const FOLDER = new URL("../../_search/", import.meta.url);
const SITE = new URL("../../", import.meta.url);
const MOST_SECTIONS = 3;
const MOST_AKIN = 6;

/** Return the pages under each label, as a Map of label → Set of numbers. */
function readLabels(steps) {
  const sum = (numbers) => {
    let last = 0;
    return new Set(numbers.map((step) => (last += step)));
  };
  return new Map(Object.entries(steps).map(([label, numbers]) => [label, sum(numbers)]));
}

const readFacets = (text) =>
  new Map(Object.entries(JSON.parse(text)).map(([name, steps]) => [name, readLabels(steps)]));

/** Return the sections of a page where the places are, most of them first: each from a word to another. */
function findSections(heads, places) {
  const sections = heads.filter(([, level]) => level > 1);
  const counts = new Map();
  for (const place of new Set(places)) {
    const section = sections.findLast(([start]) => start <= place);
    if (section) counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_SECTIONS);
  return most.map(([section]) => {
    const [start, , id, title] = section;
    return { id, title, start, end: sections[sections.indexOf(section) + 1]?.[0] ?? Infinity };
  });
}

export class Engine {
  #index;
  #reader;
  #lexicon;
  /** Return the facets: Map of name → Map of label → Set of numbers of pages. */
  readFacets;

  /** With isAnew, after a fault, nothing is taken from the browser's cache; settings that are there are not asked for. Any call throws where a file is at fault. */
  static async open({ isAnew, settings: given } = {}) {
    const engine = new Engine();
    const files = new Files(FOLDER, { isAnew });
    const settings = given ?? (await files.loadJson("settings.json", "words"));
    engine.#lexicon = new Lexicon(files, settings.files);
    engine.#index = new Index(files, settings);
    engine.readFacets = () => files.load(`facets/${settings.facets}.json`, readFacets);
    engine.#reader = new Reader(engine.#lexicon, settings, (key) => engine.#index.prepare(key));
    return engine;
  }

  /**
   * Return {query, pages}: what was understood, and the pages that answer; all posts, to no word.
   *
   * Of query a page of results needs substitutions, absent, linkWords, excluded and akin: the words
   * akin to those asked by which alone some pages answer.
   */
  async search(text, { asTyped, byDate } = {}) {
    const query = await this.#reader.read(text, { asTyped });
    const { terms, absent } = query;
    const asksAll = query.excluded.length ? !terms.length && !absent.length : !text.trim();
    const unwanted = await findUnwanted(query, this.#index);
    if (asksAll) return { query, pages: await this.#listPosts(unwanted) };
    // « kangourou innovant »: with half of it nowhere, the rest is not what was asked.
    const named = await findNamed(query, this.#index, unwanted);
    const isHopeless = !named.size && absent.length * 2 >= terms.length + absent.length;
    if (isHopeless) return { query: { ...query, substitutions: [] }, pages: [] };
    if (named.size) query.linkWords = [];
    const pages = await rankPages(query, this.#index, { byDate, named, unwanted });
    const akin = [...new Set(pages.flatMap((page) => page.akin))].slice(0, MOST_AKIN);
    return { query: { ...query, akin: akin.map((key) => this.#lexicon.spell(key)) }, pages };
  }

  /** Return all posts but those that say what is not wanted, the newest first. */
  async #listPosts(unwanted) {
    const years = (await this.readFacets()).get("annee") ?? new Map();
    const numbers = [...years.values()].flatMap((found) => [...found]).filter((number) => !unwanted.has(number));
    return numbers.sort((a, b) => b - a).map((number) => ({ number, places: [], isFull: true }));
  }

  /** Return what to show of a page that answers. */
  async show({ number, places }) {
    const { url, date, category, heads, text } = await this.#index.readPage(number);
    const [title] = text.split("\n", 1);
    const words = locateWords(text);
    const sections = findSections(heads, places).map(({ id, title: name, start, end }) => {
      const own = places.filter((place) => place >= start && place < end);
      return { id, title: name, excerpt: makeExcerpt(text, words, own, start) };
    });
    return {
      url: new URL(url, SITE).href,
      title,
      date,
      category,
      excerpt: makeExcerpt(text, words, places, countWords(title)),
      sections,
    };
  }

  /** Return the words nearest to some that are in no page. */
  async suggest(words) {
    const suggested = await Promise.all(
      words.map(async (word) => {
        await this.#lexicon.loadAround(word);
        return this.#lexicon.correct(word, Math.floor(word.length / 3)).slice(0, 5).map(({ known }) => this.#lexicon.spell(known));
      }),
    );
    return [...new Set(suggested.flat())];
  }
}
