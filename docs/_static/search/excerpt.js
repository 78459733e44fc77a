// The text of a page as its author wrote it, from the copy Pagefind holds: the marks that
// archivist/search/marks.py made are undone, and the places of an answer are shown.

const LENGTH = 34; // words
const BEFORE = 6;

/** Return the text of some words of a copy. */
export function restore(words) {
  return words
    .join(" ")
    .replaceAll("| ", "")
    .replaceAll("_", "")
    .replace(/\|$/, "")
    .replace(/(o)(e)\u034f/gi, (_, o) => (o === "O" ? "Œ" : "œ"))
    .replace(/(a)(e)\u034f/gi, (_, a) => (a === "A" ? "Æ" : "æ"))
    .replace(/[\ue000-\uf8ff]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xe000))
    .replace(/ (?=[;!?%€])/g, "\u202f")
    .replace(/ (?=[:»])|(?<=«) /g, "\u00a0");
}

export const splitCopy = (content) => content.split(/\s+/);

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

/** Return an extract of a copy, its first words left out, with the places of an answer marked. */
export function makeExcerpt(content, places, first) {
  const words = splitCopy(content);
  const start = chooseStart(places, first, words.length);
  const end = Math.min(words.length, start + LENGTH);
  const nodes = [start > first ? "… " : ""];
  const marked = new Set(places);
  let run = [];
  const flush = () => {
    // A space stands between two runs, unless the copy says that there was none.
    const isCut = run.at(-1)?.endsWith("|");
    if (run.length) nodes.push(restore(run) + (isCut ? "" : " "));
    run = [];
  };
  for (let i = start; i < end; i++) {
    if (!marked.has(i)) {
      run.push(words[i]);
      continue;
    }
    flush();
    nodes.push(...markWord(words[i]));
  }
  flush();
  if (end < words.length) nodes.push("…");
  return nodes;
}

/** Return a word within <mark>, the punctuation and the space around it outside. */
function markWord(word) {
  const [, before, inside, after] = /^(\P{L}*?(?=[\p{L}\p{N}]))?(.*_)(.*)$/u.exec(word) ?? [, "", word, ""];
  const mark = document.createElement("mark");
  mark.textContent = restore([inside]);
  return [restore([before ?? ""]), mark, after.endsWith("|") ? restore([after]) : `${restore([after])} `];
}
