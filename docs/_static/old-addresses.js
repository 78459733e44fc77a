"use strict";

// WordPress answered at /?p=148. A static host serves the home page there, so the way to the
// post is looked up in a table that the build writes, where several blogs have each their host.

const { src: scriptUrl, dataset } = document.currentScript;
const root = new URL("../", scriptUrl);
const parameters = new URLSearchParams(location.search);
// What a query may ask for, the one that says most first: QUERIES of old.py.
const NAMES = ["p", "page_id", "attachment_id", "cat", "author", "lang"];
// What a query by name asks for, and the folder that has it: LABELS of site/hosts/old.py.
const LABELS = { tag: "tag", category_name: "category", author_name: "author" };
// What stood below any address: BELOW of site/hosts/old.py.
const BELOW = /(?<=\/)(?:(?:page\/|comment-page-)[0-9]+|[0-9]{1,2}|feed(?:\/[a-z0-9]+)?|amp|embed|trackback)\/?$/;

function readPath() {
  const path = location.pathname.slice(root.pathname.length);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Return what the table may call this address, the closest first. */
function listNames() {
  const host = `https://${location.hostname.replace(/^www\./, "")}/`;
  const queries = NAMES.filter((name) => parameters.has(name)).map(
    (name) => `?${name}=${parameters.get(name)}`,
  );
  const paths = [...new Set([readPath(), ""])];
  const asked = queries.flatMap((query) => paths.map((path) => path + query));
  return [...asked.map((each) => host + each), ...asked, host + readPath()].map((name) =>
    name.replace(/^\?/, ""),
  );
}

/** Return where what needs no table leads: words, a month, a label, what this was below. */
function findPlace() {
  const [, year, month] = /^(\d{4})(\d\d)?/.exec(parameters.get("m")) ?? [];
  if (year) return month ? `${year}/${month}/` : `${year}/`;
  const text = parameters.get("s");
  if (text) return `search.html?${new URLSearchParams({ q: text })}`;
  const label = Object.keys(LABELS).find((each) => parameters.get(each));
  return label && `${LABELS[label]}/${encodeURIComponent(parameters.get(label))}/`;
}

async function followOldAddress() {
  const isLost = "lost" in dataset;
  if (location.search || isLost) {
    const answer = await fetch(new URL("old-addresses.json", scriptUrl));
    const pages = await answer.json();
    const name = listNames().find((each) => Object.hasOwn(pages, each));
    const place = name === undefined ? findPlace() : pages[name];
    if (place !== undefined) return location.replace(new URL(place, root));
  }
  if (isLost && BELOW.test(location.pathname)) {
    const above = location.pathname.replace(BELOW, "").replace(/(?<=\.html)\/$/, "");
    return location.replace(above.replace(/^\/+/, "/"));
  }
  if (dataset.otherwise) return location.replace(dataset.otherwise);
}

followOldAddress();
