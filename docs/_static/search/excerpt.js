// An extract of a page: its author's words around the places of an answer, which are marked.

import { splitWords } from "./words.js";

const LENGTH = 34; // words
const BEFORE = 6;

/** Return where the words of a text begin and end in it. */
export function locateWords(text) {
  const found = [];
  let at = 0;
  for (const { text: word, key } of splitWords(text)) {
    const start = text.indexOf(word, at);
    at = start + word.length;
    if (key) found.push({ start, end: at });
  }
  return found;
}

/** Return where to begin, after first, so that as many different places as possible are seen. */
function chooseStart(places, first, end) {
  const sorted = [...new Set(places)].filter((place) => place >= first).sort((a, b) => a - b);
  let best = { start: first, count: 0 };
  for (const place of sorted) {
    const count = sorted.filter((other) => other >= place && other < place + LENGTH - BEFORE).length;
    if (count > best.count) best = { start: place, count };
  }
  return Math.max(first, Math.min(best.start - BEFORE, end - LENGTH));
}

/** Return how many words a text has. */
export const countWords = (text) => splitWords(text).filter(({ key }) => key).length;

/** Return an extract of a text, its first words left out: what is around places of an answer, and in turn what is there. */
export function makeExcerpt(text, words, places, first) {
  if (words.length <= first) return [];
  const start = chooseStart(places, first, words.length);
  const end = Math.min(words.length, start + LENGTH);
  // Whole up to the spaces around, with the punctuation; a no-break space is none of them.
  let at = Math.max(...[" ", "\n"].map((space) => text.lastIndexOf(space, words[start].start))) + 1;
  const stop = words[end - 1].end + text.slice(words[end - 1].end).search(/[ \n]|$/);
  const parts = [];
  for (const place of [...new Set(places)].sort((a, b) => a - b)) {
    if (place < start || place >= end) continue;
    parts.push(text.slice(at, words[place].start), text.slice(words[place].start, words[place].end));
    at = words[place].end;
  }
  parts.push(text.slice(at, stop) + (end < words.length ? " …" : ""));
  if (start > first) parts[0] = `… ${parts[0]}`;
  return parts;
}
