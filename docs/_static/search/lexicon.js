// The words of the site: which there are, which are forms of one another, what was meant.
// archivist/search/lexicon.py writes the files and says what a line is.

import { fold } from "./words.js";

const END = ".";

/** Return how many signs differ, a swap of two neighbours being one; more than most is Infinity. */
export function countTypos(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwap) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return Infinity;
    before = row;
    row = next;
  }
  return row.at(-1) <= most ? row.at(-1) : Infinity;
}

const SHORTEST_START = 5;

/** How many mistakes a word of this length may have. */
const admitTypos = (length) => (length < 4 ? 0 : length < 9 ? 1 : 2);

export class Lexicon {
  #files;
  #names; // start of words → name of the file that has them
  #groups = new Map(); // the forms of a word, itself among them: [{key, word, pages}]
  #derived = new Map(); // first form → first forms of words made from the same verb
  #compounds = new Map();
  #expansions = new Map();
  #lists = new Map(); // a name as one word → the lists of posts that it may mean

  constructor(files, names) {
    this.#files = files;
    this.#names = new Map(names.map((name) => [name.split("-", 1)[0], name]));
  }

  #nameFile(word) {
    if (!/^[a-z]/.test(word)) return "0";
    const starts = [3, 2, 1].map((length) => word.slice(0, length));
    return starts.find((start) => this.#names.has(start)) ?? word[0];
  }

  #readFile(text) {
    const lines = text.split("\n");
    if (lines.splice(-2).join("\n") !== `${END}\n`) throw new Error("cut off");
    for (const line of lines) this.#readLine(line);
  }

  #loadFile(start) {
    const name = this.#names.get(start);
    return name && this.#files.load(`lexicon/${name}.txt`, (text) => this.#readFile(text));
  }

  /** Load what is known of these words. */
  load(words) {
    return Promise.all(words.filter(Boolean).map((word) => this.#loadFile(this.#nameFile(word))));
  }

  /** Load all words that begin with the same letter. */
  loadAround(word) {
    const initial = this.#nameFile(word)[0];
    const starts = [...this.#names.keys()].filter((start) => start[0] === initial);
    return Promise.all(starts.map((start) => this.#loadFile(start)));
  }

  #readLine(line) {
    const [first, ...rest] = line.slice(1).split(" ");
    if (line[0] === "=") this.#compounds.set(first, rest);
    else if (line[0] === ">") this.#readExpansion(first, rest);
    else if (line[0] === "#") this.#readList(first, rest);
    else if (line[0] === "~") this.#readDerived([first, ...rest]);
    else if (line) this.#readGroup(line.split(" "));
  }

  #readExpansion(acronym, words) {
    const known = this.#expansions.get(acronym) ?? new Map();
    this.#expansions.set(acronym, known.set(words.join(" "), words));
  }

  #readList(key, [url, count, ...name]) {
    const known = this.#lists.get(key) ?? [];
    this.#lists.set(key, [...known, { url, count: Number(count), name: name.join(" ") }]);
  }

  #readDerived(firsts) {
    for (const first of firsts) {
      this.#derived.set(first, new Set([...(this.#derived.get(first) ?? []), ...firsts]));
    }
  }

  #readGroup(fields) {
    const group = [];
    for (let i = 0; i < fields.length; i += 2) {
      group.push({ key: fold(fields[i]), word: fields[i], pages: Number(fields[i + 1]) });
    }
    for (const { key } of group) this.#groups.set(key, group);
  }

  has(key) {
    return this.#groups.has(key);
  }

  #find(key) {
    return this.#groups.get(key)?.find((form) => form.key === key);
  }

  countPages(key) {
    return this.#find(key)?.pages ?? 0;
  }

  /** Return a word as texts write it. */
  spell(key) {
    return this.#find(key)?.word ?? key;
  }

  /** Return the forms of a word. */
  findForms(key) {
    return (this.#groups.get(key) ?? []).map((form) => form.key);
  }

  /** Return the words made from the same verb, without the forms of the word itself. */
  findDerived(key) {
    const own = this.#groups.get(key);
    const others = [...(this.#derived.get(own?.[0].key) ?? [])].map((first) => this.#groups.get(first));
    return others.filter((group) => group && group !== own).flat().map((form) => form.key);
  }

  /** Return the parts of a word that texts also write in several. */
  findParts(joined) {
    return this.#compounds.get(joined);
  }

  /** Return what an acronym stands for, each as an array of words. */
  expand(acronym) {
    return [...(this.#expansions.get(acronym)?.values() ?? [])];
  }

  /** Return what words stand for, as arrays of words: they are in any of their forms, link words left out. */
  *findAcronyms(words, linkWords) {
    const firsts = (list) =>
      list
        .filter((word) => !linkWords.has(word))
        .map((word) => this.#groups.get(word)?.[0].key ?? word)
        .join(" ");
    const wanted = firsts(words);
    for (const [acronym, expansions] of this.#expansions) {
      for (const expansion of expansions.values()) {
        if (firsts(expansion) === wanted) yield acronym.split("+");
      }
    }
  }

  /** Return the lists that names, each as one word, may mean: {url, count, name}. */
  findLists(keys) {
    const found = keys.flatMap((key) => this.#lists.get(key) ?? []);
    return [...new Map(found.map((list) => [list.url, list])).values()];
  }

  /** Return words and compounds that begin so, the commonest first. */
  complete(start, most) {
    const words = [...this.#groups.keys(), ...this.#compounds.keys()];
    const found = words.filter((word) => word.startsWith(start));
    const rate = (word) => this.countPages(word);
    return found.sort((a, b) => rate(b) - rate(a) || (a < b ? -1 : 1)).slice(0, most);
  }

  /** Return the longest word that begins one that is in no text: « audioconf » for « audioconférence ». */
  findStart(word) {
    const isKnown = (start) => this.has(start) || this.#compounds.has(start);
    const least = Math.max(SHORTEST_START, word.length / 2);
    for (let end = word.length - 1; end >= least; end--) if (isKnown(word.slice(0, end))) return [word.slice(0, end)];
    return [];
  }

  /** Return the words near to one that is in no text, {known, typos, pages}, the likeliest first. */
  correct(word, most = admitTypos(word.length)) {
    const found = [];
    for (const known of [...this.#groups.keys(), ...this.#compounds.keys()]) {
      const typos = most && known.length > 2 ? countTypos(word, known, most) : Infinity;
      if (typos < Infinity) found.push({ known, typos, pages: this.countPages(known) });
    }
    const order = (a, b) => a.typos - b.typos || b.pages - a.pages || (a.known < b.known ? -1 : 1);
    return found.sort(order);
  }
}
