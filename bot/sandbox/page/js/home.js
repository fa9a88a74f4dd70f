// Solmu's Home tab.

import { blocksNode } from "./blocks.js";
import { h, keyed } from "./dom.js";
import { stateWithin } from "./state.js";
import { attempt, store } from "./store.js";

/** Draw the Home tab. */
export function renderHome() {
  const view = store.data.home;
  const mark = view ? `${view.id} ${view.hash}` : `empty ${store.data.connected}`;
  keyed(document.getElementById("home"), [{ key: "home", mark, make: () => h("div", {}, view ? blocksNode(view.blocks, { act: (element, chosen, block) => click(view, element, chosen, block) }) : empty()) }]);
}

function click(view, element, chosen, block) {
  return attempt("click", { view: view.id, action_id: element.action_id, block_id: block.block_id, chosen, values: stateWithin(document.getElementById("home")) });
}

function empty() {
  return h("p", { class: "empty" }, store.data.connected ? "Solmu ei ole vielä julkaissut kotinäkymää." : "Kotinäkymä tulee näkyviin, kun Solmu on käynnistynyt.");
}
