// How a file of the index is asked for, where a host serves the site.

const PATIENCE = 20_000; // milliseconds

/** Return the text at an address; it throws where there is none. */
export async function fetchText(address, cache) {
  const answer = await fetch(address, { cache, signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}
