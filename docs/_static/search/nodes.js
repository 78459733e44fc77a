// Elements made of text: nothing that a reader or a post wrote is ever read as HTML.

/** Return a new element with properties and children, strings being text. */
export function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
