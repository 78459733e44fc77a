// Which posts answer, and in what order: the index tells where each word is and how much it
// weighs there; here the words of a query are put together.

// A part may stand so much later than where it is looked for.
const SLACK = 1;
// Words this near to each other are said together.
const NEAR = 3;
// Of a long query with no full answer, what part an answer must hold, the rarest words first.
const ENOUGH = 0.5;
const LONG = 3;
// Of a long query, so many full answers are enough.
const ANSWERS = 3;
// With fewer full answers than this, words of the same family answer too.
const FEW = 10;
// How much more a page is worth where the words follow one another, or are as typed.
const ORDER = 5;
const AS_TYPED = 1.5;
// Or where the title, or headings, have them all: so much more a word weighs there.
const TITLE = { weight: 9, worth: 3 };
const HEADINGS = { weight: 1, worth: 1.5 };
// What a word of a label, a date or an address is worth, beside one said once in a text.
const TOLD = 1.5;
// A label on more than this share of the pages is but a word.
const MOST = 0.5;
// Where such words stand: before all words of a text, and as near to each other as they are.
const OUTSIDE = 2 ** 24;

/** Add a hit to a map of pages; of two on one page the stronger counts, the places of both. */
function addHit(pages, id, hit) {
  const known = pages.get(id);
  if (!known) pages.set(id, hit);
  else {
    const best = known.worth >= hit.worth ? known : hit;
    const heading = Math.max(known.heading, hit.heading);
    const akin = known.akin.length && hit.akin.length ? [...known.akin, ...hit.akin] : [];
    pages.set(id, { ...best, heading, akin, places: [...known.places, ...hit.places] });
  }
}

const isTold = (key) => /[&@]$/.test(key);

/** Return the pages that a form of a word is told of, as a label or a date is. */
async function findTold({ key, weight }, index) {
  const pages = await index.find(isTold(key) ? key : `${key}&`);
  const worth = weight * TOLD * index.rate(pages.size);
  const toOutside = ({ places }) => places.map((place) => place - OUTSIDE);
  return Array.from(pages, ([id, hit]) => [id, { worth, heading: 0, akin: [], places: toOutside(hit), weight }]);
}

/** Return the pages with a part in any of its forms; widely, also in those of its family. */
async function findPart({ forms, far }, index, { widely, quoted }) {
  const sought = widely ? [...forms, ...far] : forms;
  const found = await Promise.all(sought.map(({ key }) => (isTold(key) ? new Map() : index.find(key))));
  const inAnyForm = new Set(found.slice(0, forms.length).flatMap((hits) => [...hits.keys()]));
  const pages = new Map();
  sought.forEach(({ key, weight }, i) => {
    // The word as it was typed is worth what it is itself, the rarer the more.
    const rarity = index.rate(i === 0 ? found[i].size : inAnyForm.size);
    for (const [id, { strength, ...hit }] of found[i]) {
      addHit(pages, id, { ...hit, worth: weight * strength * rarity, weight, akin: i < forms.length ? [] : [key] });
    }
  });
  const told = quoted ? [] : (await Promise.all(forms.map((form) => findTold(form, index)))).flat();
  // What most pages are told of tells them apart no more than what they say.
  const isTelling = told.length < MOST * index.count || ![...pages.keys()].some((id) => index.isPost(id));
  if (isTelling) for (const [id, hit] of told) addHit(pages, id, { ...hit, worth: hit.worth + (pages.get(id)?.worth ?? 0) });
  return pages;
}

/** Return the places where the parts stand in order on one page; exactly, as they are written. */
function alignParts(hits, parts, odd) {
  const slack = odd ? 0 : SLACK;
  const [first, ...rest] = hits.map((hit) => hit.places);
  const found = [];
  for (const start of first) {
    const follow = rest.map((places, i) => {
      const due = start + parts[i + 1].at - parts[0].at;
      return places.find((place) => place >= due && place <= due + slack);
    });
    const places = [start, ...follow];
    const isWritten = !odd || places.every((place, i) => odd.has(place) === parts[i].isOdd);
    if (isWritten && !follow.includes(undefined)) found.push(...places);
  }
  return found;
}

/** Return the pages where all parts of a way follow one another. */
async function findWay({ parts, weight, isExact }, index, how) {
  const [oddWords, ...found] = await Promise.all([
    isExact ? index.findOdd() : undefined,
    ...parts.map((part) => findPart(part, index, how)),
  ]);
  const pages = new Map();
  for (const [id, hit] of found[0] ?? []) {
    const hits = found.map((hitsOf) => hitsOf.get(id));
    if (hits.includes(undefined)) continue;
    const odd = oddWords && new Set(oddWords.get(id)?.places);
    const places = hits.length > 1 || odd ? alignParts(hits, parts, odd) : hit.places;
    // As much as one word: an acronym is worth what it stands for.
    const worth = (weight * hits.reduce((sum, each) => sum + each.worth, 0)) / hits.length;
    const heading = Math.min(...hits.map((each) => each.heading));
    const akin = hits.flatMap((each) => each.akin);
    if (places.length) pages.set(id, { worth, heading, akin, places, weight: hit.weight * weight });
  }
  return pages;
}

async function findTerm({ ways, quoted }, index, widely) {
  const pages = new Map();
  for (const found of await Promise.all(ways.map((way) => findWay(way, index, { widely, quoted })))) {
    for (const [id, hit] of found) addHit(pages, id, hit);
  }
  return pages;
}

