"use strict";

// What HTML alone cannot: keep the reader's theme, set before the page is painted; close the menu when the focus goes
// on behind it; load what a search proposes.

const THEMES = { auto: "comme le système", light: "clair", dark: "sombre" };

function readTheme() {
  try {
    const chosen = localStorage.getItem("theme");
    return chosen in THEMES ? chosen : "auto";
  } catch {
    return "auto"; // Storage is closed to us, as in some private windows.
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
    localStorage.setItem("theme", theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

function readyMenu() {
  const menu = document.getElementById("_menu");
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    const isLeft = relatedTarget && !menu.contains(relatedTarget);
    if (isLeft && menu.matches(":popover-open")) menu.hidePopover();
  });
}

showTheme(readTheme());
// Other windows of the site follow.
addEventListener("storage", () => showTheme(readTheme()));
document.addEventListener("DOMContentLoaded", () => {
  showTheme(readTheme());
  document.querySelector(".theme-button").addEventListener("click", chooseNextTheme);
  readyMenu();
});
const { src } = document.currentScript;
addEventListener("input", () => {
  const script = document.createElement("script");
  script.src = new URL("../_search/suggest.js", src);
  document.head.append(script);
}, { once: true });
