// Addresses that mark the words found on the page they open: https://wicg.github.io/scroll-to-text-fragment/
// A browser that does not know them, or does not find the words, opens the page as ever.

const MOST = 6;
const AROUND = 3; // words before, or after, that tell this place from others with the same words

// « - » has a sense of its own there.
const encode = (text) => encodeURIComponent(text.trim()).replaceAll("-", "%2D");

/** Return what is found, with what stands around it; words with but a space between are one. */
function joinMarks(excerpt) {
  const marks = [];
  for (let i = 1; i < excerpt.length; i += 2) {
    const [before, text, after] = excerpt.slice(i - 1, i + 2);
    const last = marks.at(-1);
    if (last && /^[ \u00a0\u202f'’-]+$/.test(before)) Object.assign(last, { text: last.text + before + text, after });
    else marks.push({ before, text, after });
  }
  return marks;
}

// Browsers match whole words, as « l’innovation » is: what is glued to the words found.
const GLUED_BEFORE = /(?:[\p{L}\p{N}]+['’ʼ.·:_]?)*$/u;
const GLUED_AFTER = /^(?:['’ʼ.·:_]?[\p{L}\p{N}]+)*/u;

function takeWhole({ before, text, after }) {
  const [first] = GLUED_BEFORE.exec(before);
  const [last] = GLUED_AFTER.exec(after);
  return { before: before.slice(0, before.length - first.length), text: first + text + last, after: after.slice(last.length) };
}

/** Return text=before-,words or text=words,-after, both of one block. */
function direct({ before, text, after }) {
  const words = before.split("\n").at(-1).trim().split(/\s+/).slice(-AROUND).join(" ");
  if (/[\p{L}\p{N}]/u.test(words) && !words.startsWith("…")) return `text=${encode(words)}-,${encode(text)}`;
  const next = after.split("\n")[0].trim().split(/\s+/).slice(0, AROUND).join(" ");
  return `text=${encode(text)}${/^[\p{L}\p{N}]/u.test(next) && !next.includes("…") ? `,-${encode(next)}` : ""}`;
}

/** Return an address, of a part of a page or of all, where what is found in an excerpt is marked. */
export function markWords(url, excerpt) {
  const found = joinMarks(excerpt).slice(0, MOST).map(takeWhole).map(direct);
  if (!found.length) return url;
  return `${url}${url.includes("#") ? "" : "#"}:~:${found.join("&")}`;
}
