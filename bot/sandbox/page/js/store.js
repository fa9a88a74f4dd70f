// What the page knows: the workspace as one person sees it, and where that person is looking.

import { act, fetchState } from "./api.js";
import { toast } from "./dom.js";

const KEPT = "solmu-sandbox";
const listeners = [];
let fetching = null;
let again = false;

/** The whole state; read it anywhere, change it only through this module. */
export const store = {
  viewer: "U0MEMBER01",
  place: "",
  tab: "messages",
  thread: "",
  found: "",
  seen: {},
  data: null,
};

/** Call this after every change of the state. */
export function subscribe(listener) {
  listeners.push(listener);
}

function tell() {
  for (const listener of listeners) listener(store);
}

function keep() {
  localStorage.setItem(KEPT, JSON.stringify({ viewer: store.viewer, place: store.place, seen: store.seen }));
}

/** Take up where this browser left off, or at the message that the address names. */
export function restore() {
  try {
    Object.assign(store, JSON.parse(localStorage.getItem(KEPT) ?? "{}"));
  } catch {
    localStorage.removeItem(KEPT);
  }
  const [, channel, seconds, micros] = location.pathname.match(/^\/archives\/(\w+)\/p(\d+)(\d{6})$/) ?? [];
  if (channel) {
    store.place = channel;
    store.found = `${seconds}.${micros}`;
    store.thread = new URLSearchParams(location.search).get("thread_ts") ?? "";
  }
}

/** Fetch the state; calls that come meanwhile are answered by one more fetch. */
export async function refresh() {
  if (fetching) {
    again = true;
    return fetching;
  }
  fetching = (async () => {
    do {
      again = false;
      const viewer = store.viewer;
      const data = await fetchState(viewer);
      if (!data.ok) store.viewer = "U0MEMBER01";
      else if (viewer === store.viewer) settle(data);
      again = again || viewer !== store.viewer;
    } while (again);
  })().finally(() => {
    fetching = null;
  });
  return fetching;
}

function settle(data) {
  store.data = data;
  if (!data.channels.some((channel) => channel.id === store.place)) {
    store.place = direct()?.id ?? data.channels[0].id;
    store.thread = "";
    store.tab = "messages";
  }
  markSeen();
  tell();
}

function markSeen() {
  if (document.visibilityState === "hidden") return;
  const last = store.data.messages.filter((message) => message.channel === store.place).at(-1);
  if (last && store.tab === "messages") {
    store.seen[`${store.viewer} ${store.place}`] = last.ts;
    keep();
  }
}

/** The direct conversation with the bot. */
export function direct() {
  return store.data.channels.find((channel) => channel.is_direct);
}

/** The channel being looked at. */
export function here() {
  return store.data.channels.find((channel) => channel.id === store.place);
}

/** The person of that id. */
export function person(id) {
  return store.data.people.find((one) => one.id === id) ?? { id, name: id, handle: id, role: "guest", title: "" };
}

/** How many messages by others came to a channel since it was last looked at. */
export function unread(channel) {
  const seen = store.seen[`${store.viewer} ${channel}`] ?? "";
  return store.data.messages.filter((one) => one.channel === channel && one.ts > seen && one.user !== store.viewer).length;
}

/** Look at a channel, at the bot's `messages` or `home`. */
export function go(place, tab = "messages") {
  const moved = place !== store.place || tab !== store.tab;
  if (place !== store.place) store.thread = "";
  Object.assign(store, { place, tab, found: "" });
  keep();
  document.body.classList.remove("drawer-open");
  markSeen();
  tell();
  if (moved && here().is_direct) attempt("open", { tab });
}

/** Open a thread at the side, or close it with an empty name. */
export function openThread(ts) {
  store.thread = ts;
  tell();
}

/** Become another of the invented people. */
export function become(user) {
  const wasDirect = store.data && here()?.is_direct;
  store.viewer = user;
  if (wasDirect) store.place = "";
  store.thread = "";
  store.tab = "messages";
  keep();
  refresh();
}

/** Do something as the present person; a refusal shows as a sentence. Returns the reply or null. */
export async function attempt(name, body) {
  try {
    return await act(name, { user: store.viewer, ...body });
  } catch (error) {
    toast(error.message);
    return null;
  }
}
