// French text as words to search, by the rules of archivist/search/tokenizer.py: what the index
// has cut must be cut alike in a query. tests/data/words.json holds both to them.

const ELIDED = "jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst]";
const ENDINGS = "esse|euse|ienne|onne|elle|ère|rice|trice|ne|te|le|fe|ve|se|es|e";
const APOSTROPHES = "['’ʼ]";
const DOTS = "[·•‧⋅]";
// « lʼeau » with a sign that Unicode takes for a letter.
const ALNUM = "(?:(?!ʼ)[\\p{L}\\p{N}])";
const ALPHA = "(?:(?!ʼ)\\p{L})";

const TOKEN = new RegExp(
  [
    `(?<initials>(?<!${ALNUM})(?:${ALPHA}\\.){2,}(?:${ALPHA}(?!${ALNUM}))?` +
      `|(?<!${ALNUM})${ALPHA}[&.]${ALPHA}(?!${ALNUM}))`,
    `(?<sign>(?<!${ALNUM})${ALPHA}(?:\\+\\+|[+#](?!${ALNUM}))|(?<![\\p{L}\\p{N}_.])\\.net(?!${ALNUM}))`,
    `(?<stem>${ALPHA}{2,}?)(?:${DOTS}(?:${ENDINGS})(?:${DOTS}?s)?(?!${ALNUM})` +
      `|\\((?:${ENDINGS})\\)s?(?!${ALNUM})|\\.(?:${ENDINGS})\\.s(?!${ALNUM}))`,
    `(?<elided>(?<!${ALNUM})(?:${ELIDED})${APOSTROPHES}(?=${ALNUM}))`,
    `(?<word>${ALNUM}+(?:${APOSTROPHES}${ALNUM}+)*)`,
    "(?<other>\\S)",
  ].join("|"),
  "giu",
);
const CAMEL = /(?<=[a-zß-öø-ÿœ])(?=[A-ZÀ-ÖØ-ÞŒ])/u;
const MOST_PARTS = 5;

/** Return text in small letters, without accents, ligatures undone. */
export function fold(text) {
  const plain = text.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ʼ", "’");
  return plain.normalize("NFD").replace(/\p{M}/gu, "");
}

const toKey = (text) => fold(text).replace(/[^\p{L}\p{N}]/gu, "");

function* readChunk(chunk) {
  for (const { 0: text, groups } of chunk.matchAll(TOKEN)) {
    if (groups.stem) yield [text, toKey(groups.stem + (/s$/i.test(text) ? "s" : ""))];
    else if (groups.sign) yield [text, fold(text)];
    else if (groups.word) for (const part of text.split(CAMEL)) yield [part, toKey(part)];
    else yield [text, groups.other ? "" : toKey(text)];
  }
}

/** Return the tokens of text: {text, key, glued}, glued where no space stood before. */
export function splitWords(text) {
  const chunks = text.normalize("NFC").split(/\s+/).filter(Boolean);
  return chunks.flatMap((chunk) =>
    Array.from(readChunk(chunk), ([shown, key], position) => ({
      text: shown,
      key,
      glued: position > 0,
    })),
  );
}

/** Tell whether a token is written otherwise than its key: « élu(e)s », « C# ». */
export const isOdd = ({ text }) => /[^\p{L}\p{N}_'’ʼ]/u.test(text);

/** Tell whether a token is an article or the like before a vowel: « l’ ». */
export const isElided = ({ text, key }) => Boolean(key) && /['’ʼ]$/.test(text);

/** Return the runs of glued words, as arrays of tokens, an article at the start left out. */
export function findCompounds(tokens, isSearched) {
  const runs = [[]];
  for (const token of tokens) {
    if (!token.glued || (!runs.at(-1).length && isSearched(token))) runs.push([]);
    const run = runs.at(-1);
    if (token.key && (run.length || !isElided(token))) run.push(token);
  }
  return runs.filter((run) => run.length > 1 && run.length <= MOST_PARTS);
}
