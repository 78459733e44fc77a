// The search of a copy read from a folder: all words of all posts are in one object, archive,
// which archivist/search/files.py writes before these lines.

const groups = archive.words.map(([keys, posts]) => ({ keys, posts }));
const linkWords = new Set(archive.linkWords);

/** Return the numbers of the posts that have a word in any form, or else one that begins so. */
function findPosts(key) {
  const singular = key.replace(/(?<=..)[sx]$/, "");
  const tests = [(each) => each === key, (each) => each === singular, (each) => each.startsWith(key)];
  const found = tests.map((test) => groups.filter(({ keys }) => keys.some(test)));
  const first = found.find((some) => some.length) ?? [];
  return new Set(first.flatMap(({ posts }) => posts));
}

const readKeys = (text) =>
  splitWords(text)
    .map(({ key }) => key)
    .filter((key) => key && !linkWords.has(key));

/** Return the posts that have the most of these words, those that name more in their title first. */
function findBest(keys) {
  const found = keys.map(findPosts);
  const rated = archive.posts.map((post, number) => {
    const titleKeys = new Set(readKeys(post.title));
    return {
      ...post,
      words: found.filter((posts) => posts.has(number)).length,
      inTitle: keys.filter((key) => titleKeys.has(key)).length,
    };
  });
  const most = Math.max(0, ...rated.map(({ words }) => words));
  const best = rated.filter(({ words }) => words && words === most);
  // Newest first, where nothing else tells two posts apart.
  return { isFull: most === keys.length, posts: best.reverse().sort((a, b) => b.inTitle - a.inTitle) };
}

const showPost = ({ title, url, date, opening }) =>
  make(
    "li",
    { className: "result" },
    make("h2", { className: "result-title" }, make("a", { href: url }, title)),
    make("p", { className: "result-about" }, date),
    make("p", { className: "result-excerpt" }, opening),
  );

/** Say how many posts were found. */
function tell(text, { isFull, posts }) {
  const asked = `«\u00a0${text}\u00a0»`;
  if (!posts.length) return `Aucun résultat pour ${asked}`;
  const count = `${posts.length} ${posts.length > 1 ? "résultats" : "résultat"} pour ${asked}`;
  return isFull ? count : `${count}\u00a0: aucun billet ne contient tous ces mots, voici ceux qui s’en approchent.`;
}

const asked = (new URLSearchParams(location.search).get("q") ?? "").trim();
const keys = [...new Set(readKeys(asked))];
const status = document.getElementById("search-status");
if (keys.length) {
  const answer = findBest(keys);
  document.getElementById("recherche").value = asked;
  document.getElementById("search-results").append(...answer.posts.map(showPost));
  status.textContent = tell(asked, answer);
} else {
  status.textContent = "Tapez quelques mots dans le champ de recherche.";
}
