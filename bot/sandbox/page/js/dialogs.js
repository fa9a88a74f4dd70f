// Questions that need an answer first, and the quick switcher between conversations.

import { h, iconButton } from "./dom.js";
import { go, store } from "./store.js";

/** Ask what a button's `confirm` says; resolves to whether the person agreed. */
export function confirmed(confirm, textNodes) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "confirm", "aria-label": confirm.title.text },
      h("form", { method: "dialog" },
        h("div", { class: "dialog-head" }, h("h2", {}, textNodes(confirm.title))),
        h("div", { class: "dialog-body text" }, textNodes(confirm.text)),
        h("div", { class: "dialog-foot" },
          h("button", { class: "button", value: "no" }, textNodes(confirm.deny)),
          h("button", { class: `button ${confirm.style ?? "primary"}`, value: "yes" }, textNodes(confirm.confirm)),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Find a conversation by typing a part of its name. */
export function openSwitcher() {
  if (document.querySelector("dialog.switcher") || !store.data) return;
  const list = h("ul", { role: "listbox", "aria-label": "Keskustelut" });
  const field = h("input", { type: "text", placeholder: "Siirry keskusteluun…", "aria-label": "Siirry keskusteluun" });
  const dialog = h("dialog", { class: "switcher", "aria-label": "Siirry keskusteluun" }, field, list);
  let found = [];
  let chosen = 0;
  const leave = (channel) => {
    dialog.close();
    if (channel) go(channel.id);
  };
  const show = () => {
    const wanted = field.value.toLowerCase().replace(/^#/, "");
    found = store.data.channels.filter((channel) => channel.name.includes(wanted));
    chosen = Math.min(chosen, Math.max(found.length - 1, 0));
    const row = (channel, index) => h("li", { role: "option", "aria-selected": String(index === chosen), on: { click: () => leave(channel) } }, channel.is_direct ? "Solmu" : `# ${channel.name}`, h("small", {}, channel.topic));
    list.replaceChildren(...found.map(row));
  };
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") leave(found[chosen]);
    if (!step || !found.length) return;
    event.preventDefault();
    chosen = (chosen + step + found.length) % found.length;
    show();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  show();
  dialog.showModal();
}

/** The upper line of a dialog, with its name and a way out. */
export function dialogHead(title, close) {
  return h("div", { class: "dialog-head" }, h("h2", {}, title), iconButton("close", "Sulje", close));
}
