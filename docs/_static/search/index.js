// The index: where each word is, and what each page says. archivist/search/postings.py says what a
// file of words is.

// A word said again is worth less each time: BM25, with texts of one length.
const SATURATION = 1.5;
// What it is worth more in headings, at most, and how fast that comes with what they weigh.
const HEADING = 2;
const HEADING_HALF = 4;

/** Reads the numbers that the signs of a text are. */
class Numbers {
  constructor(text, at) {
    this.text = text;
    this.at = at;
  }

  next() {
    const code = this.text.codePointAt(this.at);
    if (code === undefined) throw new Error("cut off");
    this.at += code > 0xffff ? 2 : 1;
    return code < 0xd800 ? code : code - 0x800;
  }

  /** Return the next page that has a word, seen from the last: {step, weight, places}. */
  nextHit() {
    const step = this.next();
    const head = this.next();
    const count = head >> 1;
    const weight = head & 1 ? this.next() : count;
    const places = new Array(count);
    for (let i = 0, place = 0; i < count; i++) places[i] = place += this.next();
    return { step, weight, places };
  }
}

/** Return what a file tells of its words, the first of which is known: Map of word → Map of page → {strength, heading, places}. */
function readWords(text, first) {
  const end = text.indexOf("\n");
  if (!/^[ \n]/.test(text.slice(first.length)) || !text.startsWith(first)) throw new Error(`not from ${first} on`);
  const numbers = new Numbers(text, end + 1);
  const found = new Map();
  for (const word of text.slice(0, end).split(" ")) {
    const hits = new Map();
    let page = 0;
    for (let pages = numbers.next(); pages; pages--) {
      const { step, weight, places } = numbers.nextHit();
      page += step;
      const count = places.length;
      const heading = weight - count;
      const said = ((SATURATION + 1) * count) / (SATURATION + count);
      const strength = said + (HEADING * heading) / (HEADING_HALF + heading);
      hits.set(page, { strength, heading, places });
    }
    found.set(word, hits);
  }
  if (numbers.at !== text.length) throw new Error("not all of it is read");
  return found;
}

const NOWHERE = new Map();
// Stands for the words that are written otherwise than their key: « élu(e)s ».
const ODD = "\uffff";

/** The places of one word on each page that has it, and the texts of pages. */
export class Index {
  #files;
  #settings;

  constructor(files, settings) {
    this.#files = files;
    this.#settings = settings;
  }

  /** How many pages there are. */
  get count() {
    return this.#settings.pages;
  }

  /** Tell whether a page is a post. */
  isPost(number) {
    return number >= this.#settings.standing;
  }

  /** Return how rare something is that so many pages have. */
  rate(pages) {
    return Math.log((this.#settings.pages - pages + 0.5) / (pages + 0.5) + 1);
  }

  /** Ask already for what tells where a word is. */
  prepare(key) {
    const { words, wordFiles } = this.#settings;
    let low = 0;
    for (let high = words.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (words[middle] <= key) low = middle + 1;
      else high = middle;
    }
    if (!low) return NOWHERE;
    const read = (text) => readWords(text, words[low - 1]);
    return this.#files.load(`words/${wordFiles[low - 1]}.txt`, read);
  }

  /** Return the pages with a word: Map of number → {strength, heading, places}. */
  async find(key) {
    return (await this.prepare(key)).get(key) ?? NOWHERE;
  }

  /** Return the places of words that are written otherwise than their key: Map of number → {places}. */
  findOdd() {
    return this.find(ODD);
  }

  /** Return what a page says: {url, date, category, heads, text}. */
  readPage(number) {
    const { texts, batch } = this.#settings;
    return this.#files.loadJson(`texts/${texts[Math.floor(number / batch)]}/${number}.json`, "text");
  }
}
