// The messages of the channel being looked at, and those of the open thread.

import { avatar, channelSign } from "./avatar.js";
import { h, keyed } from "./dom.js";
import { isDismissed, isReply, messageNode } from "./message.js";
import { decoded } from "./mrkdwn.js";
import { attempt, here, person, store } from "./store.js";
import { day } from "./times.js";

const TOGETHER_SECONDS = 300;
const LANGUAGES = { fi: "Suomeksi", sv: "På svenska", en: "In English" };
const TURN = 1500; // milliseconds that a text is shown while somebody waits
const SLACK = 80;

/** Draw the channel. Direct conversations show their threads in place, as an assistant's chat does. */
export function renderConversation() {
  const channel = here();
  const all = store.data.messages.filter((message) => message.channel === channel.id && !isDismissed(message));
  const roots = all.filter((message) => !isReply(message) || (message.seen_by && !all.some((one) => one.ts === message.thread_ts)));
  const items = [opening(channel, all.length)];
  let previous = null;
  let shownDay = "";
  for (const root of roots) {
    if (day(root.ts) !== shownDay) items.push(dayItem(root));
    shownDay = day(root.ts);
    items.push(messageItem(root, { compact: follows(root, previous), inThread: channel.is_direct && !root.reply_count }));
    previous = root;
    if (channel.is_direct) items.push(...nested(root, all));
    items.push(...statusItems(channel, root, channel.is_direct));
    if (channel.is_direct && all.some((one) => one.thread_ts === root.ts && isReply(one))) previous = null;
  }
  draw("scroller", "messages", items, channel.id + store.viewer);
}

function nested(root, all) {
  let previous = root;
  return all.filter((one) => isReply(one) && one.thread_ts === root.ts).map((reply) => {
    const item = messageItem(reply, { nested: true, compact: follows(reply, previous), inThread: true });
    previous = reply;
    return item;
  });
}

/** Draw the open thread. */
export function renderThread() {
  const all = store.data.messages.filter((message) => message.channel === store.place && !isDismissed(message));
  const root = all.find((message) => message.ts === store.thread);
  document.getElementById("thread").hidden = !root;
  if (!root) return;
  document.getElementById("thread-place").textContent = here().is_direct ? "Solmu" : `# ${here().name}`;
  const replies = all.filter((message) => isReply(message) && message.thread_ts === root.ts);
  const items = [messageItem(root, { inThread: true })];
  if (replies.length) items.push({ key: "count", mark: String(replies.length), make: () => h("div", { class: "thread-count" }, replies.length === 1 ? "1 vastaus" : `${replies.length} vastausta`) });
  let previous = null;
  for (const reply of replies) {
    items.push(messageItem(reply, { compact: follows(reply, previous), inThread: true }));
    previous = reply;
  }
  items.push(...statusItems(here(), root, false));
  draw("thread-scroller", "thread-messages", items, store.thread);
}

function follows(message, previous) {
  if (!previous || previous.user !== message.user || previous.seen_by || message.seen_by) return false;
  return Number(message.ts) - Number(previous.ts) < TOGETHER_SECONDS && day(message.ts) === day(previous.ts);
}

function messageItem(message, view) {
  const mark = JSON.stringify([message, view, store.viewer, message.ts === store.found]);
  return { key: `m${message.ts}`, mark, make: () => messageNode(message, view, () => renderConversation()) };
}

function dayItem(message) {
  const name = day(message.ts);
  return { key: `d${name}`, mark: name, make: () => h("div", { class: "day" }, h("span", {}, name)) };
}

function statusItems(channel, root, nestedStatus) {
  const status = store.data.statuses.find((one) => one.channel === channel.id && one.thread === root.ts);
  if (!status) return [];
  const make = () => h("div", { class: `status ${nestedStatus ? "reply-status" : ""}`, role: "status" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), takingTurns([`${person(store.data.bot).name} ${decoded(status.text)}`, ...status.loading.map(decoded)]));
  return [{ key: `s${root.ts}`, mark: status.text, make }];
}

/** One text after the other, for as long as they are on the page. */
function takingTurns(texts) {
  const shown = h("span", {}, texts[0]);
  let place = 0;
  const timer = texts.length > 1 && setInterval(() => {
    if (!shown.isConnected) return clearInterval(timer);
    place = (place + 1) % texts.length;
    shown.textContent = texts[place];
  }, TURN);
  return shown;
}

function opening(channel, count) {
  const kind = channel.is_direct ? `welcome ${count > 0}` : `channel ${hasBot(channel)}`;
  const prompts = store.data.prompts[channel.id];
  const mark = JSON.stringify([kind, channel.id, store.viewer, prompts, store.data.suggestions.length]);
  return { key: "opening", mark, make: () => (channel.is_direct ? welcome(channel, count, prompts) : channelOpening(channel)) };
}

function hasBot(channel) {
  return channel.members.includes(store.data.bot);
}

function channelOpening(channel) {
  const words = hasBot(channel) ? "Mainitse @solmu, niin saat vastauksen lähteineen ketjuun." : "Solmu ei ole tällä kanavalla eikä näe, mitä täällä kirjoitetaan.";
  const invite = () => attempt("invite", { channel: channel.id });
  return h("section", { class: "welcome plain" },
    h("h2", {}, channelSign(channel), channel.name),
    h("p", {}, `${channel.topic}. ${words}`),
    hasBot(channel) ? null : h("div", {}, h("button", { class: "button", type: "button", data: { invite: channel.id }, on: { click: invite } }, "Kutsu Solmu kanavalle")),
  );
}

function welcome(channel, count, prompts) {
  const first = person(store.viewer).name.split(" ")[0];
  const bot = person(store.data.bot);
  return h("section", { class: "welcome" },
    avatar(bot, "large"),
    h("h2", {}, `Hei ${first}, mitä haluaisit tietää?`),
    h("p", {}, "Solmu vastaa verkoston aineistosta sanatarkoin lainauksin ja kertoo, mistä asiakirjasta ja miltä sivulta ne ovat. Jos vastausta ei löydy, Solmu sanoo sen suoraan."),
    count ? null : suggestionNodes(channel, prompts),
  );
}

function suggestionNodes(channel, prompts) {
  const ask = (question) => h("button", { class: "suggestion", type: "button", on: { click: () => attempt("post", { channel: channel.id, text: question }) } }, question);
  if (prompts) return [h("h3", {}, prompts.title || "Kokeile näitä"), h("div", { class: "suggestions" }, prompts.prompts.map((prompt) => ask(prompt.message)))];
  if (!store.data.suggestions.length) return null;
  const column = ([code, name]) => h("section", { lang: code }, h("h4", {}, name), store.data.suggestions.filter((one) => one.lang === code).map((one) => ask(one.question)));
  return [h("h3", {}, "Kokeile esimerkiksi näitä"), h("div", { class: "suggestions" }, Object.entries(LANGUAGES).map(column))];
}

const places = new Map();

function draw(scrollerId, listId, items, place) {
  const scroller = document.getElementById(scrollerId);
  const moved = places.get(scrollerId) !== place;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < SLACK;
  keyed(document.getElementById(listId), items);
  places.set(scrollerId, place);
  const found = store.found && moved && scroller.querySelector(`[data-ts="${store.found}"]`);
  if (found) found.scrollIntoView({ block: "center" });
  else if (moved || atEnd) scroller.scrollTop = items.length > 1 ? scroller.scrollHeight : 0;
}
