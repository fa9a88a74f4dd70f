// The modal that the bot opened: its fields, what is wrong with them, and sending it.

import { blocksNode } from "./blocks.js";
import { dialogHead } from "./dialogs.js";
import { h } from "./dom.js";
import { textNodes } from "./elements.js";
import { attempt } from "./store.js";

let shown = null;

/** Show the view, or nothing. A view that did not change is left alone, with what was typed in it. */
export function renderModal(view) {
  const mark = view ? `${view.id} ${view.hash}` : "";
  if (shown?.mark === mark) return;
  shown?.dialog.remove();
  shown = view ? { mark, dialog: modal(view) } : null;
  if (shown) {
    document.body.append(shown.dialog);
    shown.dialog.showModal();
    shown.dialog.querySelector(".dialog-body :is(input, textarea, select)")?.focus();
  }
}

function modal(view) {
  const close = () => attempt("close", {});
  const problem = h("span", { class: "dialog-problem", role: "alert" });
  const body = h("div", { class: "dialog-body" }, blocksNode(view.blocks, { act: (element, chosen, block) => attempt("click", { view: view.id, action_id: element.action_id, block_id: block.block_id, chosen }) }));
  const submit = view.submit ? h("button", { class: "button primary", type: "submit", data: { submit: "" } }, textNodes(view.submit)) : null;
  const form = h("form", { novalidate: true },
    dialogHead(textNodes(view.title), close),
    body,
    h("div", { class: "dialog-foot" }, problem, h("button", { class: "button", type: "button", on: { click: close } }, view.close ? textNodes(view.close) : "Sulje"), submit),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit) await send(view, body, submit, problem);
  });
  const dialog = h("dialog", { class: "modal", "aria-label": view.title.text, data: { view: view.id } }, form);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  return dialog;
}

async function send(view, body, submit, problem) {
  const fields = [...body.querySelectorAll(".field")];
  const inputs = fields.map((field) => field.readInput());
  const missing = Object.fromEntries(inputs.filter((input) => !input.optional && isEmpty(input.value)).map((input) => [input.block, "Täytä tämä kenttä."]));
  show(fields, missing);
  problem.textContent = "";
  if (Object.keys(missing).length) return;
  const values = {};
  for (const { block, action, value } of inputs) values[block] = { [action]: value };
  submit.disabled = true;
  const reply = await attempt("submit", { view: view.id, values });
  submit.disabled = false;
  const errors = reply?.errors ?? {};
  show(fields, errors);
  problem.textContent = errors[""] ?? "";
}

function isEmpty({ type, ...rest }) {
  const value = Object.values(rest)[0];
  return value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
}

function show(fields, errors) {
  for (const field of fields) {
    const text = errors[field.dataset.block] ?? "";
    field.querySelector(".error").textContent = text;
    field.classList.toggle("wrong", Boolean(text));
  }
  fields.find((field) => errors[field.dataset.block])?.querySelector("input, textarea, select")?.focus();
}
