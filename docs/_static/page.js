"use strict";

// What HTML alone cannot: load what a page needs where its address asks for something, and what a search proposes; keep
// the reader's choice of light, dark or as the system says, set before the page is painted; close the menu when the
// focus goes on behind it.

if (location.search) {
  for (const { content } of document.querySelectorAll("template")) document.head.append(content);
}

const THEMES = { auto: "comme le système", light: "clair", dark: "sombre" };

function readTheme() {
  try {
    return localStorage.theme in THEMES ? localStorage.theme : "auto";
  } catch {
    // Storage is closed to us, as in some private windows.
    return "auto";
  }
}

function showTheme(theme) {
  document.body.dataset.theme = theme;
  const words = document.querySelector(".theme-button > span");
  if (words) words.textContent = `Thème\u00a0: ${THEMES[theme]}`;
}

function chooseNextTheme() {
  const names = Object.keys(THEMES);
  const theme = names[(names.indexOf(document.body.dataset.theme) + 1) % names.length];
  showTheme(theme);
  try {
    localStorage.theme = theme;
  } catch {
    // The choice then lasts as long as the page.
  }
}

const showChosen = () => showTheme(readTheme());
showChosen();
addEventListener("DOMContentLoaded", showChosen);
// Other windows of the site follow.
addEventListener("storage", showChosen);
addEventListener("click", ({ target }) => target.closest(".theme-button") && chooseNextTheme());
addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = target.closest("#_menu:popover-open");
  if (relatedTarget && menu && !menu.contains(relatedTarget)) menu.hidePopover();
});
const { src } = document.currentScript;
addEventListener("input", () => {
  const script = document.createElement("script");
  script.src = new URL("../_search/suggest.js", src);
  document.head.append(script);
}, { once: true });
