// On the page that says an address leads nowhere: what the words of the address find.

import { make } from "./nodes.js";
import { openEngine } from "./remote.js";

const MOST = 5;

/** Return the words of the address, without the years and endings that addresses have. */
function readAddress() {
  const path = decodeURIComponent(location.pathname).replace(/\.\w+$/, "");
  const words = path.split(/[^\p{L}\p{N}]+/u).filter((word) => word && !/^\d+$/.test(word));
  return words.join(" ");
}

async function proposePages(text) {
  // The page is read before the index.
  await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve));
  const engine = await openEngine(true);
  const { pages } = await engine.search(text);
  // What has but some of the words may be about anything.
  const near = pages.filter(({ isFull }) => isFull).slice(0, MOST);
  const found = await Promise.all(near.map((page) => engine.show(page)));
  if (!found.length) return;
  const items = found.map(({ url, title, date }) =>
    make("li", {}, make("a", { href: url }, title), ...(date ? [` (${date.replaceAll(" ", "\u00a0")})`] : [])),
  );
  const all = new URL("../../search.html", import.meta.url);
  all.search = new URLSearchParams({ q: text });
  document.querySelector(".page").append(
    make("h2", {}, "Peut-être cherchiez-vous"),
    make("ol", { id: "not-found-results" }, ...items),
    make("p", {}, make("a", { href: all }, "Tous les résultats pour les mots de cette adresse")),
  );
}

/** Return addresses that a wrong one may stand for: in small letters, or of the list that it is a page of. */
function* guessAddresses() {
  const path = location.pathname.toLowerCase();
  if (path !== location.pathname) yield path;
  const list = path.replace(/\/page\/\d+\/?$/, "/");
  if (list !== path) yield list;
}

async function proposeAddress() {
  for (const address of guessAddresses()) {
    const { ok } = await fetch(address, { method: "HEAD" });
    if (!ok) continue;
    const link = make("a", { href: address }, address);
    document.querySelector(".page h1").after(make("p", { id: "not-found-nearest" }, "La page la plus proche\u00a0: ", link));
    return;
  }
}

try {
  await proposeAddress();
  const text = readAddress();
  if (text) await proposePages(text);
} catch {
  // The page says already where else to look.
}
