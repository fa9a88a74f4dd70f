// Interactive elements: buttons, menus and fields. `context.act(element, chosen)` is told of every choice.

import { confirmed } from "./dialogs.js";
import { h } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { store } from "./store.js";

/** A text object as nodes. */
export function textNodes(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text) : plain(text.text, text.emoji !== false);
}

async function choose(context, element, chosen) {
  if (element.confirm && !(await confirmed(element.confirm, textNodes))) return;
  await context.act(element, chosen);
}

function button(element, context) {
  const props = { class: `button ${element.style ?? ""}`, data: { action: element.action_id }, "aria-label": element.accessibility_label };
  if (element.url && !context.act) return h("a", { ...props, href: element.url, target: "_blank", rel: "noopener noreferrer" }, textNodes(element.text));
  const made = h("button", { ...props, type: "button" }, textNodes(element.text));
  made.addEventListener("click", async () => {
    if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener,noreferrer");
    made.disabled = true;
    await choose(context, element, {});
    made.disabled = false;
  });
  return made;
}

function optionsOf(element) {
  const plainOption = (option, index) => h("option", { value: String(index) }, option.text.text);
  const people = store.data.people.filter((one) => !one.is_app).map((one) => ({ text: { text: one.name }, value: one.id }));
  const channels = store.data.channels.filter((one) => !one.is_direct).map((one) => ({ text: { text: `#${one.name}` }, value: one.id }));
  const flat = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? (/users/.test(element.type) ? people : channels);
  return { flat, nodes: flat.map(plainOption) };
}

const SEVERAL = {
  multi_static_select: (options) => ({ selected_options: options }),
  multi_users_select: (options) => ({ selected_users: options.map((option) => option.value) }),
};

const SELECTED = {
  static_select: (option) => ({ selected_option: option }),
  users_select: (option) => ({ selected_user: option.value }),
  conversations_select: (option) => ({ selected_conversation: option.value }),
  channels_select: (option) => ({ selected_channel: option.value }),
};

function chosenBefore(element) {
  const options = [...(element.initial_options ?? []), element.initial_option].filter(Boolean).map((option) => option.value);
  return [...options, ...(element.initial_users ?? []), element.initial_user];
}

function select(element, context) {
  const { flat, nodes } = optionsOf(element);
  const before = chosenBefore(element);
  const made = h("select", { class: "control", data: { action: element.action_id }, "aria-label": element.placeholder?.text }, h("option", { value: "" }, element.placeholder?.text ?? "Valitse…"), nodes);
  flat.forEach((option, index) => {
    nodes[index].selected = before.includes(option.value);
  });
  made.readValue = () => {
    const picked = made.value === "" ? null : flat[Number(made.value)];
    return { type: element.type, ...(picked ? SELECTED[element.type](picked) : { selected_option: null }) };
  };
  if (context.act) made.addEventListener("change", () => choose(context, element, made.readValue()));
  return made;
}

// Several of many: boxes in a list that scrolls, since a plain list needs a key held down.
function selectSeveral(element, context) {
  const { flat } = optionsOf(element);
  const made = choices({ ...element, options: flat, initial_options: flat.filter((option) => chosenBefore(element).includes(option.value)) }, context, true);
  made.classList.add("many");
  const picked = made.readValue;
  made.readValue = () => ({ type: element.type, ...SEVERAL[element.type](picked().selected_options) });
  return made;
}

function overflow(element, context) {
  const made = h("select", { class: "control", data: { action: element.action_id }, "aria-label": "Lisää toimintoja" }, h("option", { value: "" }, "⋯"), element.options.map((option, index) => h("option", { value: String(index) }, option.text.text)));
  made.addEventListener("change", async () => {
    const option = element.options[Number(made.value)];
    made.value = "";
    if (option) await choose(context, element, { selected_option: option });
  });
  return made;
}

let groups = 0;

function choices(element, context, many = element.type === "checkboxes") {
  const before = [...(element.initial_options ?? []), element.initial_option].filter(Boolean).map((option) => option.value);
  const name = `choices-${(groups += 1)}`;
  const boxes = element.options.map((option) => {
    const box = h("input", { type: many ? "checkbox" : "radio", name });
    box.checked = before.includes(option.value);
    return box;
  });
  const made = h("fieldset", { class: "choices", data: { action: element.action_id } }, element.options.map((option, index) => h("label", {}, boxes[index], h("span", {}, textNodes(option.text), option.description ? h("small", {}, textNodes(option.description)) : null))));
  made.readValue = () => {
    const picked = element.options.filter((_, index) => boxes[index].checked);
    return many ? { type: element.type, selected_options: picked } : { type: element.type, selected_option: picked[0] ?? null };
  };
  if (context.act) made.addEventListener("change", () => choose(context, element, made.readValue()));
  return made;
}

function entry(type, valueName) {
  return (element, context) => {
    const initial = element.initial_value ?? element.initial_date ?? element.initial_time ?? "";
    const multiline = element.multiline === true;
    const props = { class: "control", data: { action: element.action_id }, placeholder: element.placeholder?.text, maxlength: element.max_length, minlength: element.min_length, min: element.min_value, max: element.max_value };
    const made = multiline ? h("textarea", props) : h("input", { ...props, type });
    made.value = initial;
    made.readValue = () => {
      const value = type === "datetime-local" ? Math.floor(new Date(made.value).getTime() / 1000) || null : made.value || null;
      return { type: element.type, [valueName]: value };
    };
    if (context.act) made.addEventListener("change", () => choose(context, element, made.readValue()));
    return made;
  };
}

const MAKERS = {
  button,
  overflow,
  static_select: select,
  multi_static_select: selectSeveral,
  users_select: select,
  multi_users_select: selectSeveral,
  conversations_select: select,
  channels_select: select,
  checkboxes: choices,
  radio_buttons: choices,
  plain_text_input: entry("text", "value"),
  number_input: entry("number", "value"),
  email_text_input: entry("email", "value"),
  url_text_input: entry("url", "value"),
  datepicker: entry("date", "selected_date"),
  timepicker: entry("time", "selected_time"),
  datetimepicker: entry("datetime-local", "selected_date_time"),
  image: (element) => h("img", { class: "accessory", src: element.image_url, alt: element.alt_text }),
  feedback_buttons: (element, context) => h("span", { class: "actions" }, [element.positive_button, element.negative_button].map((one) => button({ ...one, type: "feedback_buttons", action_id: element.action_id, chosen: one }, { ...context, act: (_, chosen) => context.act(element, { ...chosen, value: one.value, text: one.text }) }))),
  icon_button: (element, context) => button({ ...element, text: element.text }, context),
};

/** An interactive element or an accessory. */
export function elementNode(element, context) {
  const make = MAKERS[element.type];
  return make ? make(element, context) : h("span", { class: "unknown-block" }, `Tuntematon elementti: ${element.type}`);
}
