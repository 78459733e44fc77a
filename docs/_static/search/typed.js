// What was typed, in parts: phrases in quotes, what is not wanted, and the other words.

import { splitWords } from "./words.js";

const LONGEST = 1000; // signs
const MOST_WORDS = 24;
// « phrase », -"phrase"
const QUOTED = /((?<!\S)[-−])?["“”„«]\s*([^"“”„«»]+?)\s*["“”»]/g;
// -mot, but not e-mail
const UNWANTED = /(?<!\S)[-−]([^\s-]\S*)/g;

const cut = (text) =>
  splitWords(text)
    .filter((token) => token.key)
    .slice(0, MOST_WORDS);

/**
 * Return {phrases, unwanted, words, wanted}: the tokens of each phrase, {text, tokens, isExact} of
 * what is not wanted, the other tokens and the text they are from.
 */
export function partQuery(text) {
  const short = text.slice(0, LONGEST);
  const quoted = [...short.matchAll(QUOTED)].map(([, minus, phrase]) => ({ minus, text: phrase, tokens: cut(phrase), isExact: true }));
  const unquoted = short.replace(QUOTED, " ");
  const words = [...unquoted.matchAll(UNWANTED)].map(([, word]) => ({ text: word, tokens: cut(word), isExact: false }));
  const wanted = unquoted.replace(UNWANTED, " ");
  return {
    phrases: quoted.filter(({ minus, tokens }) => !minus && tokens.length).map(({ tokens }) => tokens),
    unwanted: [...quoted.filter(({ minus }) => minus), ...words].filter(({ tokens }) => tokens.length),
    words: cut(wanted),
    wanted,
  };
}
