// What a reader asks, understood: terms with all the ways a text may say them.
//
// A term is {keys, optional, quoted, ways}; a way is {weight, parts, isExact}, parts that follow
// one another in a text, exactly or nearly; a part is {forms: [{key, weight}], far, at, isOdd}, far
// being forms of other words of its family, at its place among the parts, and isOdd how an exact
// one is written.

import { findDates } from "./dates.js";
import { findOtherForms } from "./endings.js";
import { partQuery } from "./typed.js";
import { findCompounds, fold, isElided, isOdd } from "./words.js";

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

  /**
   * Return what was understood: {terms, excluded, substitutions, absent, linkWords}.
   *
   * A substitution is {from, to, kind}: words that stand for one that is in no text; with asTyped
   * there are none. linkWords are all that was typed, where nothing is found by any of it.
   */
  async read(text, { asTyped = false } = {}) {
    const query = { terms: [], excluded: [], substitutions: [], absent: [], linkWords: [], wholes: [], lists: [], asTyped };
    const { phrases, unwanted, words, wanted } = partQuery(text);
    const exact = [...phrases, ...unwanted.map(({ tokens }) => tokens)].flat();
    for (const { key } of exact) this.#expect(key);
    // What is between quotes is to be said, and not only meant.
    const whole = phrases.length ? undefined : this.#nameWhole(wanted, words);
    await Promise.all([this.#load([...exact, ...words]), this.#lexicon.load(whole ? [...whole.names, whole.rest] : [])]);
    for (const phrase of phrases) await this.#readPhrase(phrase, query);
    await this.#readWords(words, query);
    if (whole) this.#addLists(whole, query);
    if (!phrases.length && !words.some(this.#isSearched)) query.linkWords = words.map((token) => token.text);
    query.excluded = unwanted.map((each) => this.#readUnwanted(each));
    this.#expectFamilies(query.terms);
    return this.#weigh(query);
  }

  /** Return what the query may be as a whole, each in one word: a title or a date, and names of lists. */
  #nameWhole(text, tokens) {
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

  #isKnown = (key) => this.#link.has(key) || this.#lexicon.has(key);

  /** Return the words of a phrase as texts have them: « aujourd hui » is one, « ejardinage » two. */
  async #spellPhrase(tokens) {
    const said = [];
    for (const token of tokens) {
      const { key } = token;
      const before = said.at(-1)?.key ?? "";
      const joined = this.#isKnown(key) && (!before || this.#isKnown(before)) ? "" : before + key;
      await this.#lexicon.load([joined]);
      if (this.#lexicon.has(joined)) said.splice(-1, 1, { key: joined, isOdd: false });
      else if (this.#isKnown(key)) said.push({ key, isOdd: isOdd(token) });
      else said.push(...(this.#lexicon.findParts(key) ?? [key]).map((part) => ({ key: part, isOdd: false })));
    }
    return said;
  }

  #sayExactly(said) {
    const parts = said.map(({ key, isOdd }, at) => ({ ...this.#exactly(key), isOdd, at }));
    return { weight: WEIGHTS.exact, parts, isExact: true };
  }

  async #readPhrase(tokens, query) {
    const said = await this.#spellPhrase(tokens);
    query.absent.push(...said.map(({ key }) => key).filter((key) => !this.#isKnown(key)));
    query.terms.push({ ways: [this.#sayExactly(said)], quoted: true });
  }

  #readUnwanted({ text, tokens, isExact }) {
    const keys = tokens.map(({ key }) => key);
    const hasForms = !isExact && keys.some((key) => !this.#link.has(key));
    const way = hasForms ? this.#inOrder(keys, (key) => this.#inAllForms(key)) : this.#sayExactly(tokens.map((token) => ({ key: token.key, isOdd: isOdd(token) })));
    return { text, ways: [way] };
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
    const { key, text } = token;
    const ways = this.#findWays(key);
    const meant = ways ? undefined : await this.#substitute(key, isLast, query);
    if (meant) query.substitutions.push({ from: text, kind: meant.kind, to: this.#spellOnce(meant.words) });
    if (ways || meant) query.terms.push({ keys: meant?.keys ?? [key], ways: ways ?? meant.ways });
    else query.absent.push(text);
  }

  /** Return words as texts spell them, one of several forms: with accents, which no address has. */
  #spellOnce(words) {
    const spelled = words.map((word) => ({ word, text: this.#lexicon.spell(word) }));
    spelled.sort((a, b) => (a.word === a.text) - (b.word === b.text));
    const kept = spelled.filter(({ word }, i) => !spelled.slice(0, i).some((each) => this.#lexicon.findForms(each.word).includes(word)));
    return kept.map(({ text }) => text);
  }

  /** Return what stands for a word that is in no text: {kind, words, ways, keys}. */
  async #substitute(key, isLast, query) {
    if (query.asTyped) return undefined;
    return (
      (isLast ? this.#completeWord(key) : undefined) ??
      (await this.#inOtherForms(key)) ??
      (await this.#withoutArticle(key)) ??
      (await this.#correctWord(key))
    );
  }

  async #withoutArticle(key) {
    const words = [key.replace(GLUED_ARTICLE, "")];
    await this.#lexicon.load(words);
    const ways = this.#findWays(words[0]);
    return ways && { kind: "corrected", words, ways, keys: words };
  }

  /** Return the words that may have been meant, as near as each other to what was typed. */
  async #correctWord(key) {
    await this.#lexicon.loadAround(key);
    const found = this.#lexicon.correct(key);
    const nearest = found.filter(({ typos }) => typos === found[0].typos);
    const words = nearest.length ? nearest.slice(0, MOST_CORRECTIONS).map(({ known }) => known) : this.#lexicon.findStart(key);
    return words.length ? { kind: "corrected", words, ways: words.flatMap((word) => this.#findWays(word)), keys: words } : undefined;
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
    const words = forms.slice(0, MOST_OTHER_FORMS);
    const ways = words.map((form) => ({ weight: WEIGHTS.inflected, parts: [this.#inAllForms(form)] }));
    return { kind: "akin", words, ways };
  }

  #completeWord(start) {
    if (start.length < SHORTEST_START) return undefined;
    const words = this.#lexicon.complete(start, MOST_COMPLETIONS);
    const ways = words.map((word) =>
      this.#lexicon.has(word)
        ? { weight: WEIGHTS.completed, parts: [{ ...this.#inAllForms(word), far: [] }] }
        : { ...this.#inParts(word), weight: WEIGHTS.completed },
    );
    return ways.length ? { kind: "completed", words, ways } : undefined;
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
