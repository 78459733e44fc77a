// The search as one thing: ask it, get pages with their excerpts.

import { makeExcerpt, restore, splitCopy } from "./excerpt.js";
import { Lexicon } from "./lexicon.js";
import { Reader } from "./query.js";
import { Index, rankPages } from "./ranking.js";
import { splitWords } from "./words.js";

const FOLDER = new URL("../../_search/", import.meta.url);
const SITE = new URL("../../", import.meta.url);
const MOST_SECTIONS = 3;
const MOST_CHECKED = 20;
// Each word is searched as it is; a title counts as much as the text.
const RANKING = { termSimilarity: 0, diacriticSimilarity: 0, metaWeights: { title: 1 } };

async function openPagefind() {
  const pagefind = await import(new URL("pagefind.js", FOLDER));
  // A worker would load all again that this page has already asked for.
  await pagefind.options({ noWorker: true, ranking: RANKING });
  await pagefind.init();
  return pagefind;
}

async function readJson(name) {
  const answer = await fetch(new URL(name, FOLDER));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** Return the pages under each label, as a Map of label → Set of numbers. */
function readLabels(steps) {
  const sum = (numbers) => {
    let last = 0;
    return new Set(numbers.map((step) => (last += step)));
  };
  return new Map(Object.entries(steps).map(([label, numbers]) => [label, sum(numbers)]));
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

/** Leave out, of the first pages, those that do not say the link words of a quoted phrase. */
async function checkPhrases({ terms }, pages) {
  const phrases = terms.flatMap(({ unseen }) => (unseen ? [` ${unseen.join(" ")} `] : []));
  if (!phrases.length) return pages;
  const checked = pages.slice(0, MOST_CHECKED);
  const texts = await Promise.all(checked.map(({ data }) => data()));
  const said = texts.map(({ content }) => {
    const keys = splitWords(restore(splitCopy(content))).map(({ key }) => key);
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

  static async open() {
    const engine = new Engine();
    const [pagefind, settings] = await Promise.all([openPagefind(), readJson("settings.json")]);
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
    const pages = await rankPages(query, this.#index, { byDate });
    return { query, pages: await checkPhrases(query, pages) };
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

  /** Return the facets: Map of name → Map of label → Set of numbers of pages. */
  readFacets() {
    const read = (facets) =>
      new Map(Object.entries(facets).map(([name, steps]) => [name, readLabels(steps)]));
    return (this.#facets ??= readJson("facets.json").then(read));
  }
}
