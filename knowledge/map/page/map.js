"use strict";
// Everything on the page comes from the data block: names are set as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const {texts, colours, nodes, discs} = data;
const byId = new Map(nodes.map((node) => [node.id, node]));
const at = (id) => document.getElementById(id);
const map = at("map"), world = at("world"), search = at("search"), topicBox = at("topic"), details = at("details");
const SHOWN_IN_LIST = 200;
const NEAR = 40, FAR = 28, FEW = 25; // Pixels a unit: where a click in the list goes, and below which few names are shown.
const LETTER = 6.6, LINE = 15; // Pixels that a name of an organisation takes.
const view = {x: 0, y: 0, k: 1};
let chosen = null;
let owners = []; // Organisations, those with the most use cases first.

const make = (tag, attributes = {}, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};
const draw = (tag, attributes, parent = world) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
};
const corners = {county: [4, 45], public: [5, -90], vendor: [4, 0], research: [3, -90], ngo: [6, 0], unknown: [8, 22.5]};
const shape = (kind, radius) => {
  const [count, turn] = corners[kind];
  return Array.from({length: count}, (_, step) => {
    const angle = (turn + step * 360 / count) * Math.PI / 180;
    return `${(radius * Math.cos(angle)).toFixed(3)},${(radius * Math.sin(angle)).toFixed(3)}`;
  }).join(" ");
};
const plain = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function drawAll() {
  for (const disc of discs) draw("circle", {class: "disc", cx: disc.x, cy: disc.y, r: disc.r});
  for (const node of nodes) {
    const owner = byId.get(node.owner);
    if (owner) {
      const far = owner.disc === node.disc ? "" : " far";
      node.tie = draw("line", {class: `tie${far}`, x1: node.x, y1: node.y, x2: owner.x, y2: owner.y});
      (owner.cases ??= []).push(node);
    }
  }
  for (const node of nodes) {
    node.words = plain([node.name, ...node.topics, byId.get(node.owner)?.name ?? ""].join(" "));
    node.mark = node.kind === "usecase"
      ? draw("circle", {class: "node usecase", cx: node.x, cy: node.y, r: 0.17, fill: colours[node.stage]})
      : draw("polygon", {class: "node organisation", points: shape(node.type, 0.2 + 0.025 * Math.min(8, node.cases.length)),
        transform: `translate(${node.x} ${node.y})`});
    node.mark.dataset.id = node.id;
    draw("title", {}, node.mark).textContent = node.name;
  }
  for (const node of nodes.filter((each) => each.kind === "organisation")) {
    node.label = draw("text", {class: "name owner", x: node.x, y: node.y - 0.32});
    node.label.textContent = node.name;
  }
  owners = nodes.filter((node) => node.label).sort((one, other) => other.cases.length - one.cases.length);
  for (const disc of discs) {
    const label = draw("text", {class: "name topic", x: disc.x, y: disc.y - disc.r - 0.25});
    label.style.setProperty("--most", Math.min(1.2, 0.55 + disc.r * 0.1));
    label.textContent = disc.name;
  }
}

function place() {
  world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
  world.style.setProperty("--px", 1 / view.k);
  document.body.dataset.zoom = view.k.toFixed(3);
  label();
}
// Names of organisations where there is room for them: those with the most use cases first.
function label() {
  const taken = [];
  const {clientWidth: width, clientHeight: height} = map;
  for (const node of owners) {
    const x = view.x + view.k * node.x, y = view.y + view.k * (node.y - 0.32);
    const half = node.name.length * LETTER / 2;
    const free = x > 0 && x < width && y > 0 && y < height && !node.label.classList.contains("hidden")
      && !taken.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < LINE);
    node.label.classList.toggle("room", free && (view.k > FAR || taken.length < FEW));
    if (free) taken.push({x, y, half});
  }
}
function showAll() {
  if (!discs.length) return;
  const {width, height} = map.getBoundingClientRect();
  const [left, right] = [Math.min(...discs.map((disc) => disc.x - disc.r)), Math.max(...discs.map((disc) => disc.x + disc.r))];
  const [top, bottom] = [Math.min(...discs.map((disc) => disc.y - disc.r)) - 1.8, Math.max(...discs.map((disc) => disc.y + disc.r))];
  view.k = Math.min((width - 150) / (right - left), (height - 80) / (bottom - top));
  view.x = width / 2 - view.k * (left + right) / 2;
  view.y = (height - 50) / 2 - view.k * (top + bottom) / 2;
  place();
}
function zoom(factor, x = map.clientWidth / 2, y = map.clientHeight / 2) {
  const wanted = Math.min(200, Math.max(2, view.k * factor));
  view.x = x - (x - view.x) * wanted / view.k;
  view.y = y - (y - view.y) * wanted / view.k;
  view.k = wanted;
  place();
}
function move(x, y) {
  view.x += x;
  view.y += y;
  place();
}

