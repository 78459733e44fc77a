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

/** Return what a file tells of its words: Map of word → Map of page → {strength, heading, places}. */
function readWords(text) {
  const end = text.indexOf("\n");
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
  return found;
}

const NOWHERE = new Map();

/** Return the answer that holds a file of a folder; it is an error that there is none. */
export async function fetchFile(folder, name) {
  const answer = await fetch(new URL(name, folder));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
}

/** The places of one word on each page that has it, and the texts of pages. */
export class Index {
  #folder;
  #settings;
  #loaded = new Map();

  constructor(folder, settings) {
    this.#folder = folder;
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

  #load(name, read) {
    if (!this.#loaded.has(name)) {
      this.#loaded.set(name, fetchFile(this.#folder, name).then(read));
    }
    return this.#loaded.get(name);
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
    const read = async (answer) => readWords(await answer.text());
    return this.#load(`words/${wordFiles[low - 1]}.txt`, read);
  }

  /** Return the pages with a word: Map of number → {strength, heading, places}. */
  async find(key) {
    return (await this.prepare(key)).get(key) ?? NOWHERE;
  }

  /** Return what a page says: {url, date, category, heads, text}. */
  readPage(number) {
    const { texts, batch } = this.#settings;
    const name = `texts/${texts[Math.floor(number / batch)]}/${number}.json`;
    return this.#load(name, (answer) => answer.json());
  }
}
