// What a reader asks, understood: terms with all the ways a text may say them.
//
// A term is {keys, optional, ways}; a way is {weight, parts}, parts that follow one another in
// a text; a part is {forms: [{key, weight}], far, at}, far being forms of other words of its
// family, and at its place among the parts.

import { findDates } from "./dates.js";
import { findOtherForms } from "./endings.js";
import { findCompounds, fold, isElided, splitWords } from "./words.js";

const LONGEST = 1000; // signs
const MOST_WORDS = 24;
const MOST_COMPLETIONS = 12;
const SHORTEST_START = 3;
// A word on more than this share of the pages tells little, and is not asked for.
const COMMON = 0.25;
const FEW_PAGES = 20;

const WEIGHTS = { exact: 1, inflected: 0.8, derived: 0.3, completed: 0.8, other: 0.9 };
// The weight of an inflected form is this much less for each sign that differs.
const UNLIKENESS = 0.04;
const LEAST_INFLECTED = 0.55;
const FEW_ANSWERS = 30;
const MOST_CORRECTIONS = 3;
const MOST_OTHER_FORMS = 3;
const QUOTED = /["“”«]\s*([^"“”«»]+?)\s*["“”»]/g;
const GLUED_ARTICLE = /^(?:l|d|j|m|n|t|s|c|qu)(?=[aeiouyh])/;

/** Return the weight of a form of a word: the nearer to what was typed, the more. */
function weighInflected(key, form) {
  let same = 0;
  while (same < key.length && key[same] === form[same]) same += 1;
  const unlike = Math.max(key.length, form.length) - same;
  return Math.max(LEAST_INFLECTED, WEIGHTS.inflected - UNLIKENESS * unlike);
}

export class Reader {
  #lexicon;
  #link;
  #question;
  #total;
  #expect;

  /** expect is told each word as it was typed, which is most often what will be searched. */
  constructor(lexicon, { linkWords, questionWords, pages }, expect) {
    this.#lexicon = lexicon;
    this.#expect = expect;
    this.#link = new Set(linkWords);
    this.#question = new Set(questionWords);
    this.#total = pages;
  }

  #isSearched = (token) => Boolean(token.key) && !this.#link.has(token.key);

  /** Return {terms, corrections, absent}; with asTyped nothing is corrected. */
  async read(text, { asTyped = false } = {}) {
    const query = { terms: [], corrections: [], absent: [], asTyped };
    const short = text.slice(0, LONGEST);
    const quoted = [...short.matchAll(QUOTED)].map((match) => this.#cut(match[1]));
    const tokens = this.#cut(short.replace(QUOTED, " "));
    const whole = this.#nameWhole(short);
    await Promise.all([this.#load([...quoted.flat(), ...tokens]), this.#lexicon.load([...whole.names, whole.rest])]);
    for (const phrase of quoted) await this.#readPhrase(phrase, query);
    await this.#readWords(tokens, query);
    this.#addLists(whole, query);
    this.#expectFamilies(query.terms);
    return this.#weigh(query);
  }

  /** Return what the query may be as a whole, each in one word: a title or a date, and names of lists. */
  #nameWhole(text) {
    const tokens = this.#cut(text);
    const bare = tokens.filter(({ key }) => !this.#link.has(key));
    const asked = bare.filter(({ key }) => !this.#question.has(key));
    const join = (some) => some.map(({ key }) => key).join("");
    const date = findDates(tokens).find((each) => asked.every((token) => each.tokens.includes(token)));
    const typed = fold(text).replace(/[^\p{L}\p{N}]/gu, "");
    const wholes = [...new Set([join(tokens), join(bare), typed, date?.key].filter(Boolean))];
    for (const key of wholes) this.#expect(`${key}@`);
    // « étiquette jeunesse »
    const [kind, rest] = asked.length > 1 ? [asked[0].key, join(asked.slice(1))] : [];
    return { wholes, names: [...wholes, join(asked), date?.list].filter(Boolean), kind, rest };
  }

  /** Add to a query the lists that it names. */
  #addLists({ wholes, names, kind, rest }, query) {
    const ofKind = this.#lexicon.findLists([rest]).filter(({ name }) => fold(name).startsWith(`${kind} `));
    const inAnyForm = names.flatMap((name) => [name, ...this.#lexicon.findForms(name)]);
    query.wholes = wholes;
    query.lists = [...this.#lexicon.findLists([...new Set(inAnyForm)]), ...ofKind];
    // What the word of the kind is in texts is not what is asked.
    if (ofKind.length) query.terms = query.terms.filter(({ keys }) => !keys?.includes(kind));
  }

  /** Of several words, or a rare one, there may be so few answers that their families are needed. */
  #expectFamilies(terms) {
    const parts = terms.flatMap(({ ways }) => ways.flatMap((way) => way.parts));
    const pages = parts.reduce((sum, { forms }) => sum + this.#lexicon.countPages(forms[0].key), 0);
    if (terms.length === 1 && pages >= FEW_ANSWERS) return;
    for (const { key } of parts.flatMap(({ far }) => far)) this.#expect(key);
  }

  #cut(text) {
    return splitWords(text)
      .filter((token) => token.key)
      .slice(0, MOST_WORDS);
  }

  /** Load what is known of the words, and of those an article may be glued to. */
  #load(tokens) {
    const searched = tokens.filter(this.#isSearched).map((token) => token.key);
    // « mon avis citoyen » may be one name.
    const first = tokens.length <= 3 ? tokens.slice(0, 1).map((token) => token.key) : [];
    for (const key of searched) if (!this.#question.has(key)) this.#expect(key);
    return this.#lexicon.load([...searched, ...first]);
  }

  #exactly(key) {
    return { forms: [{ key, weight: WEIGHTS.exact }], far: [], at: 0 };
  }

  #inAllForms(key) {
    const inflected = this.#lexicon.findForms(key).filter((form) => form !== key);
    const derived = this.#lexicon.findDerived(key);
    return {
      forms: [
        { key, weight: WEIGHTS.exact },
        ...inflected.map((form) => ({ key: form, weight: weighInflected(key, form) })),
      ],
      far: derived.map((form) => ({ key: form, weight: WEIGHTS.derived })),
      at: 0,
    };
  }

  /** Return a way to say words one after the other; link words only keep their place. */
  #inOrder(keys, toPart, weight = WEIGHTS.exact) {
    const parts = keys.map((key, at) => ({ key, at })).filter(({ key }) => !this.#link.has(key));
    return { weight, parts: parts.map(({ key, at }) => ({ ...toPart(key), at })) };
  }

  async #readPhrase(tokens, query) {
    const isWhole = (key) => this.#lexicon.has(key) || this.#link.has(key);
    const keys = tokens.flatMap(({ key }) => (isWhole(key) ? key : (this.#lexicon.findParts(key) ?? key)));
    const way = this.#inOrder(keys, (key) => this.#exactly(key));
    if (!way.parts.length) return;
    await this.#lexicon.load(keys);
    for (const { forms } of way.parts) {
      if (!this.#lexicon.has(forms[0].key)) query.absent.push(forms[0].key);
    }
    // Link words are not indexed: whether they are said is seen in the texts.
    const unseen = keys.some((key) => this.#link.has(key)) ? keys : undefined;
    query.terms.push({ ways: [way], quoted: true, unseen });
  }

  async #readWords(tokens, query) {
    const asked = tokens.filter((token) => this.#isSearched(token) && !this.#question.has(token.key));
    const kept = asked.length ? asked : tokens.filter(this.#isSearched);
    const last = tokens.at(-1);
    const runs = findCompounds(tokens, this.#isSearched);
    const others = this.#findOtherWays(tokens);
    for (let i = 0; i < tokens.length; ) {
      const joined = this.#readJoined(tokens, i, runs);
      const ways = tokens.slice(i, i + (joined?.length ?? 1)).flatMap((token) => others.get(token));
      if (joined) query.terms.push({ ...joined.term, ways: [...joined.term.ways, ...ways] });
      else if (ways.length) query.terms.push({ keys: [tokens[i].key], ways: [...(this.#findWays(tokens[i].key) ?? []), ...ways] });
      else if (kept.includes(tokens[i])) await this.#readWord(tokens[i], tokens[i] === last, query);
      i += joined?.length ?? 1;
    }
  }

  /** Return a term for two to five words that texts also write as one. */
  #readJoined(tokens, start, runs) {
    const glued = runs.find((run) => run[0] === tokens[start]);
    for (let length = Math.min(5, tokens.length - start); length > 1; length--) {
      const run = tokens.slice(start, start + length);
      if (isElided(run[0])) return undefined;
      const keys = run.map((token) => token.key);
      const joined = keys.join("");
      const isWord = this.#lexicon.has(joined) && joined.length > 3;
      const isCompound = this.#tellsParts(joined);
      const isGlued = glued?.length === length && keys.every((key) => this.#lexicon.has(key) || this.#link.has(key));
      if (!isWord && !isCompound && !isGlued) continue;
      const ways = [this.#inOrder(keys, (key) => this.#inAllForms(key))];
      if (isWord) ways.unshift({ weight: WEIGHTS.exact, parts: [this.#inAllForms(joined)] });
      if (isCompound) ways.push(this.#inParts(joined));
      return { length, term: { keys, ways } };
    }
    return undefined;
  }

  /** Tell whether a compound is found by its parts: « NousToutes » is not by « toutes ». */
  #tellsParts(joined) {
    const parts = this.#lexicon.findParts(joined) ?? [];
    return parts.some((key) => !this.#link.has(key) && !this.#question.has(key));
  }

  #inParts(joined) {
    return this.#inOrder(this.#lexicon.findParts(joined), (key) => this.#exactly(key));
  }

  async #readWord(token, isLast, query) {
    const { key } = token;
    const ways =
      this.#findWays(key) ??
      (await this.#inOtherForms(key)) ??
      (isLast ? this.#completeWord(key) : undefined);
    if (ways) {
      query.terms.push({ keys: [key], ways });
      return;
    }
    const unglued = key.replace(GLUED_ARTICLE, "");
    await this.#lexicon.load([unglued]);
    const isGlued = Boolean(this.#findWays(unglued));
    const meant = isGlued ? [unglued] : await this.#correctWord(key, query);
    if (!meant.length) {
      query.absent.push(token.text);
      return;
    }
    query.terms.push({ keys: meant, ways: meant.flatMap((word) => this.#findWays(word)) });
    if (!isGlued) query.corrections.push({ from: token.text, to: meant.map((word) => this.#lexicon.spell(word)).join(" ou ") });
  }

  /** Return the words that may have been meant, as near as each other to what was typed. */
  async #correctWord(key, query) {
    if (query.asTyped) return [];
    await this.#lexicon.loadAround(key);
    const found = this.#lexicon.correct(key);
    const nearest = found.filter(({ typos }) => typos === found[0].typos);
    return nearest.length ? nearest.slice(0, MOST_CORRECTIONS).map(({ known }) => known) : this.#lexicon.findStart(key);
  }

  #findWays(key) {
    const ways = [];
    if (this.#lexicon.has(key)) ways.push({ weight: WEIGHTS.exact, parts: [this.#inAllForms(key)] });
    if (this.#tellsParts(key)) ways.push(this.#inParts(key));
    for (const words of this.#lexicon.expand(key)) {
      ways.push(this.#inOrder(words, (word) => this.#inAllForms(word), WEIGHTS.other));
    }
    return ways.length ? ways : undefined;
  }

  /** Return the ways to say a word that is in no text, but in another form. */
  async #inOtherForms(key) {
    const possible = findOtherForms(key);
    await this.#lexicon.load(possible);
    const forms = possible.filter((form) => this.#lexicon.has(form));
    if (!forms.length) return undefined;
    const nearest = forms.slice(0, MOST_OTHER_FORMS);
    return nearest.map((form) => ({ weight: WEIGHTS.inflected, parts: [this.#inAllForms(form)] }));
  }

  #completeWord(start) {
    if (start.length < SHORTEST_START) return undefined;
    const ways = this.#lexicon.complete(start, MOST_COMPLETIONS).map((word) =>
      this.#lexicon.has(word)
        ? { weight: WEIGHTS.completed, parts: [this.#exactly(word)] }
        : { ...this.#inParts(word), weight: WEIGHTS.completed },
    );
    return ways.length ? ways : undefined;
  }

  /** Return the ways in which dates, acronyms and synonyms answer for each of their words: Map of token → ways. */
  #findOtherWays(tokens) {
    const found = new Map(tokens.map((token) => [token, []]));
    for (const { key, tokens: words } of findDates(tokens)) {
      for (const word of words) found.get(word).push({ weight: WEIGHTS.exact, parts: [this.#exactly(`${key}@`)] });
    }
    const searched = tokens.filter(this.#isSearched);
    for (let start = 0; start < searched.length; start++) {
      for (let end = searched.length; end > start + 1; end--) {
        const words = searched.slice(start, end);
        for (const meant of this.#lexicon.findAcronyms(words.map(({ key }) => key), this.#link)) {
          const way = this.#inOrder(meant, (key) => this.#inAllForms(key), WEIGHTS.other);
          for (const word of words) found.get(word).push(way);
        }
      }
    }
    return found;
  }

  /** Mark the terms that are nearly everywhere: they count, but are not asked for. */
  #weigh(query) {
    const pagesOf = ({ keys }) => Math.max(0, ...(keys ?? []).map((key) => this.#lexicon.countPages(key)));
    const isCommon = (term) =>
      !term.quoted && this.#total > FEW_PAGES && pagesOf(term) > COMMON * this.#total;
    const rare = query.terms.filter((term) => !isCommon(term));
    if (rare.length) for (const term of query.terms) term.optional = isCommon(term);
    return query;
  }
}
