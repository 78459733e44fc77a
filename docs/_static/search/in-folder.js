// How a file of the index is asked for in a copy that is read from a folder, where browsers refuse
// all reading but that of scripts: each file is one, which hands over its text.
// archivist/site/folder.py writes them, and puts this in the place of fetching.js.

const texts = new Map();
globalThis.handOver = (text) => texts.set(document.currentScript, text);

/** Return the text at an address; it throws where there is none. */
export function fetchText(address) {
  const script = Object.assign(document.createElement("script"), { src: `${address}.js` });
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => (texts.has(script) ? resolve(texts.get(script)) : reject(new Error(script.src))));
    script.addEventListener("error", () => reject(new Error(script.src)));
    document.head.append(script);
  }).finally(() => {
    texts.delete(script);
    script.remove();
  });
}
