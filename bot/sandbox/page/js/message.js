// One message with its blocks, reactions, tools and the way into its thread.

import { avatar } from "./avatar.js";
import { blocksNode } from "./blocks.js";
import { h, icon } from "./dom.js";
import { menuButton } from "./menu.js";
import { emojiNode, mrkdwn } from "./mrkdwn.js";
import { shortcutItems } from "./shortcuts.js";
import { stateWithin } from "./state.js";
import { attempt, openThread, person, store } from "./store.js";
import { clock, full } from "./times.js";

const QUICK = ["+1", "white_check_mark", "eyes"];
const dismissed = new Set();
const drawn = new Set();

/** Whether a message answers another. */
export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

/** Whether this browser hid an ephemeral message. */
export function isDismissed(message) {
  return dismissed.has(message.ts);
}

/** A message; `view` says how: `compact` without its author, `inThread` without a way into the thread. */
export function messageNode(message, view, rerender) {
  const author = person(message.user);
  const classes = ["message"];
  if (view.compact) classes.push("compact");
  if (view.nested) classes.push("reply");
  if (message.seen_by) classes.push("ephemeral");
  if (message.ts === store.found) classes.push("found");
  if (message.streaming) classes.push("streaming");
  if (!drawn.has(message.ts) && drawn.size) classes.push("fresh");
  drawn.add(message.ts);
  return h("article", { class: classes.join(" "), data: { ts: message.ts, author: message.user }, "aria-label": `${author.name}, ${clock(message.ts)}`, "aria-busy": message.streaming ? "true" : null },
    message.seen_by ? onlyYou(message, rerender) : null,
    h("div", { class: "gutter" }, view.compact ? time(message) : avatar(author)),
    h("div", { class: "body" },
      view.compact ? null : by(author, message),
      bodyNodes(message),
      (message.files ?? []).map(fileNode),
      reactions(message),
      view.inThread ? null : replies(message),
    ),
    tools(message, view),
  );
}

function time(message) {
  return h("time", { datetime: new Date(Number(message.ts) * 1000).toISOString(), title: full(message.ts) }, clock(message.ts));
}

function by(author, message) {
  const badge = author.is_app ? "Sovellus" : author.is_guest ? "Vieras" : "";
  return h("div", { class: "by" }, h("strong", { title: author.title }, author.name), badge ? h("span", { class: "badge" }, badge) : null, time(message));
}

function bodyNodes(message) {
  const act = (element, chosen, block) => attempt("click", { channel: message.channel, ts: message.ts, action_id: element.action_id, block_id: block.block_id, chosen, values: stateWithin(shown) });
  const shown = message.blocks?.length ? blocksNode(message.blocks, { act }) : h("div", { class: "text" }, mrkdwn(message.text));
  return message.edited && !message.seen_by ? [shown, h("span", { class: "edited" }, "(muokattu)")] : [shown];
}

// A picture is shown, any other file offered; both by their path alone: the page may show nothing of elsewhere.
function fileNode(file) {
  const path = new URL(file.url_private).pathname;
  if (file.mimetype === "image/png") return h("a", { class: "file", href: path, target: "_blank", rel: "noopener" }, h("img", { src: path, alt: file.title }));
  return h("a", { class: "file", href: path, download: file.name }, h("b", {}, file.title), h("small", {}, kilobytes(file.size)));
}

function kilobytes(size) {
  return `${Math.max(1, Math.round(size / 1024))} kt`;
}

function onlyYou(message, rerender) {
  const hide = () => {
    dismissed.add(message.ts);
    rerender();
  };
  return h("div", { class: "only-you" }, icon("eye"), h("span", {}, "Vain sinä näet tämän"), "·", h("button", { type: "button", on: { click: hide } }, "Piilota"));
}

function reactions(message) {
  if (!message.reactions) return null;
  const one = ({ name, users, count }) => h("button", {
    class: "reaction",
    type: "button",
    "aria-pressed": String(users.includes(store.viewer)),
    title: users.map((user) => person(user).name).join(", "),
    on: { click: () => attempt("react", { channel: message.channel, ts: message.ts, name }) },
  }, emojiNode(name), String(count));
  return h("div", { class: "reactions" }, message.reactions.map(one));
}

function replies(message) {
  if (!message.reply_count) return null;
  const count = message.reply_count === 1 ? "1 vastaus" : `${message.reply_count} vastausta`;
  return h("button", { class: "replies", type: "button", data: { thread: message.ts }, on: { click: () => openThread(message.ts) } },
    message.reply_users.slice(0, 3).map((user) => avatar(person(user), "small")),
    h("b", {}, count),
    h("span", { class: "when" }, `viimeisin ${clock(message.latest_reply)}`),
  );
}

function moreActions(message) {
  const items = () => shortcutItems("message", { channel: message.channel, ts: message.ts });
  return items().length ? menuButton({ "aria-label": "Lisää toimintoja", title: "Lisää toimintoja" }, icon("more"), items) : null;
}

function tools(message, view) {
  if (message.seen_by) return null;
  const tool = (label, content, listener) => h("button", { type: "button", "aria-label": label, title: label, on: { click: listener } }, content);
  const react = (name) => tool(`Reagoi: ${name.replaceAll("_", " ")}`, emojiNode(name), () => attempt("react", { channel: message.channel, ts: message.ts, name }));
  return h("div", { class: "tools" },
    QUICK.map(react),
    view.inThread ? null : tool("Vastaa ketjussa", icon("reply"), () => openThread(isReply(message) ? message.thread_ts : message.ts)),
    moreActions(message),
    message.user === store.viewer ? tool("Poista viesti", icon("trash"), () => attempt("delete", { channel: message.channel, ts: message.ts })) : null,
  );
}
