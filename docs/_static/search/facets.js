// The facets of a search: years, blogs, categories, tags and authors, with what each would leave.

import { make } from "./nodes.js";

// The name of each facet in an address, and what readers call it.
export const TITLES = { annee: "Année", blog: "Blog", categorie: "Catégorie", etiquette: "Étiquette", auteur: "Auteur" };
const FEW = 8;

export class Facets {
  #panel;
  #groups;
  #choose;
  #due; // what to show, once the panel is open

  /** choose is called with the labels chosen, by facet. */
  constructor(panel, groups, choose) {
    this.#panel = panel;
    this.#groups = groups;
    this.#choose = choose;
    panel.open = matchMedia("(min-width: 68.75rem)").matches;
    panel.addEventListener("toggle", () => this.#show());
    groups.addEventListener("change", () => this.#choose(this.#readChoice()));
  }

  /** Show the facets of these pages: now, or when the panel is opened. */
  update(engine, pages, labels) {
    this.#due = { engine, pages, labels };
    if ([...labels.values()].some((values) => values.length)) this.#panel.open = true;
    return this.#show();
  }

  async #show() {
    if (!this.#panel.open || !this.#due) return;
    const due = this.#due;
    const facets = await due.engine.readFacets().catch(() => undefined);
    if (due !== this.#due) return;
    if (!facets) {
      this.#showFault();
      return;
    }
    const focused = document.activeElement?.id;
    const fieldsets = Object.keys(TITLES)
      .filter((name) => facets.has(name))
      .map((name) => this.#makeFacet(name, facets, due));
    const telling = fieldsets.filter(Boolean);
    this.#groups.replaceChildren(...(telling.length ? telling : [make("p", {}, "Aucun filtre ne réduirait cette liste.")]));
    if (focused) document.getElementById(focused)?.focus();
  }

  #showFault() {
    const again = make("button", { type: "button", className: "search-again" }, "Réessayer");
    again.addEventListener("click", () => this.#show());
    this.#groups.replaceChildren(make("p", {}, "Les filtres n’ont pas pu se charger.", " ", again));
  }

  #readChoice() {
    const choice = new Map(Object.keys(TITLES).map((name) => [name, []]));
    for (const { name, value } of this.#groups.querySelectorAll("input:checked")) {
      choice.get(name).push(value);
    }
    return choice;
  }

  #makeFacet(name, facets, { pages, labels }) {
    const left = new Set(keepOthers(name, pages, labels, facets).map(({ number }) => number));
    const chosen = labels.get(name);
    const values = [...facets.get(name)]
      .map(([value, numbers]) => ({ value, pages: [...numbers].filter((number) => left.has(number)).length }))
      .filter(({ value, pages: number }) => number || chosen.includes(value));
    const posts = [...left].filter((number) => [...facets.get("annee").values()].some((numbers) => numbers.has(number))).length;
    const isTelling = chosen.length || values.some((value) => value.pages < posts);
    if (!isTelling) return undefined;
    values.sort((a, b) => (name === "annee" ? b.value - a.value : b.pages - a.pages || a.value.localeCompare(b.value, "fr")));
    const items = values.map((each, i) => makeChoice(name, each, chosen.includes(each.value), i));
    const rest = items.slice(FEW);
    return make(
      "fieldset",
      { className: "facet" },
      make("legend", {}, TITLES[name]),
      ...items.slice(0, FEW),
      ...(rest.length ? [make("details", {}, make("summary", {}, `${rest.length} de plus`), ...rest)] : []),
    );
  }
}

/** Keep the pages that bear one of the chosen labels of each facet. */
export function narrow(pages, labels, facets) {
  const chosen = [...labels].filter(([, values]) => values.length);
  return pages.filter(({ number }) =>
    chosen.every(([name, values]) => values.some((value) => facets.get(name)?.get(value)?.has(number))),
  );
}

/** Keep the pages that the other facets leave. */
function keepOthers(name, pages, labels, facets) {
  const others = [...labels].filter(([other]) => other !== name);
  return narrow(pages, others, facets);
}

function makeChoice(name, { value, pages }, checked, number) {
  const input = make("input", { type: "checkbox", name, value, checked, id: `facet-${name}-${number}` });
  const amount = make("span", { className: "count" }, pages.toLocaleString("fr"));
  return make("label", { className: "facet-choice" }, input, ` ${value} `, amount);
}
