// The page of the search: its address says what is asked, the list answers.

import { Facets, narrow, TITLES } from "./facets.js";
import { markWords } from "./fragment.js";
import { make } from "./nodes.js";
import { openEngine } from "./remote.js";

const STEP = 10;
const PAUSE = 150; // milliseconds without a key, before an answer to what is typed so far
const REST = 700; // before that answer is said aloud
const LONG = 300; // before it is told that an answer takes its time

const element = (id) => document.getElementById(id);
const box = element("search-box");
const list = element("search-results");
const status = element("search-status"); // what is said aloud
const counted = element("search-count"); // what is seen
const chips = element("search-chips");
const notices = element("search-notices");
const lists = element("search-lists"); // of posts, that the query may mean
const tools = element("search-tools");
const sort = element("search-sort");
const more = element("search-more");
const baseTitle = document.title;

let opened; // the engine, once asked for
let hasFailed = false;
let latest = 0; // the number of the last search; earlier ones are dropped
let shown = { pages: [], count: 0 };
let isTyped = false; // whether the entry of the history is what was typed so far

// -- The address ----------------------------------------------------------------

/** Return what the address asks. */
function readAddress() {
  const parameters = new URLSearchParams(location.search);
  return {
    text: parameters.get("q") ?? "",
    byDate: parameters.get("tri") === "date",
    asTyped: parameters.has("tel-quel"),
    labels: new Map(Object.keys(TITLES).map((name) => [name, parameters.getAll(name)])),
  };
}

/** Return the address that asks this. */
function writeAddress({ text, byDate, asTyped, labels }) {
  const parameters = new URLSearchParams();
  if (text) parameters.set("q", text);
  if (byDate) parameters.set("tri", "date");
  if (asTyped) parameters.set("tel-quel", "1");
  for (const [name, values] of labels) for (const value of values) parameters.append(name, value);
  const asked = parameters.toString();
  return asked ? `?${asked}` : location.pathname;
}

/** Ask something else; the back button returns to what was asked before, and not to what was half typed. */
function ask(changes, { isTyping = false } = {}) {
  const address = new URL(writeAddress({ ...readAddress(), ...changes }), location);
  const isSame = address.href === location.href;
  try {
    if (isTyped) history.replaceState(null, "", address);
    else if (!isSame) history.pushState(null, "", address);
  } catch {
    // Some browsers let no page of a folder change its address: it goes there, once all is typed.
    if (!isTyping) location.assign(address);
    return undefined;
  }
  isTyped = isTyping && (isTyped || !isSame);
  return answer();
}

/** Keep with the entry of the history how many results there are, and where the reader is. */
function keepPlace() {
  history.replaceState({ count: shown.count, y: scrollY }, "");
}

// -- The answer -----------------------------------------------------------------

