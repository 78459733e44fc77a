// On the page that says an address leads nowhere: what the words of the address find.

import { Engine } from "./engine.js";
import { make } from "./nodes.js";

const MOST = 5;

/** Return the words of the address, without the years and endings that addresses have. */
function readAddress() {
  const path = decodeURIComponent(location.pathname).replace(/\.\w+$/, "");
  const words = path.split(/[^\p{L}\p{N}]+/u).filter((word) => word && !/^\d+$/.test(word));
  return words.join(" ");
}

async function proposePages(text) {
  const engine = await Engine.open();
  const { pages } = await engine.search(text);
  const found = await Promise.all(pages.slice(0, MOST).map((page) => engine.show(page)));
  if (!found.length) return;
  const items = found.map(({ url, title, date }) =>
    make("li", {}, make("a", { href: url }, title), ...(date ? [` (${date})`] : [])),
  );
  const all = new URL("../../search.html", import.meta.url);
  all.search = new URLSearchParams({ q: text });
  document.querySelector(".page").append(
    make("h2", {}, "Peut-être cherchiez-vous"),
    make("ol", { id: "not-found-results" }, ...items),
    make("p", {}, make("a", { href: all }, "Tous les résultats pour les mots de cette adresse")),
  );
}

try {
  const text = readAddress();
  if (text) await proposePages(text);
} catch {
  // The page says already where else to look.
}
