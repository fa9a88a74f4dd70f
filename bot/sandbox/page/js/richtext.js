// rich_text blocks and the cells of tables, which hold the same elements.

import { dateNode } from "./dates.js";
import { h } from "./dom.js";
import { channelLink, emojiNode, link, mention } from "./mrkdwn.js";

function styled(node, style = {}) {
  const wraps = [["code", "code"], ["strike", "s"], ["italic", "i"], ["bold", "b"]];
  return wraps.reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

const INLINE = {
  text: (element) => styled(element.text, element.style),
  link: (element) => styled(link(element.url, element.text), element.style),
  emoji: (element) => emojiNode(element.name),
  user: (element) => mention(element.user_id),
  channel: (element) => channelLink(element.channel_id),
  broadcast: (element) => h("span", { class: "broadcast" }, `@${element.range}`),
  date: (element) => styled(dateNode(element.timestamp, element.format, element.fallback, element.url ? (words) => link(element.url, words) : undefined), element.style),
};

function inline(elements) {
  return elements.map((element) => INLINE[element.type]?.(element) ?? h("span", {}, element.text ?? ""));
}

const BLOCKS = {
  rich_text_section: (block) => h("div", { class: "text" }, inline(block.elements)),
  rich_text_quote: (block) => h("blockquote", { class: "text" }, inline(block.elements)),
  rich_text_preformatted: (block) => h("pre", {}, h("code", {}, inline(block.elements))),
  rich_text_list: (block) => {
    const items = block.elements.map((item) => h("li", {}, inline(item.elements)));
    return h(block.style === "ordered" ? "ol" : "ul", { start: block.offset ? block.offset + 1 : null }, items);
  },
};

/** A rich_text block. */
export function richText(block) {
  return h("div", { class: "text rich" }, block.elements.map((element) => BLOCKS[element.type]?.(element)));
}

/** A table block; its first row is the heading. */
export function table(block) {
  const settings = block.column_settings ?? [];
  const row = (cells, tag) => h("tr", {}, cells.map((cell, column) => h(tag, { class: settings[column]?.align ?? "left" }, cellNodes(cell))));
  const [head, ...rows] = block.rows;
  return h("div", { class: "table-wrap", tabindex: "0" }, h("table", {}, h("thead", {}, row(head, "th")), h("tbody", {}, rows.map((cells) => row(cells, "td")))));
}

function cellNodes(cell) {
  if (cell.type === "rich_text") return richText(cell);
  return cell.text ?? String(cell.value ?? "");
}