const count = (number, one, many) => `${number.toLocaleString("fr")} ${number > 1 ? many : one}`;
const SUBSTITUTIONS = { corrected: "corrigé", completed: "complété", akin: "remplacé par un mot de la même famille" };
const quote = (text) => (/["“”„«»]/.test(text) ? text : `«\u00a0${text}\u00a0»`);

/** Return a link that asks something else. */
function linkTo(changes, text) {
  return make("a", { href: writeAddress({ ...readAddress(), ...changes }) }, text);
}

function showNotices({ query, pages }, left, asked) {
  const lines = query.substitutions.map(({ from, to, kind }) => [
    `${quote(from)} n’est dans aucun billet\u00a0; ${SUBSTITUTIONS[kind]}\u00a0: `,
    make("strong", {}, to.join(", ")),
    ". ",
    linkTo({ asTyped: true }, `Chercher ${quote(from)} tel quel`),
    ".",
  ]);
  if (query.akin?.length) lines.push([`Faute de mieux, des billets répondent par un mot de la même famille\u00a0: ${query.akin.map(quote).join(", ")}.`]);
  if (query.excluded.length) lines.push([`Sans les billets qui contiennent ${query.excluded.map(({ text }) => quote(text)).join(" ou ")}.`]);
  if (query.absent.length) {
    const verb = query.absent.length > 1 ? "ne sont" : "n’est";
    lines.push([`${query.absent.map(quote).join(", ")} ${verb} dans aucun billet.`]);
  } else if (!pages.length && query.terms.some(({ quoted }) => quoted)) {
    const words = asked.text.replace(/["“”„«»]/g, " ").trim();
    lines.push(["Aucun billet ne contient cette expression exacte. ", linkTo({ text: words }, "Chercher ces mots sans guillemets"), "."]);
  }
  if (query.linkWords.length) {
    const phrase = `«\u00a0${query.linkWords.join(" ")}\u00a0»`;
    lines.push(["Chercher l’expression exacte\u00a0: ", linkTo({ text: phrase }, phrase), "."]);
  }
  if (pages.length && !pages[0].isFull) {
    lines.push(["Aucun billet ne contient tous ces mots\u00a0; voici ceux qui s’en approchent."]);
  }
  if (pages.length && !left.length) {
    lines.push(["Les filtres choisis ne laissent aucun résultat\u00a0: retirez-en."]);
  }
  notices.replaceChildren(...lines.map((line) => make("p", { className: "search-notice" }, ...line)));
  if (asked.asTyped && query.absent.length) {
    notices.lastElementChild.append(" ", linkTo({ asTyped: false }, "Chercher des mots proches"), ".");
  }
}

/** Show the lists of posts that the query names: « Étiquette Jeunesse : 31 billets ». */
function showLists({ lists: named = [] }) {
  const items = named.map(({ url, name, count: posts }) => {
    const link = make("a", { href: new URL(`../../${url}`, import.meta.url).href }, name);
    return make("li", {}, link, `\u00a0: ${count(posts, "billet", "billets")}`);
  });
  lists.replaceChildren(...(items.length ? [make("ul", { className: "search-lists" }, ...items)] : []));
}

async function suggestWords(engine, { query }) {
  const words = await engine.suggest(query.absent.map((word) => word.toLowerCase()));
  if (!words.length) return;
  const links = words.flatMap((word, i) => [i ? ", " : "", linkTo({ text: word, asTyped: false }, word)]);
  notices.append(make("p", { className: "search-notice" }, "Mots proches\u00a0: ", ...links, "."));
}

let spoken; // what is to be said aloud

/** Tell something to the eye, and with more to screen readers once the typing rests. */
function tell(words, more = []) {
  counted.textContent = words;
  clearTimeout(spoken);
  spoken = setTimeout(() => (status.textContent = [words, ...more].join(". ")), isTyped ? REST : 0);
}

/** Tell how many answers there are, to which words, or that there is nothing to answer. */
function announce(pages, { text }, { linkWords, substitutions, terms, absent, excluded }) {
  const hasWords = terms.length || absent.length || excluded.length || !text.trim();
  if (linkWords.length) {
    const kind = linkWords.length > 1 ? "Mots" : "Mot";
    tell(`${kind} de liaison, que la recherche laisse de côté\u00a0: ${linkWords.map(quote).join(", ")}`);
  } else if (!hasWords) {
    tell(`Rien à chercher dans ${quote(text)}\u00a0: ni mot ni nombre`);
  } else {
    const amount = pages.length ? count(pages.length, "résultat", "résultats") : "Aucun résultat";
    const replaced = substitutions.map(({ from, to, kind }) => `${quote(from)}, ${SUBSTITUTIONS[kind]}\u00a0: ${to.join(", ")}`);
    tell(text.trim() ? `${amount} pour ${quote(text)}` : amount, replaced);
  }
}

/** Show the labels chosen, each to be taken away. */
function showChips({ labels }) {
  const chosen = [...labels].flatMap(([name, values]) => values.map((value) => [name, value]));
  const buttons = chosen.map(([name, value]) => {
    const left = new Map(labels).set(name, labels.get(name).filter((each) => each !== value));
    const chip = make("button", { type: "button", className: "chip" }, value);
    chip.setAttribute("aria-label", `Retirer le filtre ${TITLES[name]}\u00a0: ${value}`);
    chip.addEventListener("click", () => ask({ labels: left }));
    return chip;
  });
  if (buttons.length) {
    const all = make("button", { type: "button", className: "chip-all" }, "Tout effacer");
    all.addEventListener("click", () => ask({ labels: new Map() }));
    buttons.push(all);
  }
  chips.replaceChildren(...buttons);
}

async function fillResult(item, engine, page) {
  const { url, title, date, category, excerpt, sections } = await engine.show(page);
  const link = make("a", { href: markWords(url, excerpt) }, title);
  const about = [date, category].filter(Boolean).join(" · ");
  const extract = make("p", { className: "result-excerpt" });
  extract.append(...excerpt.map((text, i) => (i % 2 ? make("mark", {}, text) : text)));
  const links = sections.map(({ id, title: name, excerpt: own }) =>
    make("li", {}, make("a", { href: markWords(`${url}#${id}`, own) }, name)),
  );
  item.replaceChildren(
    make(page.isGuide ? "h3" : "h2", { className: "result-title" }, link),
    ...(about ? [make("p", { className: "result-about" }, about)] : []),
    extract,
    ...(links.length ? [make("ul", { className: "result-sections" }, ...links)] : []),
  );
}

/** Return where pages that are no posts are listed, after all posts. */
function findGuides() {
  const guides = list.querySelector("ol") ?? make("ol");
  if (!guides.isConnected) list.append(make("li", { className: "result-guides" }, make("h2", {}, "Pages du site"), guides));
  return guides;
}

/** Show some more of the pages found, in their order and each as it comes: nothing moves. */
async function showMore(engine, number, many = STEP) {
  const next = shown.pages.slice(shown.count, shown.count + many);
  const items = next.map(() => make("li", { className: "result" }));
  const filled = next.map((page, i) => fillResult(items[i], engine, page));
  // The first that fails tells for all.
  for (const each of filled) each.catch(() => {});
  more.hidden = true;
  for (const [i, item] of items.entries()) {
    await filled[i];
    if (number !== latest) return undefined;
    (next[i].isGuide ? findGuides() : list).append(item);
  }
  shown.count += next.length;
  more.hidden = shown.count >= shown.pages.length;
  list.setAttribute("aria-busy", "false");
  return items[0];
}

function clear() {
  list.replaceChildren();
  notices.replaceChildren();
  lists.replaceChildren();
  more.hidden = true;
}

function showNothingAsked() {
  clear();
  tools.hidden = true;
  tell("Tapez quelques mots dans le champ de recherche.");
  list.setAttribute("aria-busy", "false");
}

/**
 * Say that the index could not be read: whatever was shown may be but a part of the answer.
 *
 * A module that did not come is asked for again by another page only.
 */
function showFailure({ isOfModules }) {
  clear();
  tools.hidden = true;
  tell(
    "La recherche n’a pas pu se charger. Vérifiez votre connexion, puis réessayez\u00a0; " +
      "les archives et l’index des mots, ci-dessus, restent à votre disposition.",
  );
  const again = make("button", { type: "button", className: "search-again" }, "Réessayer");
  again.addEventListener("click", () => {
    if (isOfModules) return location.reload();
    box.focus();
    return answer();
  });
  notices.replaceChildren(again);
  list.setAttribute("aria-busy", "false");
  opened = undefined;
  hasFailed = true;
}

const facets = new Facets(element("search-facets"), element("search-facet-groups"), (labels) => ask({ labels }));

/** Answer what the address asks. */
async function answer() {
  const number = ++latest;
  const asked = readAddress();
  document.title = asked.text ? `${quote(asked.text)} – ${baseTitle}` : baseTitle;
  sort.value = asked.byDate ? "date" : "";
  if (document.activeElement !== box) box.value = asked.text;
  const isNarrowed = [...asked.labels.values()].some((values) => values.length);
  if (!asked.text.trim() && !isNarrowed) return showNothingAsked();
  list.setAttribute("aria-busy", "true");
  const place = history.state;
  const waiting = setTimeout(() => number === latest && tell("Recherche…"), LONG);
  try {
    opened ??= openEngine("large" in box.form.dataset, { isAnew: hasFailed });
    const engine = await opened;
    const found = await engine.search(asked.text, asked);
    const pages = isNarrowed
      ? narrow(found.pages, asked.labels, await engine.readFacets())
      : found.pages;
    clearTimeout(waiting);
    if (number !== latest) return undefined;
    clear();
    shown = { pages, count: 0 };
    announce(pages, asked, found.query);
    showNotices(found, pages, asked);
    showLists(found.query);
    tools.hidden = !found.pages.length;
    showChips(asked);
    if (!pages.length && found.query.absent.length) await suggestWords(engine, found);
    await showMore(engine, number, place?.count);
    if (number === latest && place) scrollTo({ top: place.y, behavior: "instant" });
    if (number === latest) facets.update(engine, found.pages, asked.labels);
  } catch (error) {
    clearTimeout(waiting);
    if (number === latest) showFailure(error);
  }
  return undefined;
}

// -- The keyboard ---------------------------------------------------------------

/** Return the links to the pages found, in order. */
const findLinks = () => [...list.querySelectorAll(".result-title a")];

function moveInList(event) {
  const links = findLinks();
  const here = links.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape" || event.key === "/" || (step === -1 && here === 0)) box.focus();
  else if (step && here >= 0) links[Math.min(here + step, links.length - 1)].focus();
  else return;
  event.preventDefault();
}

box.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown") return;
  const [first] = findLinks();
  if (!first) return;
  event.preventDefault();
  first.focus();
});
// The keys are the list's while the focus is in it: they take nobody's elsewhere.
list.addEventListener("keydown", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.altKey) moveInList(event);
});

// -- What the reader does -------------------------------------------------------

let pause;
box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => ask({ text: box.value, asTyped: false }, { isTyping: true }), PAUSE);
});
box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  ask({ text: box.value, asTyped: false });
});
sort.addEventListener("change", () => ask({ byDate: sort.value === "date" }));
more.addEventListener("click", async () => {
  list.setAttribute("aria-busy", "true");
  try {
    const first = await showMore(await opened, latest);
    first?.querySelector("a").focus();
  } catch {
    showFailure();
  }
});
addEventListener("pagehide", keepPlace);
addEventListener("popstate", () => {
  isTyped = false;
  box.value = readAddress().text;
  answer();
});

box.value = readAddress().text;
answer();
