"use strict";

// WordPress answered at /?p=148. A static host serves the home page there, so the way to the
// post is looked up in a table that the build writes.

const scriptUrl = document.currentScript.src;

/** Return the WordPress part of the address, as the table names it ("p=148"), or nothing. */
function findOldQuery() {
  const parameters = new URLSearchParams(location.search);
  const name = ["p", "page_id", "attachment_id", "cat"].find((each) => parameters.has(each));
  return name && `${name}=${parameters.get(name)}`;
}

async function followOldAddress() {
  const query = findOldQuery();
  if (!query) return;
  const answer = await fetch(new URL("old-addresses.json", scriptUrl));
  const pages = await answer.json();
  if (Object.hasOwn(pages, query)) location.replace(new URL(`../${pages[query]}`, scriptUrl));
}

followOldAddress();
