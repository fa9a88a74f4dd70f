// Pictures of people: initials on a colour, and the knot for Solmu.

import { h } from "./dom.js";
import { store } from "./store.js";

/** A person's picture. */
export function avatar(person, size = "") {
  if (person.id === store.data.bot) return h("span", { class: `avatar ${size}` }, h("img", { src: "/page/solmu.svg", alt: "" }));
  const initials = person.name.split(" ").map((word) => word[0]).join("").slice(0, 2);
  return h("span", { class: `avatar ${person.role} ${size}`, "aria-hidden": "true" }, initials);
}
