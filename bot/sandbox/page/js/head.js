// The line above a conversation: its name, its topic, who is there, and the tabs of Solmu.

import { avatar, channelSign } from "./avatar.js";
import { h, iconButton, keyed } from "./dom.js";
import { go, here, person, store } from "./store.js";

const FACES = 6;
const TABS = [["messages", "Viestit"], ["home", "Koti"]];

/** Draw the head. */
export function renderHead() {
  const channel = here();
  const mark = JSON.stringify([channel, store.tab, store.data.connected]);
  keyed(document.getElementById("head"), [
    { key: "menu", mark: "", make: () => iconButton("menu", "Kanavat", openDrawer, "menu") },
    { key: "title", mark, make: () => (channel.is_direct ? botTitle() : channelTitle(channel)) },
    { key: "side", mark, make: (kept) => (channel.is_direct ? tabs(channel, kept) : members(channel)) },
  ]);
  document.title = `${channel.is_direct ? "Solmu" : `#${channel.name}`} · Valokehä`;
}

function openDrawer() {
  document.body.classList.add("drawer-open");
  document.getElementById("veil").hidden = false;
  document.querySelector('.place[aria-current="page"]')?.focus();
}

function botTitle() {
  const state = store.data.connected ? "Paikalla · vastaa suomeksi, ruotsiksi ja englanniksi" : "Käynnistyy…";
  return h("div", { class: "head-title" }, h("h1", {}, avatar(person(store.data.bot), "small"), "Solmu", h("span", { class: "badge" }, "Sovellus")), h("p", { class: "head-topic" }, state));
}

function channelTitle(channel) {
  return h("div", { class: "head-title" }, h("h1", {}, channelSign(channel), channel.name), h("p", { class: "head-topic" }, channel.topic));
}

function members(channel) {
  const people = channel.members.map(person);
  const more = people.length - FACES;
  return h("div", { class: "members", title: people.map((one) => one.name).join(", "), role: "img", "aria-label": `${people.length} jäsentä` }, people.slice(0, FACES).map((one) => avatar(one, "small")), more > 0 ? h("span", { class: "more" }, `+${more}`) : null);
}

function tabs(channel, kept) {
  const tab = ([name, label]) => h("button", { class: "tab", type: "button", role: "tab", "aria-selected": String(store.tab === name), data: { tab: name }, on: { click: () => go(channel.id, name) } }, label);
  const made = h("div", { class: "tabs", role: "tablist", "aria-label": "Solmun näkymät" }, TABS.map(tab));
  if (kept?.contains(document.activeElement)) queueMicrotask(() => made.querySelector('[aria-selected="true"]').focus());
  return made;
}
