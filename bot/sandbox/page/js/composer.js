// Where a message is written: a field that grows, completion, slash commands and the send button.

import { candidates } from "./completion.js";
import { h, icon, iconButton, toast } from "./dom.js";
import { menuButton } from "./menu.js";
import { shortcutItems } from "./shortcuts.js";
import { attempt, here, store } from "./store.js";

/** A composer; `target` returns where its text goes: `channel`, `thread_ts` or empty, and a `placeholder`. */
export function makeComposer(slot, target) {
  const field = h("textarea", { rows: "1", "aria-autocomplete": "list" });
  const list = h("ul", { class: "completion", role: "listbox", "aria-label": "Ehdotukset", hidden: true });
  const send = iconButton("send", "Lähetä", () => submit(), "send");
  const drafts = new Map();
  let offered = { start: 0, options: [] };
  let chosen = 0;
  let key = "";

  const insert = (text) => {
    field.focus();
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    update();
  };
  const sign = (text, label) => h("button", { class: "icon-button", type: "button", title: label, "aria-label": label, on: { click: () => insert(text) } }, text);
  const slash = sign("/", "Komento");
  const shortcuts = menuButton({ class: "icon-button shortcuts", title: "Pikatoiminnot", "aria-label": "Pikatoiminnot" }, icon("bolt"), () => shortcutItems("global"));
  slot.append(list, h("div", { class: "composer" }, field, h("div", { class: "composer-row" }, sign("@", "Mainitse"), slash, shortcuts, h("span", { class: "hint" }, "Enter lähettää · Vaihto + Enter uusi rivi"), send)));

  function update() {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 220)}px`;
    send.disabled = !field.value.trim();
    offered = candidates(field.value, field.selectionStart, !target().thread_ts);
    chosen = 0;
    showList();
  }

  function showList() {
    list.hidden = !offered.options.length;
    list.replaceChildren(...offered.options.map((option, index) => h("li", { role: "option", "aria-selected": String(index === chosen), on: { mousedown: (event) => { event.preventDefault(); complete(index); } } }, option.node)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function complete(index) {
    field.setRangeText(offered.options[index].text, offered.start, field.selectionStart, "end");
    update();
  }

  function steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) chosen = (chosen + step + offered.options.length) % offered.options.length;
    else if (event.key === "Enter" || event.key === "Tab") return complete(chosen);
    else if (event.key === "Escape") offered = { start: 0, options: [] };
    showList();
    return undefined;
  }

  field.addEventListener("input", update);
  field.addEventListener("click", update);
  field.addEventListener("blur", () => { list.hidden = true; });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (!list.hidden && ["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      steer(event);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });

  async function submit() {
    const text = field.value.trim();
    if (!text) return;
    const { channel, thread_ts } = target();
    const command = text.match(/^(\/[\wäöå-]+)\s*([\s\S]*)$/i);
    field.value = "";
    update();
    const done = command ? await run(command, channel, thread_ts) : await attempt("post", { channel, thread_ts, text });
    if (!done && !field.value) {
      field.value = text;
      update();
    }
  }

  async function run([, name, text], channel, thread) {
    if (thread) toast("Komentoja ei voi käyttää ketjussa.");
    else if (!store.data.commands.some((one) => one.name === name)) toast(`${name} ei ole tämän työtilan komento.`);
    else return attempt("command", { channel, command: name, text });
    return null;
  }

  update();
  return {
    /** Follow a change of place; what was typed stays with its conversation. */
    render() {
      const { channel, thread_ts, placeholder } = target();
      const now = `${store.viewer} ${channel} ${thread_ts}`;
      field.placeholder = placeholder;
      field.setAttribute("aria-label", placeholder);
      slash.hidden = Boolean(thread_ts);
      shortcuts.hidden = !shortcutItems("global").length;
      if (now === key) return;
      drafts.set(key, field.value);
      key = now;
      field.value = drafts.get(key) ?? "";
      list.hidden = true;
      send.disabled = !field.value.trim();
    },
    focus: () => field.focus(),
  };
}

/** The name of the conversation being looked at, for a placeholder. */
export function placeholder() {
  return here().is_direct ? "Kysy Solmulta…" : `Kirjoita kanavalle #${here().name}`;
}
