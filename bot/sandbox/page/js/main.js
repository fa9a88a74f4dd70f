// Starting the page: what redraws when, and the keys that work everywhere.

import { watch } from "./api.js";
import { makeComposer, placeholder } from "./composer.js";
import { renderConversation, renderThread } from "./conversation.js";
import { openSwitcher } from "./dialogs.js";
import { icon, toast } from "./dom.js";
import { renderHead } from "./head.js";
import { renderHome } from "./home.js";
import { renderModal } from "./modal.js";
import { renderProgress } from "./progress.js";
import { renderSidebar } from "./sidebar.js";
import { go, here, openThread, refresh, restore, store, subscribe } from "./store.js";
import { startTheme } from "./theme.js";

const part = (id) => document.getElementById(id);

const composer = makeComposer(part("composer"), () => ({ channel: store.place, thread_ts: "", placeholder: store.data ? placeholder() : "" }));
const threadComposer = makeComposer(part("thread-composer"), () => ({ channel: store.place, thread_ts: store.thread, placeholder: "Vastaa ketjussa…" }));
let lastThread = "";

function render() {
  const atHome = store.tab === "home" && here().is_direct;
  renderSidebar();
  renderHead();
  part("scroller").hidden = atHome;
  part("composer").hidden = atHome;
  part("home").hidden = !atHome;
  part("veil").hidden = !document.body.classList.contains("drawer-open");
  renderConversation();
  renderThread();
  if (atHome) renderHome();
  renderModal(store.data.modal);
  composer.render();
  threadComposer.render();
  if (store.thread && store.thread !== lastThread) threadComposer.focus();
  lastThread = store.thread;
  Object.assign(document.body.dataset, { viewer: store.viewer, place: store.place, version: store.data.version });
}

function closeDrawer() {
  document.body.classList.remove("drawer-open");
  part("veil").hidden = true;
}

function step(by) {
  const places = store.data.channels;
  const index = places.findIndex((channel) => channel.id === store.place);
  go(places[(index + by + places.length) % places.length].id);
}

function keys(event) {
  if (event.altKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openSwitcher();
  } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    if (document.body.classList.contains("drawer-open")) closeDrawer();
    else if (store.thread) leaveThread();
  }
}

function leaveThread() {
  openThread("");
  composer.focus();
}

let away = false;

function lost(isLost) {
  if (isLost && !away) toast("Yhteys esittelytilaan katkesi. Yritetään uudelleen…");
  away = isLost;
}

startTheme();
restore();
subscribe(render);
part("thread-close").append(icon("close"));
part("thread-close").addEventListener("click", leaveThread);
part("veil").addEventListener("click", closeDrawer);
document.addEventListener("keydown", keys);
document.addEventListener("visibilitychange", refresh);
watch(() => Promise.all([refresh(), renderProgress()]), lost);
