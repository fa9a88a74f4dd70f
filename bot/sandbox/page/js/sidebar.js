// The list of channels, and the switch between the invented people.

import { avatar, channelSign } from "./avatar.js";
import { h, keyed } from "./dom.js";
import { attempt, become, go, person, store, unread } from "./store.js";

const HOME_ZONE = "Europe/Helsinki";

/** Draw the sidebar. */
export function renderSidebar() {
  const channels = store.data.channels.filter((channel) => !channel.is_direct && !channel.is_group);
  const groups = store.data.channels.filter((channel) => channel.is_group);
  const apps = store.data.channels.filter((channel) => channel.is_direct);
  keyed(document.getElementById("places"), [title("Sovellukset"), ...apps.map(place), title("Kanavat"), ...channels.map(place), ...(groups.length ? [title("Yhteiset keskustelut"), ...groups.map(place)] : [])]);
  keyed(document.getElementById("roles"), [title("Kokeile roolissa"), switchItem(), whoami(), newcomer()]);
}

function title(text) {
  return { key: text, mark: text, make: () => h("h2", {}, text) };
}

function place(channel) {
  const current = channel.id === store.place;
  const count = current ? 0 : unread(channel.id);
  const mark = JSON.stringify([current, count, store.data.connected]);
  return { key: channel.id, mark, make: (kept) => button(channel, current, count, kept) };
}

function button(channel, current, count, kept) {
  const made = h("button", {
    class: `place ${count ? "unread" : ""}`,
    type: "button",
    data: { channel: channel.id },
    "aria-current": current ? "page" : null,
    on: { click: () => go(channel.id) },
  }, h("span", { class: "sign" }, sign(channel)), h("span", { class: "name" }, channel.is_direct ? "Solmu" : channel.name), end(channel, count));
  if (kept && kept === document.activeElement) queueMicrotask(() => made.focus());
  return made;
}

function sign(channel) {
  if (channel.is_direct) return avatar(person(store.data.bot), "small");
  return channelSign(channel);
}

function end(channel, count) {
  if (count) return h("span", { class: "count", "aria-label": `${count} uutta` }, String(count));
  if (!channel.is_direct) return null;
  return h("span", { class: `dot ${store.data.connected ? "on" : ""}`, role: "img", "aria-label": store.data.connected ? "paikalla" : "ei vielä paikalla" });
}

function switchItem() {
  const people = store.data.people.filter((one) => one.played);
  const choose = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey) return;
    event.preventDefault();
    const next = (people.findIndex((one) => one.id === store.viewer) + step + people.length) % people.length;
    become(people[next].id);
    queueMicrotask(() => document.querySelector(`[data-person="${people[next].id}"]`)?.focus());
  };
  const role = (one) => h("button", { class: "role", type: "button", role: "radio", "aria-checked": String(one.id === store.viewer), tabindex: one.id === store.viewer ? "0" : "-1", data: { person: one.id }, on: { click: () => become(one.id) } }, one.played);
  const make = (kept) => {
    const made = h("div", { class: "roles-row", role: "radiogroup", "aria-label": "Rooli", on: { keydown: choose } }, people.map(role));
    if (kept?.contains(document.activeElement)) queueMicrotask(() => made.querySelector('[aria-checked="true"]').focus());
    return made;
  };
  return { key: "switch", mark: `${store.viewer} ${people.length}`, make };
}

function whoami() {
  const me = person(store.viewer);
  return { key: "whoami", mark: me.id, make: () => h("div", { class: "whoami" }, avatar(me), h("div", {}, h("strong", {}, me.name), h("span", { title: me.title }, me.title), me.zone === HOME_ZONE ? null : h("span", {}, `Aikavyöhyke: ${me.zone}`))) };
}

function newcomer() {
  const left = store.data.newcomers;
  const come = async () => {
    const reply = await attempt("join", {});
    if (reply) become(reply.user);
  };
  return { key: "newcomer", mark: String(left), make: () => (left ? h("button", { class: "newcomer", type: "button", on: { click: come } }, "Joku uusi liittyy") : h("span", {})) };
}
