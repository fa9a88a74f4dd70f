// The modal that the bot opened: its fields, what is wrong with them, and sending it.

import { textNodes } from "./acting.js";
import { blocksNode } from "./blocks.js";
import { dialogHead } from "./dialogs.js";
import { h } from "./dom.js";
import { beginningWith, stateWithin, together } from "./state.js";
import { attempt } from "./store.js";

const FOCUSED = "input, textarea, select, button";
const held = new Map();
let shown = null;

/** Show the view, or nothing. A view that did not change is left alone; one that did keeps what was typed in it. */
export function renderModal(view) {
  const mark = view ? `${view.id} ${view.hash}` : "";
  if ((shown?.mark ?? "") === mark) return;
  if (shown) held.set(shown.id, together(held.get(shown.id) ?? {}, stateWithin(shown.dialog)));
  if (shown?.id === view?.id) refill(view);
  else replaceBy(view);
  if (shown) shown.mark = mark;
}

function replaceBy(view) {
  shown?.dialog.remove();
  shown = view ? { id: view.id, dialog: dialogOf(view) } : null;
  if (!shown) return;
  document.body.append(shown.dialog);
  shown.dialog.showModal();
  shown.dialog.querySelector(".dialog-body :is(input, textarea, select)")?.focus();
}

function dialogOf(view) {
  const dialog = h("dialog", { class: "modal", "aria-label": view.title.text, data: { view: view.id } }, form(view));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  return dialog;
}

// The same modal with other content: whoever is typing goes on where they were.
function refill(view) {
  const { dialog } = shown;
  const place = dialog.contains(document.activeElement) ? placeOf(document.activeElement) : null;
  const scrolled = dialog.querySelector(".dialog-body").scrollTop;
  dialog.setAttribute("aria-label", view.title.text);
  dialog.replaceChildren(form(view));
  dialog.querySelector(".dialog-body").scrollTop = scrolled;
  if (place) returnTo(dialog, place);
}

function placeOf(element) {
  const around = element.closest("[data-at]");
  if (!around) return null;
  return { at: around.dataset.at, index: focusable(around).indexOf(element), caret: element.selectionStart ?? null };
}

function returnTo(dialog, { at, index, caret }) {
  const around = [...dialog.querySelectorAll("[data-at]")].find((one) => one.dataset.at === at);
  const element = around && (focusable(around)[index] ?? dialog.querySelector(".dialog-body :is(input, textarea, select)"));
  element?.focus();
  if (caret !== null && element?.selectionStart !== undefined && element.selectionStart !== null) element.setSelectionRange(caret, caret);
}

function focusable(around) {
  return around.matches(FOCUSED) ? [around] : [...around.querySelectorAll(FOCUSED)];
}

function leave() {
  return attempt("close", {});
}

function form(view) {
  const before = together(view.state.values, held.get(view.id) ?? {});
  const problem = h("span", { class: "dialog-problem", role: "alert" });
  const act = (element, chosen, block) => attempt("click", { view: view.id, action_id: element.action_id, block_id: block.block_id, chosen, values: stateWithin(body) });
  const body = h("div", { class: "dialog-body" }, blocksNode(beginningWith(view.blocks, before), { act }));
  const submit = view.submit ? h("button", { class: "button primary", type: "submit", data: { submit: "" } }, textNodes(view.submit)) : null;
  const made = h("form", { novalidate: true },
    dialogHead(textNodes(view.title), leave),
    body,
    h("div", { class: "dialog-foot" }, problem, h("button", { class: "button", type: "button", on: { click: leave } }, view.close ? textNodes(view.close) : "Sulje"), submit),
  );
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit) await send(view, body, submit, problem);
  });
  return made;
}

async function send(view, body, submit, problem) {
  const fields = [...body.querySelectorAll(".field")];
  const wrong = Object.fromEntries(fields.map((field) => [field.dataset.block, field.problem()]).filter(([, text]) => text));
  show(fields, wrong);
  problem.textContent = "";
  if (Object.keys(wrong).length) return;
  submit.disabled = true;
  const reply = await attempt("submit", { view: view.id, values: stateWithin(body) });
  submit.disabled = false;
  const errors = reply?.errors ?? {};
  show(fields, errors);
  problem.textContent = errors[""] ?? "";
}

function show(fields, errors) {
  for (const field of fields) {
    const text = errors[field.dataset.block] ?? "";
    field.querySelector(".error").textContent = text;
    field.classList.toggle("wrong", Boolean(text));
  }
  fields.find((field) => errors[field.dataset.block])?.querySelector("input, textarea, select")?.focus();
}
