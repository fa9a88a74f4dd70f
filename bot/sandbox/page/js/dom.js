// Making and reusing elements. Text is always set as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  close: ["M5 5l14 14", "M19 5L5 19"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  send: ["M5 12l14-7-5 14-3-6z", "M11 13l8-8"],
  reply: ["M20 5H4v11h4v4l5-4h7z"],
  eye: ["M2.500 12s3.500-6.500 9.500-6.500 9.500 6.500 9.500 6.500-3.500 6.500-9.500 6.500S2.500 12 2.500 12z", "M12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600z"],
  bolt: ["M13 2.500L5 13.500h6l-1 8 8-11h-6z"],
  more: ["M5 12h.01M12 12h.01M19 12h.01"],
  lock: ["M6 11h12v9H6z", "M8.500 11V8a3.500 3.500 0 0 1 7 0v3"],
  shared: ["M8 12a4 4 0 1 0 0 .1", "M16 12a4 4 0 1 0 0 .1"],
  trash: ["M5 7h14", "M10 7V4h4v3", "M7 7l1 13h8l1-13"],
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2v3M12 19v3M2 12h3M19 12h3M4.900 4.900l2.100 2.100M17 17l2.100 2.100M19.100 4.900L17 7M7 17l-2.100 2.100"],
  moon: ["M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500z"],
};

/** An element; `props` are attributes, except `class`, `on` (listeners) and `data`. Empty children are left out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") element.className = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

/** A line drawing of that name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/** A square button with a drawing and a spoken name. */
export function iconButton(name, label, listener, className = "") {
  return h("button", { class: `icon-button ${className}`, type: "button", "aria-label": label, title: label, on: { click: listener } }, icon(name));
}

/** Show `items` (`key`, `mark`, `make`) in a container, keeping the element of every item whose mark is unchanged. */
export function keyed(container, items) {
  const old = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map(({ key, mark, make }) => {
    const kept = old.get(key);
    if (kept && kept.dataset.mark === mark) return kept;
    const made = make(kept);
    made.dataset.key = key;
    made.dataset.mark = mark;
    return made;
  });
  const keep = new Set(wanted);
  for (const child of [...container.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (container.children[index] !== child) container.insertBefore(child, container.children[index] ?? null);
  });
}

/** A sentence that shows for a few seconds. */
export function toast(text) {
  const shown = h("div", { class: "toast" }, text);
  document.getElementById("toasts").append(shown);
  setTimeout(() => shown.remove(), 5000);
}
