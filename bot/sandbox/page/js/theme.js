// Light and dark: as the system says, until a person chooses.

import { icon } from "./dom.js";

const KEPT = "solmu-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function current() {
  return localStorage.getItem(KEPT) ?? (system.matches ? "dark" : "light");
}

function apply() {
  const button = document.getElementById("theme");
  const dark = current() === "dark";
  document.documentElement.dataset.theme = current();
  button.replaceChildren(icon(dark ? "sun" : "moon"));
  button.title = dark ? "Vaalea tila" : "Tumma tila";
  button.setAttribute("aria-label", button.title);
}

/** Follow the system and the button. */
export function startTheme() {
  document.getElementById("theme").addEventListener("click", () => {
    localStorage.setItem(KEPT, current() === "dark" ? "light" : "dark");
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}
