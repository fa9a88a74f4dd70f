// What can be completed while typing: people, channels and slash commands.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { here, person, store } from "./store.js";

const MOST = 8;

/** The candidates for the word before the caret: `start` is where it begins, each option has `text` and `node`. */
export function candidates(text, caret, allowCommands) {
  const before = text.slice(0, caret);
  const command = allowCommands && before.match(/^\/[\wäöå-]*$/i);
  if (command) return { start: 0, options: commands(before) };
  const word = before.match(/(^|\s)([@#])([\wäöåÄÖÅ.-]*)$/);
  if (!word) return { start: 0, options: [] };
  const start = caret - word[3].length - 1;
  return { start, options: word[2] === "@" ? people(word[3].toLowerCase()) : channels(word[3].toLowerCase()) };
}

function commands(typed) {
  return store.data.commands.filter((one) => one.name.startsWith(typed.toLowerCase())).map((one) => ({ text: `${one.name} `, node: [h("strong", {}, `${one.name} ${one.usage}`), h("span", {}, one.about)] }));
}

function people(typed) {
  const members = here().members.map(person).filter((one) => one.id !== store.viewer);
  const named = members.filter((one) => one.handle.includes(typed) || one.name.toLowerCase().includes(typed));
  const first = (one) => (one.id === store.data.bot ? 0 : 1);
  return named.sort((a, b) => first(a) - first(b)).slice(0, MOST).map((one) => ({ text: `@${one.handle} `, node: [avatar(one, "small"), h("strong", {}, one.name), h("span", {}, `@${one.handle}`)] }));
}

function channels(typed) {
  const named = store.data.channels.filter((one) => !one.is_direct && one.name.includes(typed));
  return named.slice(0, MOST).map((one) => ({ text: `#${one.name} `, node: [h("strong", {}, `# ${one.name}`), h("span", {}, one.topic)] }));
}
