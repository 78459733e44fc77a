"use strict";

// The reader's choice of light or dark, before the page is painted; the system's without one.

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

const chosen = readTheme();
if (chosen === "light" || chosen === "dark") document.body.dataset.theme = chosen;
document.addEventListener("DOMContentLoaded", readyButton);
