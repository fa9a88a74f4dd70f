// Pictures of people: initials on a colour, and the knot for Solmu; and the signs of channels.

import { h, icon } from "./dom.js";
import { store } from "./store.js";

/** A person's picture. */
export function avatar(person, size = "") {
  if (person.id === store.data.bot) return h("span", { class: `avatar ${size}` }, h("img", { src: "/page/solmu.svg", alt: "" }));
  const initials = person.name.split(" ").map((word) => word[0]).join("").slice(0, 2);
  return h("span", { class: `avatar ${person.role} ${size}`, "aria-hidden": "true" }, initials);
}

/** What stands before a channel's name: private, shared with another workspace, or neither. */
export function channelSign(channel) {
  if (channel.is_private) return icon("lock");
  return channel.is_shared ? icon("shared") : "#";
}
