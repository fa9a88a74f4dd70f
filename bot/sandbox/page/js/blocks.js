// Block Kit: every block that Solmu's surfaces use, as elements.

import { textNodes } from "./acting.js";
import { h } from "./dom.js";
import { elementNode } from "./elements.js";
import { markdown } from "./markdown.js";
import { plain } from "./mrkdwn.js";
import { richText, table } from "./richtext.js";
import { problemWith } from "./validation.js";

function section(block, context) {
  const body = h("div", {},
    block.text ? h("div", { class: "text" }, textNodes(block.text)) : null,
    block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "text" }, textNodes(field)))) : null,
  );
  if (!block.accessory) return body;
  const side = elementNode(block.accessory, context);
  side.classList.add("accessory");
  return h("div", { class: "section" }, body, side);
}

function contextBlock(block) {
  const part = (element) => (element.type === "image" ? h("img", { src: element.image_url, alt: element.alt_text }) : h("span", { class: "text" }, textNodes(element)));
  return h("div", { class: "context" }, block.elements.map(part));
}

function actions(block, context) {
  return h("div", { class: "actions" }, block.elements.map((element) => elementNode(element, context)));
}

function image(block) {
  return h("figure", { class: "block-image" },
    block.title ? h("figcaption", {}, textNodes(block.title)) : null,
    h("img", { src: block.image_url, alt: block.alt_text, loading: "lazy" }),
  );
}

function input(block, context) {
  const control = elementNode(block.element, block.dispatch_action ? context : { ...context, act: null });
  const grouped = control.tagName === "FIELDSET";
  const id = `field-${block.block_id}`;
  if (!grouped) control.id = id;
  const label = h(grouped ? "span" : "label", grouped ? { class: "label" } : { for: id }, textNodes(block.label), block.optional ? h("span", { class: "optional" }, " (valinnainen)") : null);
  const made = h("div", { class: "field", data: { block: block.block_id } }, label, control,
    block.hint ? h("span", { class: "hint" }, textNodes(block.hint)) : null,
    block.element.timezone ? h("span", { class: "hint" }, `Aikavyöhyke: ${block.element.timezone}`) : null,
    h("span", { class: "error", role: "alert" }),
  );
  made.problem = () => problemWith(block.element, control, block.optional === true);
  return made;
}

const MAKERS = {
  section,
  context: contextBlock,
  actions,
  context_actions: actions,
  image,
  input,
  table,
  rich_text: richText,
  header: (block) => h("div", { class: "block-header", role: "heading", "aria-level": "3" }, plain(block.text.text)),
  divider: () => h("hr", { class: "divider" }),
  markdown: (block) => h("div", { class: "text markdown" }, markdown(block.text)),
};

/** Blocks as one element. `context.act(element, chosen, block)` is told of clicks and choices. */
export function blocksNode(blocks, context) {
  const make = (block) => {
    const inBlock = { block: block.block_id, act: context.act && ((element, chosen) => context.act(element, chosen, block)) };
    return MAKERS[block.type]?.(block, inBlock) ?? h("div", { class: "unknown-block" }, `Tuntematon lohko: ${block.type}`);
  };
  return h("div", { class: "blocks" }, blocks.map(make));
}
