// Slack's mrkdwn as elements. Escaped characters are decoded last, so that `&lt;!channel&gt;` stays text.

import { dateNode } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { go, person, store } from "./store.js";

const MARKS = [
  [/^```([\s\S]+?)```/, (found) => h("pre", {}, h("code", {}, decoded(found[1].replace(/^\n/, ""))))],
  [/^`([^`\n]+)`/, (found) => h("code", {}, decoded(found[1]))],
  [/^<([^<>\n]+)>/, (found) => angled(found[1])],
  [/^\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}])/u, (found) => h("b", {}, inline(found[1])), true],
  [/^_([^\s_](?:[^_\n]*[^\s_])?)_(?![\p{L}\p{N}])/u, (found) => h("i", {}, inline(found[1])), true],
  [/^~([^\s~](?:[^~\n]*[^\s~])?)~(?![\p{L}\p{N}])/u, (found) => h("s", {}, inline(found[1])), true],
  [/^:([\w+-]+(?:::skin-tone-\d)?):/, (found) => emojiNode(found[1])],
];

/** Text with `&lt;`, `&gt;` and `&amp;` as the characters they stand for. */
export function decoded(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** An emoji as an element that is read out by its name. */
export function emojiNode(name) {
  const shown = emoji(name);
  return shown.startsWith(":") ? shown : h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, shown);
}

/** plain_text: only emoji names mean something. */
export function plain(text, withEmoji = true) {
  if (!withEmoji) return [text];
  return text.split(/:([\w+-]+):/).map((part, index) => (index % 2 ? emojiNode(part) : part));
}

/** mrkdwn as a list of nodes; code in fences first, then quotes line by line. */
export function mrkdwn(text) {
  const parts = text.split(/\n?(```[\s\S]+?```)\n?/);
  return parts.flatMap((part, index) => (index % 2 ? inline(part) : lines(part)));
}

function lines(text) {
  const nodes = [];
  let group = [];
  let quoted = false;
  const flush = () => {
    if (group.length) nodes.push(...(quoted ? [h("blockquote", {}, inline(group.join("\n")))] : inline(group.join("\n"))));
    group = [];
  };
  for (const line of text ? text.split("\n") : []) {
    const quote = line.match(/^(?:&gt;|>)\s?(.*)$/);
    if (Boolean(quote) !== quoted) flush();
    quoted = Boolean(quote);
    group.push(quote ? quote[1] : line);
  }
  flush();
  return nodes;
}

function inline(text) {
  const nodes = [];
  let words = "";
  let left = text;
  while (left) {
    const before = words.at(-1) ?? "";
    const hit = firstMark(left, before);
    if (hit) {
      if (words) nodes.push(decoded(words));
      words = "";
      nodes.push(hit.node);
      left = left.slice(hit.length);
    } else {
      words += left[0];
      left = left.slice(1);
    }
  }
  if (words) nodes.push(decoded(words));
  return nodes;
}

function firstMark(text, before) {
  if (!"`<*_~:".includes(text[0])) return null;
  for (const [pattern, make, atWordStart] of MARKS) {
    if (atWordStart && /[\p{L}\p{N}]/u.test(before)) continue;
    const found = text.match(pattern);
    if (found) return { node: make(found), length: found[0].length };
  }
  return null;
}

function angled(inside) {
  const [target, ...rest] = inside.split("|");
  const label = rest.length ? decoded(rest.join("|")) : "";
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return dateIn(target, label);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label || "@ryhmä");
  if (target.startsWith("!")) return h("span", { class: "broadcast" }, `@${target.slice(1)}`);
  return link(decoded(target), label);
}

/** Somebody's name as a mention. */
export function mention(id) {
  const className = id === store.viewer ? "mention me" : "mention";
  return h("span", { class: className, title: person(id).title }, `@${person(id).name}`);
}

/** A channel's name that leads to it. */
export function channelLink(id, label = "") {
  const channel = store.data.channels.find((one) => one.id === id);
  if (!channel) return h("span", { class: "mention" }, `#${label || "yksityinen"}`);
  return h("button", { class: "channel-link", type: "button", on: { click: () => go(id) } }, `#${channel.name}`);
}

/** A link to the outside; anything but a web or mail address is shown as text. */
export function link(url, label = "") {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return h("span", {}, label || url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, label || url.replace(/^mailto:/, ""));
}

function dateIn(target, fallback) {
  const [, seconds, format = "{date}", url] = target.split("^");
  return dateNode(Number(seconds), decoded(format), fallback, url ? (words) => link(decoded(url), words) : undefined);
}