const fits = (node) => {
  const kinds = [...document.querySelectorAll("[name=kind]:checked")].map((box) => box.value);
  if (!kinds.includes(node.kind)) return false;
  const topic = topicBox.value;
  return !topic || (node.kind === "usecase" ? node.topics.includes(topic) : node.cases.some((each) => each.topics.includes(topic)));
};
const entry = (node) => {
  const button = make("button", {type: "button", "data-id": node.id}, node.name);
  const below = node.kind === "usecase" ? byId.get(node.owner)?.name ?? texts.usecases : texts[`kind.${node.type}`];
  button.append(make("small", {}, below));
  const item = make("li");
  item.append(button);
  return item;
};
function filter() {
  const asked = plain(search.value).split(/\s+/).filter(Boolean);
  const found = nodes.filter((node) => fits(node) && asked.every((word) => node.words.includes(word)));
  const there = new Set([...found, ...found.map((node) => byId.get(node.owner))]);
  for (const node of nodes) {
    const out = !there.has(node);
    const hidden = !document.querySelector(`[name=kind][value=${node.kind}]`).checked;
    node.mark.classList.toggle("out", out);
    node.mark.classList.toggle("hidden", hidden);
    node.tie?.classList.toggle("out", out);
    node.tie?.classList.toggle("hidden", hidden || !document.querySelector("[name=kind][value=organisation]").checked);
    node.label?.classList.toggle("hidden", hidden || out);
  }
  const count = found.length;
  at("status").textContent = count === 0 ? texts.found_none : count === 1 ? texts.found_one : fill(texts.found_many, {count});
  at("found").replaceChildren(...found.slice(0, SHOWN_IN_LIST).map(entry));
  document.body.dataset.found = count;
  label();
}

const line = (name, ...content) => {
  const row = make("p");
  row.append(make("b", {}, `${name}: `), ...content);
  return row;
};
const link = (node) => make("button", {type: "button", "data-id": node.id}, node.name);
function tell(node) {
  const shut = make("button", {type: "button", class: "shut", "aria-label": texts.close}, "×");
  shut.addEventListener("click", () => choose(null));
  details.replaceChildren(shut, make("h2", {}, node.name));
  if (node.kind === "usecase") {
    details.append(line(texts.stage, texts[`stage.${node.stage}`]));
    if (byId.has(node.owner)) details.append(line(texts.organisation, link(byId.get(node.owner))));
    if (node.url) {
      const address = make("p");
      address.append(make("a", {href: node.url, rel: "noopener noreferrer", target: "_blank"}, texts.open));
      details.append(address);
    }
  } else {
    const list = make("ul");
    for (const each of node.cases) {
      const item = make("li");
      item.append(link(each));
      list.append(item);
    }
    details.append(make("p", {}, texts[`kind.${node.type}`]), make("b", {}, texts.usecases), list);
  }
  if (node.topics.length) details.append(line(texts.topics, node.topics.join(", ")));
  details.hidden = false;
}
function light(node, on) {
  if (!node) return;
  for (const each of node.kind === "usecase" ? [node] : node.cases) each.tie?.classList.toggle("lit", on);
  (node.label ?? byId.get(node.owner)?.label)?.classList.toggle("shown", on);
}
function choose(node, center = false) {
  light(chosen, false);
  chosen?.mark.classList.remove("chosen");
  chosen = node;
  details.hidden = !node;
  document.body.dataset.chosen = node?.id ?? "";
  if (!node) return;
  tell(node);
  light(node, true);
  node.mark.classList.add("chosen");
  if (center) {
    view.k = Math.max(view.k, NEAR);
    view.x = map.clientWidth / 2 - view.k * node.x;
    view.y = map.clientHeight / 2 - view.k * node.y;
    place();
  }
}

function listen() {
  let from = null;
  map.addEventListener("pointerdown", (event) => { from = {x: event.clientX, y: event.clientY, moved: false}; });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const x = event.clientX - from.x, y = event.clientY - from.y;
    if (!from.moved && Math.hypot(x, y) < 4) return;
    map.classList.add("moving");
    move(x, y);
    from = {x: event.clientX, y: event.clientY, moved: true};
  });
  addEventListener("pointerup", (event) => {
    if (from && !from.moved && map.contains(event.target)) choose(byId.get(event.target.dataset.id) ?? null);
    from = null;
    map.classList.remove("moving");
  });
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = map.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 400), event.clientX - box.x, event.clientY - box.y);
  }, {passive: false});
  for (const [name, on] of [["pointerover", true], ["pointerout", false]])
    map.addEventListener(name, (event) => {
      const node = byId.get(event.target.dataset?.id);
      if (node && node !== chosen) light(node, on);
    });
  const keys = {ArrowLeft: () => move(60, 0), ArrowRight: () => move(-60, 0), ArrowUp: () => move(0, 60), ArrowDown: () => move(0, -60),
    "+": () => zoom(1.3), "-": () => zoom(1 / 1.3), "0": showAll};
  map.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
  at("zoom").addEventListener("click", (event) => {
    ({in: () => zoom(1.3), out: () => zoom(1 / 1.3), all: showAll})[event.target.dataset.zoom]?.();
  });
  for (const list of [at("found"), details])
    list.addEventListener("click", (event) => {
      const id = event.target.closest("[data-id]")?.dataset.id;
      if (id) choose(byId.get(id), true);
    });
  at("filters").addEventListener("input", filter);
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("resize", showAll);
}

function explain() {
  const item = (name, mark) => {
    const row = make("li", {}, name);
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", "-1 -1 2 2");
    mark(picture);
    row.prepend(picture);
    at("legend").append(row);
  };
  for (const stage of new Set(nodes.filter((node) => node.kind === "usecase").map((node) => node.stage)))
    item(texts[`stage.${stage}`], (picture) => draw("circle", {r: 0.7, fill: colours[stage]}, picture));
  for (const kind of new Set(nodes.filter((node) => node.kind === "organisation").map((node) => node.type)))
    item(texts[`kind.${kind}`], (picture) => draw("polygon", {class: "node organisation", points: shape(kind, 0.9)}, picture));
}

at("counts").textContent = texts.counts;
const topics = [...new Set(nodes.flatMap((node) => node.topics))].sort((one, other) => one.localeCompare(other, document.documentElement.lang));
for (const topic of topics) topicBox.append(make("option", {value: topic}, topic));
drawAll();
explain();
listen();
filter();
if (nodes.length) showAll();
document.body.dataset.ready = "yes";
