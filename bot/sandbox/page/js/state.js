// What the elements of a view or a message hold: read from the page, and put back when they are drawn anew.

/** Everything held within a container, by block id and action id. */
export function stateWithin(container) {
  const values = {};
  for (const control of container.querySelectorAll("[data-state]")) {
    const [block, action] = control.stateAt;
    values[block] = { ...values[block], [action]: control.readValue() };
  }
  return values;
}

/** Two states as one, in which the later has the last word on each element. */
export function together(before, now) {
  const blocks = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return Object.fromEntries(blocks.map((block) => [block, { ...before[block], ...now[block] }]));
}

/** The same blocks, with every element beginning as what it held. */
export function beginningWith(blocks, values) {
  return blocks.map((block) => {
    const held = values[block.block_id];
    if (!held) return block;
    const begin = (element) => (element ? began(element, held[element.action_id]) : element);
    return { ...block, ...parts(block, begin) };
  });
}

function parts(block, begin) {
  if (block.type === "input") return { element: begin(block.element) };
  if (block.type === "section") return { accessory: begin(block.accessory) };
  return block.elements ? { elements: block.elements.map(begin) } : {};
}

function began(element, held) {
  if (held?.type !== element.type) return element;
  const first = Object.entries(held).filter(([name]) => name === "value" || name === "files" || name.startsWith("selected_"));
  return { ...element, ...Object.fromEntries(first.map(([name, value]) => [`initial_${name.replace("selected_", "")}`, value ?? undefined])) };
}