/** Return from 0 to 1 how near to each other, and in order, two terms stand on a page. */
function rateNearness(one, other) {
  let best = Infinity;
  for (const place of one) {
    for (const next of other) {
      const distance = next > place ? next - place : place - next + 1;
      best = Math.min(best, distance);
    }
  }
  if (best <= 1) return 1;
  return best <= NEAR ? 1 - (best - 1) / NEAR : 0;
}

function rateOrder(hits) {
  const present = hits.filter(Boolean);
  if (present.length < 2) return 0;
  let sum = 0;
  for (let i = 1; i < present.length; i++) {
    sum += rateNearness(present[i - 1].places, present[i].places);
  }
  return sum / (present.length - 1);
}

/** Return how much more a page is worth whose title or headings have all that is asked. */
function rateHeadings(hits, terms) {
  const least = Math.min(...hits.map((hit, i) => (terms[i].optional ? Infinity : (hit?.heading ?? 0))));
  return [TITLE, HEADINGS].find(({ weight }) => least >= weight)?.worth ?? 1;
}

/** Return what is known of each page that has any term. */
function gatherPages(found, terms, index) {
  const rarities = found.map((pages) => index.rate(pages.size));
  const all = rarities.reduce((sum, rarity, i) => sum + (terms[i].optional ? 0 : rarity), 0);
  const ids = new Set(found.flatMap((pages) => [...pages.keys()]));
  return Array.from(ids, (id) => {
    const hits = found.map((pages) => pages.get(id));
    const held = hits.reduce((sum, hit, i) => sum + (hit && !terms[i].optional ? rarities[i] : 0), 0);
    const worth = hits.reduce((sum, hit) => sum + (hit?.worth ?? 0), 0);
    const share = all ? held / all : 1;
    const isTyped = hits.every((hit, i) => terms[i].optional || hit?.weight === 1);
    return {
      number: id,
      isGuide: !index.isPost(id),
      share,
      score: worth * (1 + ORDER * rateOrder(hits)) * rateHeadings(hits, terms) * (isTyped ? AS_TYPED : 1) * share ** 2,
      isFull: hits.every((hit, i) => hit || terms[i].optional),
      akin: hits.flatMap((hit, i) => (terms[i].optional ? [] : (hit?.akin ?? []))),
      hasPhrases: hits.every((hit, i) => hit || !terms[i].quoted),
      places: hits.flatMap((hit) => hit?.places ?? []).filter((place) => place >= 0),
    };
  });
}

/** Keep the pages that answer: all words; failing that, or in few answers to many words, the most there is. */
function choosePages(pages, terms) {
  const possible = pages.filter((page) => page.hasPhrases);
  const full = possible.filter((page) => page.isFull);
  if (full.length && (terms.length < LONG || full.length >= ANSWERS)) return full;
  const others = possible.filter((page) => !page.isFull);
  const best = Math.max(0, ...others.map((page) => page.share));
  return [...full, ...others.filter((page) => page.share >= ENOUGH * best)];
}

/** Return the numbers of the pages that say what is not wanted. */
export async function findUnwanted({ excluded }, index) {
  const found = await Promise.all(excluded.map((term) => findTerm(term, index, false)));
  return new Set(found.flatMap((pages) => [...pages.keys()]));
}

/** Return the posts that answer, and other pages that say all that is asked; failing those, any page. */
async function findPages({ terms }, index, { unwanted, widely }) {
  const found = await Promise.all(terms.map((term) => findTerm(term, index, widely)));
  const pages = gatherPages(found, terms, index).filter(({ number }) => !unwanted.has(number));
  const posts = choosePages(pages.filter(({ isGuide }) => !isGuide), terms);
  const guides = choosePages(pages.filter(({ isGuide }) => isGuide), terms);
  return [...posts, ...guides.filter(({ isFull }) => isFull || !posts.length)];
}

const newestFirst = (a, b) => b.number - a.number;
const bestFirst = (a, b) => b.isFull - a.isFull || b.score - a.score || newestFirst(a, b);

/** Return the wanted posts whose title or whose date a query is, by their numbers. */
export async function findNamed({ wholes }, index, unwanted) {
  const found = await Promise.all(wholes.map((key) => index.find(`${key}@`)));
  return new Set(found.flatMap((pages) => [...pages.keys()]).filter((number) => !unwanted.has(number)));
}

/** Return pages with those first that the query names. */
function putFirst(named, pages) {
  const others = pages.filter(({ number }) => !named.has(number));
  const known = new Map(pages.map((page) => [page.number, page]));
  const first = Array.from(named, (number) => ({ number, isGuide: false, places: [], ...known.get(number), isFull: true, akin: [], score: Infinity }));
  return [...first, ...others];
}

/**
 * Return the pages that answer a query, best or newest first, those that are no posts after all
 * posts; each with the words akin to those asked by which alone it does.
 */
export async function rankPages(query, index, { byDate, named, unwanted }) {
  const pages = await chooseAll(query, index, { byDate, named, unwanted });
  const inOrder = byDate ? newestFirst : bestFirst;
  return pages.sort((a, b) => a.isGuide - b.isGuide || inOrder(a, b));
}

async function chooseAll(query, index, { byDate, named, unwanted }) {
  const pages = putFirst(named, await findPages(query, index, { unwanted }));
  const full = pages.filter((page) => page.isFull);
  if (full.length >= FEW) return byDate ? full : pages;
  // In the order of dates nothing puts what is far-fetched last: it is shown for want of better.
  if (byDate && full.length) return full;
  return putFirst(named, await findPages(query, index, { unwanted, widely: true }));
}
