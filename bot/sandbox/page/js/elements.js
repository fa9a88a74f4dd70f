// Interactive elements: buttons, menus and fields. `context.act(element, chosen)` is told of every choice.

import { choose, textNodes } from "./acting.js";
import { boxes, many, select } from "./choices.js";
import { h } from "./dom.js";
import { date, dateAndTime, files, time, typed } from "./fields.js";
import { menuButton } from "./menu.js";

function button(element, context) {
  const props = { class: `button ${element.style ?? ""}`, data: { action: element.action_id }, "aria-label": element.accessibility_label };
  if (element.url && !context.act) return h("a", { ...props, href: element.url, target: "_blank", rel: "noopener noreferrer" }, textNodes(element.text));
  const made = h("button", { ...props, type: "button" }, textNodes(element.text));
  made.addEventListener("click", async () => {
    if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener,noreferrer");
    // Not disabled, which would take the focus away from whoever uses the keyboard.
    if (made.ariaBusy === "true") return;
    made.ariaBusy = "true";
    await choose(context, element, {});
    made.ariaBusy = "false";
  });
  return made;
}

function overflow(element, context) {
  const item = (option) => ({ label: textNodes(option.text), note: option.description && textNodes(option.description), choose: () => pick(option) });
  const pick = (option) => {
    if (option.url && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
    return choose(context, element, { selected_option: option });
  };
  return menuButton({ class: "button overflow", data: { action: element.action_id }, "aria-label": "Lisää toimintoja" }, "⋯", () => element.options.map(item));
}

const MAKERS = {
  button,
  overflow,
  static_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  multi_static_select: many,
  multi_users_select: many,
  multi_conversations_select: many,
  multi_channels_select: many,
  checkboxes: boxes,
  radio_buttons: boxes,
  plain_text_input: typed("text"),
  number_input: typed("number"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  file_input: files,
  datepicker: date,
  timepicker: time,
  datetimepicker: dateAndTime,
  image: (element) => h("img", { class: "accessory", src: element.image_url, alt: element.alt_text }),
  feedback_buttons: (element, context) => h("span", { class: "actions" }, [element.positive_button, element.negative_button].map((one) => button({ ...one, type: "feedback_buttons", action_id: element.action_id, chosen: one }, { ...context, act: (_, chosen) => context.act(element, { ...chosen, value: one.value, text: one.text }) }))),
  icon_button: button,
};

/** An interactive element or an accessory, in the block named by `context.block`. */
export function elementNode(element, context) {
  const make = MAKERS[element.type];
  if (!make) return h("span", { class: "unknown-block" }, `Tuntematon elementti: ${element.type}`);
  const made = make(element, context);
  made.dataset.at = `${context.block} ${element.action_id}`;
  if (made.readValue) {
    made.dataset.state = "";
    made.stateAt = [context.block, element.action_id];
  }
  return made;
}
