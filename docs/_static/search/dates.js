// The dates that a query says: « novembre 2017 », « nov. 2017 », « 11/2017 », « été 2018 ».

const MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split(" ");
const SEASONS = ["printemps", "ete", "automne", "hiver"];
const YEAR = /^\d{4}$/;
const DAY = /^(?:0?[1-9]|[12]\d|3[01])(?:er)?$/;

/** Return the month that a word is or begins: « nov ». */
function findMonth(word) {
  const found = MONTHS.filter((month) => month.startsWith(word));
  return word.length > 2 && found.length === 1 ? found[0] : undefined;
}

/** Return the month of a number that is glued to another: « 11/ ». */
const numberMonth = (word) => (/^\d\d?$/.test(word) ? MONTHS[word - 1] : undefined);

function name(day, month, year) {
  const list = month + year;
  return { key: day ? `${Number.parseInt(day, 10)}${list}` : list, list };
}

/** Return the date before and with a year, and how many words it has before that. */
function readBefore(before, day, year) {
  if (!before) return undefined;
  if (SEASONS.includes(before.key)) return { ...name("", before.key, year.key), length: 1 };
  const glued = year.glued ? numberMonth(before.key) : undefined;
  const month = glued ?? findMonth(before.key);
  if (!month) return undefined;
  const isDay = day && DAY.test(day.key) && (!glued || before.glued);
  return { ...name(isDay ? day.key : "", month, year.key), length: isDay ? 2 : 1 };
}

/** Return the date after and with a year: « 2017-11-10 ». */
function readAfter(year, after, day) {
  const month = after?.glued ? numberMonth(after.key) : undefined;
  if (!month) return undefined;
  const isDay = day?.glued && DAY.test(day.key);
  return { ...name(isDay ? day.key : "", month, year.key), length: isDay ? 2 : 1 };
}

/** Return the dates in tokens: {key, list, tokens}, with what the index and the list are named by. */
export function findDates(tokens) {
  return tokens.flatMap((year, i) => {
    if (!YEAR.test(year.key)) return [];
    const before = readBefore(tokens[i - 1], tokens[i - 2], year);
    if (before) return [{ ...before, tokens: tokens.slice(i - before.length, i + 1) }];
    const after = readAfter(year, tokens[i + 1], tokens[i + 2]);
    return after ? [{ ...after, tokens: tokens.slice(i, i + after.length + 1) }] : [];
  });
}
