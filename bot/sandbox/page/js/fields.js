// Fields for texts, numbers, addresses, dates and times.

import { choose } from "./acting.js";
import { uploadFile } from "./api.js";
import { h, toast } from "./dom.js";
import { moment, wall } from "./zones.js";

const TYPING_MS = 400;
const FIRST_YEAR = 1900;

function control(element, type, first) {
  const props = { class: "control", data: { action: element.action_id }, placeholder: element.placeholder?.text, maxlength: element.max_length, min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : null };
  const made = element.multiline ? h("textarea", props) : h("input", { ...props, type });
  made.value = first ?? "";
  return made;
}

/** A field that is typed in; it tells the app on Enter, or while one types where the app asks for that. */
export function typed(type) {
  return (element, context) => {
    const made = control(element, type, element.initial_value);
    made.readValue = () => ({ type: element.type, value: made.value || null });
    if (context.act) tellWhenTyped(made, element, context);
    return made;
  };
}

function tellWhenTyped(made, element, context) {
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => choose(context, element, made.readValue());
  let waiting = 0;
  if (when.includes("on_character_entered")) {
    made.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(tell, TYPING_MS);
    });
  }
  if (!when.includes("on_enter_pressed")) return;
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    tell();
  });
}

function picked(type, name, first, value) {
  return (element, context) => {
    const made = control(element, type, first(element));
    const zone = element.timezone ? { timezone: element.timezone } : {};
    made.readValue = () => ({ type: element.type, [name]: value(made.value), ...zone });
    // While a year is being typed it is one of antiquity.
    const isWhole = () => !made.value.includes("-") || Number(made.value.split("-")[0]) >= FIRST_YEAR;
    if (context.act) made.addEventListener("change", () => isWhole() && choose(context, element, made.readValue()));
    return made;
  };
}

/** A place for files: each goes to the workspace as soon as it is chosen. */
export function files(element) {
  const extensions = (element.filetypes ?? []).map((one) => `.${one}`).join(",");
  const input = h("input", { class: "control", type: "file", multiple: (element.max_files ?? 10) > 1, accept: extensions || null });
  const names = h("span", { class: "file-names" });
  const made = h("span", { class: "files", data: { action: element.action_id } }, input, names);
  let held = element.initial_files ?? [];
  // The control itself names what was chosen in it, but forgets that when it is drawn anew.
  const show = () => names.replaceChildren(input.files.length ? "" : held.map((one) => one.name).join(", "));
  made.readValue = () => ({ type: element.type, files: held });
  input.addEventListener("change", async () => {
    try {
      held = await Promise.all([...input.files].map(uploadFile));
    } catch {
      held = [];
      toast("Tiedostoa ei voitu lähettää. Sandbox ottaa vastaan enintään 4 Mt.");
    }
    show();
  });
  show();
  return made;
}

export const date = picked("date", "selected_date", (element) => element.initial_date, (text) => text || null);
export const time = picked("time", "selected_time", (element) => element.initial_time, (text) => text || null);
/** A date and a time on the reader's clock; the app is told seconds since 1970. */
export const dateAndTime = picked("datetime-local", "selected_date_time", (element) => element.initial_date_time && wall(element.initial_date_time), moment);
