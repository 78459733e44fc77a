// The search as one thing: ask it, get pages with their excerpts.

import { countWords, locateWords, makeExcerpt } from "./excerpt.js";
import { fetchFile, Index } from "./index.js";
import { Lexicon } from "./lexicon.js";
import { Reader } from "./query.js";
import { rankPages } from "./ranking.js";
import { splitWords } from "./words.js";

const FOLDER = new URL("../../_search/", import.meta.url);
const SITE = new URL("../../", import.meta.url);
const MOST_SECTIONS = 3;
const MOST_CHECKED = 20;

const readJson = async (name) => (await fetchFile(FOLDER, name)).json();

/** Return the pages under each label, as a Map of label → Set of numbers. */
function readLabels(steps) {
  const sum = (numbers) => {
    let last = 0;
    return new Set(numbers.map((step) => (last += step)));
  };
  return new Map(Object.entries(steps).map(([label, numbers]) => [label, sum(numbers)]));
}

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

/** Leave out, of the first pages, those that do not say the link words of a quoted phrase. */
async function checkPhrases({ terms }, pages, index) {
  const phrases = terms.flatMap(({ unseen }) => (unseen ? [` ${unseen.join(" ")} `] : []));
  if (!phrases.length) return pages;
  const checked = pages.slice(0, MOST_CHECKED);
  const texts = await Promise.all(checked.map(({ number }) => index.readPage(number)));
  const said = texts.map(({ text }) => {
    const keys = splitWords(text).map(({ key }) => key);
    return ` ${keys.filter(Boolean).join(" ")} `;
  });
  const kept = checked.filter((_, i) => phrases.every((phrase) => said[i].includes(phrase)));
  return [...kept, ...pages.slice(MOST_CHECKED)];
}

export class Engine {
  #index;
  #reader;
  #facets;
  lexicon;

  /** Where settings are there already, they are not asked for. */
  static async open({ settings: given } = {}) {
    const engine = new Engine();
    const settings = given ?? (await readJson("settings.json"));
    engine.lexicon = new Lexicon(new URL("lexicon/", FOLDER), settings.files);
    engine.#index = new Index(FOLDER, settings);
    engine.#reader = new Reader(engine.lexicon, settings, (key) => engine.#index.prepare(key));
    return engine;
  }

  /** Return {query, pages}: what was understood, and the pages that answer; all posts, to no word. */
  async search(text, { asTyped, byDate } = {}) {
    if (!text.trim()) return { query: { terms: [], corrections: [], absent: [] }, pages: await this.#listPosts() };
    const query = await this.#reader.read(text, { asTyped });
    // « kangourou innovant »: with half of it nowhere, the rest is not what was asked.
    const isHopeless = query.absent.length * 2 >= query.terms.length + query.absent.length;
    if (isHopeless) return { query: { ...query, terms: [], corrections: [] }, pages: [] };
    const pages = await rankPages(query, this.#index, { byDate });
    return { query, pages: await checkPhrases(query, pages, this.#index) };
  }

  /** Return all posts, the newest first. */
  async #listPosts() {
    const years = (await this.readFacets()).get("annee") ?? new Map();
    const numbers = [...years.values()].flatMap((found) => [...found]).sort((a, b) => b - a);
    return numbers.map((number) => ({ number, places: [], isFull: true }));
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
        await this.lexicon.loadAround(word);
        return this.lexicon.correct(word, Math.floor(word.length / 3)).slice(0, 5).map(({ known }) => this.lexicon.spell(known));
      }),
    );
    return [...new Set(suggested.flat())];
  }

  /** Return the facets: Map of name → Map of label → Set of numbers of pages. */
  readFacets() {
    const read = (facets) =>
      new Map(Object.entries(facets).map(([name, steps]) => [name, readLabels(steps)]));
    return (this.#facets ??= readJson("facets.json").then(read));
  }
}
