"use strict";

// Two things a page does that HTML alone cannot: keep the reader's choice of light or dark, set
// before the page is painted, and close the menu when the focus goes on behind it.

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function readTheme() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // Storage is closed to us, as in some private windows.
  }
}

function isDark() {
  return (document.body.dataset.theme || (systemIsDark.matches ? "dark" : "light")) === "dark";
}

function chooseTheme(theme) {
  document.body.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

function readyButton() {
  const button = document.querySelector(".theme-button");
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    chooseTheme(isDark() ? "light" : "dark");
    show();
  });
  systemIsDark.addEventListener("change", show);
  show();
  button.hidden = false;
}

function readyMenu() {
  const menu = document.getElementById("_menu");
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    const isLeft = relatedTarget && !menu.contains(relatedTarget);
    if (isLeft && menu.matches(":popover-open")) menu.hidePopover();
  });
}

const chosen = readTheme();
if (chosen === "light" || chosen === "dark") document.body.dataset.theme = chosen;
document.addEventListener("DOMContentLoaded", () => {
  readyButton();
  readyMenu();
});
