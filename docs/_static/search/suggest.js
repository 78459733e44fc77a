// What a search box proposes: titles and labels any word of which begins as one that is typed.
// archivist/site/files/suggestions.py writes what is known, and words.js, before these lines.

const root = new URL("../", document.currentScript.src);
const MOST = 8;
const MOST_OVER_ANSWERS = 4; // on the page of the search, which shows them while one types
const MOST_LABELS = 3;
const MOST_FILES = 2;
const LONG = 5; // signs of a word that is read for though many titles have it
const PAUSE = 60; // milliseconds without a key

const readKeys = (text) => splitWords(text).flatMap(({ key }) => key || []);

/** Return what the lines of a file propose; what is none of its lines is left out. */
function readLines(text) {
  const lines = text.split("\n").map((line) => line.split("\t"));
  return lines
    .filter((fields) => fields.length > 2)
    .map(([name, url, about, lang = ""]) => ({ name, url, about, lang, keys: readKeys(name) }));
}

const labels = readLines(known.labels);
const files = new Map();

async function fetchText(number) {
  const answer = await fetch(new URL(`_search/titles/${known.version}/${number}.txt`, root));
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

/** Return what a file proposes; one that failed is asked for again with the next key. */
function readFile(number) {
  if (!files.has(number)) {
    const text = known.texts ? Promise.resolve(known.texts[number]) : fetchText(number);
    files.set(number, text.then(readLines).catch(() => files.delete(number) && []));
  }
  return files.get(number);
}

/** Return the numbers of the files that have the words that begin so. */
function findFiles(key) {
  const first = known.starts.findLastIndex((start) => start < key);
  const after = known.starts.findIndex((start) => start > key && !start.startsWith(key));
  const numbers = known.starts.map((_, number) => number);
  return numbers.slice(Math.max(0, first), after < 0 ? undefined : after);
}

/** Return what to propose for a text, labels first, and first what begins as it does. */
async function propose(text, most) {
  const typed = readKeys(text);
  if (!typed.length) return [];
  const [fewest] = typed
    .map((key) => ({ key, numbers: findFiles(key) }))
    .sort((a, b) => a.numbers.length - b.numbers.length || b.key.length - a.key.length);
  const isRead = fewest.numbers.length <= MOST_FILES || fewest.key.length >= LONG;
  const read = await Promise.all(isRead ? fewest.numbers.slice(0, MOST_FILES).map(readFile) : []);
  const fits = ({ keys }) => typed.every((each) => keys.some((key) => key.startsWith(each)));
  const byUrl = new Map([labels, ...read].flat().filter(fits).map((each) => [each.url, each]));
  const begins = ({ keys }) => keys.join(" ").startsWith(typed.join(" "));
  const found = [...byUrl.values()].sort((a, b) => begins(b) - begins(a));
  const isPost = ({ url }) => url.startsWith("posts/");
  const first = found.filter((each) => !isPost(each)).slice(0, MOST_LABELS);
  return [...first, ...found.filter(isPost)].slice(0, most);
}

/** Return a new element, what is read in it being text. */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const styled = new Promise((resolve) => {
  const link = make("link", { rel: "stylesheet", href: new URL("_static/suggestions.css", root) });
  link.addEventListener("load", resolve);
  document.head.append(link);
});

/** A box and the list under it: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
class Combobox {
  #box;
  #list;
  #most;
  #latest = 0;

  constructor(box) {
    this.#box = box;
    this.#most = box.closest("main") ? MOST_OVER_ANSWERS : MOST;
    this.#list = make("div", { class: "suggestions", role: "listbox", id: `${box.id}-list`, "aria-label": "Propositions" });
    this.#list.hidden = true;
    const told = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(told)) box.setAttribute(name, value);
    box.after(this.#list);
    let pause;
    box.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.update(), PAUSE);
    });
    // Before others who heed these keys, and to them only what the list has no use for.
    box.addEventListener("keydown", (event) => this.#heed(event), { capture: true });
    box.addEventListener("blur", () => this.#close());
    box.form.addEventListener("submit", () => this.#close());
    // The focus stays in the box.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", () => this.#close());
  }

  async update() {
    const number = ++this.#latest;
    const [found] = await Promise.all([propose(this.#box.value, this.#most), styled]);
    if (number !== this.#latest || document.activeElement !== this.#box) return;
    this.#close();
    if (!found.length) return;
    this.#list.replaceChildren(...found.map((each, i) => this.#show(each, i)));
    this.#list.hidden = false;
    this.#box.setAttribute("aria-expanded", "true");
  }

  #show({ name, url, about, lang }, number) {
    const option = { role: "option", id: `${this.#list.id}-${number}`, href: new URL(url, root), tabindex: "-1" };
    return make("a", option, make("span", { lang }, name), " ", make("span", { class: "suggestion-about" }, about));
  }

  #close() {
    this.#latest += 1;
    this.#list.hidden = true;
    this.#box.setAttribute("aria-expanded", "false");
    this.#box.removeAttribute("aria-activedescendant");
  }

  #heed(event) {
    if (this.#list.hidden || event.isComposing) return;
    const options = [...this.#list.children];
    const at = options.findIndex((each) => each.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#choose(options, at < 0 && step < 0 ? options.length - 1 : at + step);
    else if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && at >= 0) options[at].click();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Choose an option; beyond the last and the first is none, which is the box itself. */
  #choose(options, number) {
    for (const each of options) each.removeAttribute("aria-selected");
    const chosen = options[number];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.#box.setAttribute("aria-activedescendant", chosen.id);
    else this.#box.removeAttribute("aria-activedescendant");
  }
}

for (const box of document.querySelectorAll(".site-search input")) {
  const combobox = new Combobox(box);
  if (box === document.activeElement) combobox.update();
}
