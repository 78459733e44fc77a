// The other forms a French word may have, for those that are in no text as they were typed:
// « sportif » finds « sportives ». The lexicon says which of them there are.

const PLURAL = ["", "s"];
const withPlural = (...endings) => endings.flatMap((ending) => PLURAL.map((s) => ending + s));

// Endings that take one another's place. Accents are folded.
const FAMILIES = [
  withPlural("", "e"),
  ["u", "ux"],
  withPlural("al", "ale").concat("aux"),
  ["ail", "ails", "aux"],
  withPlural("if", "ive"),
  withPlural("teur", "trice", "teuse"),
  withPlural("eur", "euse").concat("eux"),
  withPlural("el", "elle"),
  withPlural("en", "enne"),
  withPlural("on", "onne"),
  withPlural("er", "ere"),
  withPlural("ic", "ique"),
  ["f", "fs", "ve", "ves"],
  // Verbs in -er, -ir and -re, and what is made from them.
  [
    ...withPlural("er", "e", "ee", "ant", "ante", "eur", "euse", "ation", "ateur", "atrice", "ement", "age"),
    ..."ent ons ez ait aient ais era erai erait eront eraient erons erez".split(" "),
  ],
  [...withPlural("ir", "i", "ie", "issant", "issante"), ..."it issent issait ira iront".split(" ")],
  [...withPlural("re", "u", "ue", "ant"), ..."ent ait aient ra ront ez ons".split(" "), ""],
];
// Pairs that have nothing in common but their sense.
const BY_HAND = { oeil: ["yeux"], yeux: ["oeil"] };
const SHORTEST_ROOT = 3;

/** Return what else a word may be: with the longest endings first, the surest. */
export function findOtherForms(word) {
  const found = [];
  for (const family of FAMILIES) {
    for (const ending of family) {
      const root = word.slice(0, word.length - ending.length);
      if (!word.endsWith(ending) || root.length < SHORTEST_ROOT) continue;
      found.push(...family.map((other) => ({ form: root + other, root: root.length })));
    }
  }
  found.sort((a, b) => b.root - a.root);
  const forms = [...(BY_HAND[word] ?? []), ...found.map(({ form }) => form)];
  return [...new Set(forms)].filter((form) => form !== word);
}
