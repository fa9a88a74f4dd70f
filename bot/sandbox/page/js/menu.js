// A button that opens a short menu, by mouse and by keyboard.

import { h } from "./dom.js";

const GAP = 4;
let open = null;

/** A button; `items()` are told when it opens: each has a `label`, perhaps a `note`, and `choose`. */
export function menuButton(props, content, items) {
  const button = h("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...props }, content);
  button.addEventListener("click", () => (open?.button === button ? close(true) : show(button, items())));
  return button;
}

function show(button, items) {
  close(false);
  const menu = h("div", { class: "menu-list", role: "menu", popover: "manual", "aria-label": button.getAttribute("aria-label") }, items.map(itemNode));
  menu.addEventListener("keydown", steer);
  // What lies outside an open dialog cannot be reached.
  (button.closest("dialog") ?? document.body).append(menu);
  open = { button, menu };
  menu.showPopover();
  place(button, menu);
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", leave, true);
  menu.firstChild?.focus();
}

function itemNode({ label, note, choose }) {
  const pick = () => {
    close(true);
    choose();
  };
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", on: { click: pick } }, h("strong", {}, label), note ? h("small", {}, note) : null);
}

function place(button, menu) {
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + GAP + size.height <= window.innerHeight;
  menu.style.top = `${Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - size.height)}px`;
  menu.style.left = `${Math.max(GAP, Math.min(at.left, window.innerWidth - size.width - GAP))}px`;
}

function steer(event) {
  const items = [...open.menu.children];
  const now = items.indexOf(document.activeElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
  if (next !== undefined) items.at(next % items.length).focus();
  else if (["Escape", "Tab"].includes(event.key)) close(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function leave(event) {
  if (!open.menu.contains(event.target) && !open.button.contains(event.target)) close(false);
}

function close(back) {
  if (!open) return;
  const { button, menu } = open;
  open = null;
  document.removeEventListener("pointerdown", leave, true);
  menu.remove();
  button.setAttribute("aria-expanded", "false");
  if (back) button.focus();
}
