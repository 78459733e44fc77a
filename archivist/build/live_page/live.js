/* Reloads the page when it was built anew, and shows what is to correct over it. */

const BOX = "live-problems";
const ALL = "/_live/erreurs";
const MOST_SHOWN = 5;
/* The version of the site that this page is of; its kind, as a page of problems shows no box. */
const { version, kind } = document.currentScript.dataset;

function make(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function showProblems(problems) {
  document.getElementById(BOX)?.remove();
  if (problems.length === 0 || kind === "problems") return;
  const box = document.createElement("section");
  box.id = BOX;
  box.tabIndex = 0;
  box.setAttribute("role", "alert");
  const list = document.createElement("ul");
  list.append(...problems.slice(0, MOST_SHOWN).map((problem) => make("li", problem)));
  const link = make("a", "Toutes les erreurs, par fichier");
  link.href = ALL;
  box.append(
    make("h2", problems.length > 1 ? `${problems.length} erreurs à corriger` : "Une erreur à corriger"),
    make("p", "Ce qui est en faute reste comme il était ; tout le reste est à jour."),
    list,
    link,
  );
  document.body.append(box);
}

async function update(isTold) {
  const state = await (await fetch("/_live/problems.json")).json();
  const isOld = state.version !== version || (isTold && kind === "problems");
  if (isOld) location.reload();
  else showProblems(state.problems);
}

function listen(isAgain) {
  const socket = new WebSocket(`ws://${location.host}/_live/reload`);
  socket.onopen = () => isAgain && location.reload();
  socket.onmessage = () => update(true);
  // The server was stopped, or restarts.
  socket.onclose = () => setTimeout(() => listen(true), 1000);
}

function explainSearch() {
  const field = document.querySelector(".site-search input");
  const label = document.querySelector(".site-search label");
  if (!field || !label) return;
  label.textContent = "Rechercher : pas dans l’aperçu (make serve)";
  for (const part of field.form.elements) part.disabled = true;
}

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/_live/live.css";
document.head.append(style);
explainSearch();
update(false);
listen(false);
