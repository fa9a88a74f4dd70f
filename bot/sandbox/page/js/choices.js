// Menus, boxes and radio buttons: choosing one or several of what the app, the people or the channels offer.

import { choose, textNodes } from "./acting.js";
import { h } from "./dom.js";
import { store } from "./store.js";

const CHOSEN = {
  static_select: ["selected_option", (option) => option],
  radio_buttons: ["selected_option", (option) => option],
  checkboxes: ["selected_options", (option) => option],
  multi_static_select: ["selected_options", (option) => option],
  users_select: ["selected_user", (option) => option.value],
  multi_users_select: ["selected_users", (option) => option.value],
  channels_select: ["selected_channel", (option) => option.value],
  multi_channels_select: ["selected_channels", (option) => option.value],
  conversations_select: ["selected_conversation", (option) => option.value],
  multi_conversations_select: ["selected_conversations", (option) => option.value],
};

const several = (element) => CHOSEN[element.type][0].endsWith("s");

function kindOf(channel) {
  if (channel.is_direct || channel.is_group) return channel.is_direct ? "im" : "mpim";
  return channel.is_private ? "private" : "public";
}

function conversations({ include = ["public", "private", "im", "mpim"], exclude_external_shared_channels: ownOnly = false }) {
  const fitting = store.data.channels.filter((one) => include.includes(kindOf(one)) && !one.is_archived && !(ownOnly && one.is_shared));
  return fitting.map((one) => ({ text: { text: one.is_direct ? "Solmu" : one.is_group ? one.name : `#${one.name}` }, value: one.id }));
}

/** Everything that can be chosen, in order. */
function offered(element) {
  if (/users_select$/.test(element.type)) return store.data.people.filter((one) => !one.is_app).map((one) => ({ text: { text: one.name }, value: one.id }));
  if (/channels_select$/.test(element.type)) return conversations({ include: ["public"] });
  if (/conversations_select$/.test(element.type)) return conversations(element.filter ?? {});
  return element.options ?? element.option_groups.flatMap((group) => group.options);
}

function chosenBefore(element) {
  const first = element[CHOSEN[element.type][0].replace("selected_", "initial_")] ?? (element.default_to_current_conversation ? store.place : null);
  return [first].flat().filter(Boolean).map((one) => one.value ?? one);
}

function reading(element, picked) {
  const [name, take] = CHOSEN[element.type];
  return () => ({ type: element.type, [name]: several(element) ? picked().map(take) : picked().map(take)[0] ?? null });
}

function optionNodes(element, nodes) {
  if (!element.option_groups) return nodes;
  let next = 0;
  return element.option_groups.map((group) => h("optgroup", { label: group.label.text }, nodes.slice(next, (next += group.options.length))));
}

/** A menu of which one is chosen. */
export function select(element, context) {
  const options = offered(element);
  const before = chosenBefore(element);
  const nodes = options.map((option, index) => h("option", { value: String(index) }, option.text.text));
  const made = h("select", { class: "control", data: { action: element.action_id }, "aria-label": element.placeholder?.text }, h("option", { value: "" }, element.placeholder?.text ?? "Valitse…"), optionNodes(element, nodes));
  options.forEach((option, index) => {
    nodes[index].selected = before.includes(option.value);
  });
  made.readValue = reading(element, () => (made.value === "" ? [] : [options[Number(made.value)]]));
  if (context.act) made.addEventListener("change", () => choose(context, element, made.readValue()));
  return made;
}

let groups = 0;

/** Boxes or radio buttons, one under another. */
export function boxes(element, context) {
  const options = offered(element);
  const before = chosenBefore(element);
  const name = `choices-${(groups += 1)}`;
  const inputs = options.map((option) => {
    const box = h("input", { type: several(element) ? "checkbox" : "radio", name });
    box.checked = before.includes(option.value);
    return box;
  });
  const row = (option, index) => h("label", {}, inputs[index], h("span", {}, textNodes(option.text), option.description ? h("small", {}, textNodes(option.description)) : null));
  const made = h("fieldset", { class: "choices", data: { action: element.action_id } }, options.map(row));
  made.readValue = reading(element, () => options.filter((_, index) => inputs[index].checked));
  if (context.act) made.addEventListener("change", () => choose(context, element, made.readValue()));
  return made;
}

/** Several of many: boxes in a list that scrolls, since a plain list needs a key held down. */
export function many(element, context) {
  const made = boxes(element, context);
  made.classList.add("many");
  return made;
}
