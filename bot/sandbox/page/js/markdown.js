// The `markdown` block: standard Markdown as elements, without raw HTML.

import { h } from "./dom.js";
import { decoded, emojiNode, link } from "./mrkdwn.js";

const INLINE = [
  [/^`([^`]+)`/, (found) => h("code", {}, found[1])],
  [/^\*\*(\S(?:.*?\S)?)\*\*/s, (found) => h("strong", {}, inline(found[1]))],
  [/^__(\S(?:.*?\S)?)__/s, (found) => h("strong", {}, inline(found[1]))],
  [/^~~(\S(?:.*?\S)?)~~/s, (found) => h("s", {}, inline(found[1]))],
  [/^\*(\S(?:[^*]*\S)?)\*/s, (found) => h("em", {}, inline(found[1]))],
  [/^_(\S(?:[^_]*\S)?)_(?![\p{L}\p{N}])/su, (found) => h("em", {}, inline(found[1])), true],
  [/^\[([^\]]+)\]\(([^()\s]+)\)/, (found) => link(found[2], found[1])],
  [/^<(https?:\/\/[^>\s]+)>/, (found) => link(found[1])],
  [/^(https?:\/\/[^\s<>()]+[^\s<>().,;:!?])/, (found) => link(found[1])],
  [/^:([\w+-]+):/, (found) => emojiNode(found[1])],
];

function inline(text) {
  const nodes = [];
  let words = "";
  let left = text;
  while (left) {
    if (/^\\[!-/:-@[-`{-~]/.test(left)) {
      words += left[1];
      left = left.slice(2);
      continue;
    }
    const hit = found(left, words.at(-1) ?? "");
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
  return words ? [...nodes, decoded(words)] : nodes;
}

function found(text, before) {
  for (const [pattern, make, atWordStart] of INLINE) {
    if (atWordStart && /[\p{L}\p{N}]/u.test(before)) continue;
    const match = text.match(pattern);
    if (match) return { node: make(match), length: match[0].length };
  }
  return null;
}

const KINDS = [
  ["code", /^```/],
  ["heading", /^#{1,6}\s+/],
  ["rule", /^(?:-{3,}|\*{3,}|_{3,})\s*$/],
  ["quote", /^>\s?/],
  ["bullets", /^\s*[-*+]\s+/],
  ["numbers", /^\s*\d+[.)]\s+/],
  ["table", /^\|.*\|\s*$/],
];

function kindOf(line) {
  return KINDS.find(([, pattern]) => pattern.test(line))?.[0] ?? (line.trim() ? "text" : "blank");
}

/** Markdown as a list of block elements. */
export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  while (lines.length) {
    const kind = kindOf(lines[0]);
    if (kind === "blank") lines.shift();
    else nodes.push(MAKERS[kind](lines));
  }
  return nodes;
}

function take(lines, kind) {
  const taken = [];
  while (lines.length && kindOf(lines[0]) === kind) taken.push(lines.shift());
  return taken;
}

const MAKERS = {
  code(lines) {
    lines.shift();
    const end = lines.findIndex((line) => line.startsWith("```"));
    const body = lines.splice(0, end < 0 ? lines.length : end);
    lines.shift();
    return h("pre", {}, h("code", {}, body.join("\n")));
  },
  heading(lines) {
    const line = lines.shift();
    const level = line.match(/^#+/)[0].length;
    return h(level < 3 ? "h3" : "h4", {}, inline(line.replace(/^#+\s+/, "")));
  },
  rule(lines) {
    lines.shift();
    return h("hr", { class: "divider" });
  },
  quote(lines) {
    return h("blockquote", {}, markdown(take(lines, "quote").map((line) => line.replace(/^>\s?/, "")).join("\n")));
  },
  bullets(lines) {
    return h("ul", {}, take(lines, "bullets").map((line) => h("li", {}, inline(line.replace(/^\s*[-*+]\s+/, "")))));
  },
  numbers(lines) {
    const start = Number(lines[0].match(/\d+/)[0]);
    return h("ol", { start }, take(lines, "numbers").map((line) => h("li", {}, inline(line.replace(/^\s*\d+[.)]\s+/, "")))));
  },
  table(lines) {
    const rows = take(lines, "table").filter((line) => !/^\|[\s:|-]+\|\s*$/.test(line));
    const cells = rows.map((row) => row.trim().slice(1, -1).split("|").map((cell) => inline(cell.trim())));
    const body = cells.map((row, index) => h("tr", {}, row.map((cell) => h(index ? "td" : "th", {}, cell))));
    return h("div", { class: "table-wrap" }, h("table", {}, h("tbody", {}, body)));
  },
  text(lines) {
    return h("p", {}, inline(take(lines, "text").join("\n")));
  },
};
