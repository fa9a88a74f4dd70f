// Slack's date tokens: a moment in a text, shown on the clock of whoever reads it.

import { h } from "./dom.js";
import { store } from "./store.js";
import { daysAway, told, wall, yearOf } from "./zones.js";

const HALF_YEAR_DAYS = 183;
const WORDS = { 0: "tänään", 1: "huomenna", [-1]: "eilen" };
const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
const LONG = { weekday: "long", day: "numeric", month: "long" };
const PLAIN = { day: "numeric", month: "long" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const YEAR = { year: "numeric" };

const near = (seconds) => WORDS[daysAway(seconds)];
const date = (seconds) => told(seconds, Math.abs(daysAway(seconds)) < HALF_YEAR_DAYS ? PLAIN : { ...PLAIN, ...YEAR });
const long = (seconds) => told(seconds, { ...LONG, ...YEAR });

const TOKENS = {
  date_num: (seconds) => wall(seconds).slice(0, 10),
  date_slash: (seconds) => told(seconds, { day: "numeric", month: "numeric", year: "numeric" }),
  date,
  date_pretty: (seconds) => near(seconds) ?? date(seconds),
  date_short: (seconds) => told(seconds, SHORT),
  date_short_pretty: (seconds) => near(seconds) ?? told(seconds, SHORT),
  date_long: long,
  date_long_full: (seconds) => told(seconds, { ...PLAIN, ...YEAR }),
  date_long_pretty: (seconds) => near(seconds) ?? long(seconds),
  day_divider_pretty: (seconds) => near(seconds) ?? (yearOf(seconds) === yearOf(store.data.now) ? told(seconds, LONG) : long(seconds)),
  time: (seconds) => told(seconds, { hour: "numeric", minute: "2-digit" }),
  time_secs: (seconds) => told(seconds, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

function ago(seconds) {
  const away = Math.round(seconds - store.data.now);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat("fi", { numeric: "auto" }).format(Math.trunc(away / size), unit);
}

/** The moment in the words of `format`, as an element; `wrap` makes a link of the words where there is one. */
export function dateNode(seconds, format, fallback, wrap = (words) => words) {
  if (!Number.isFinite(seconds)) return fallback;
  const words = format.replace(/\{(\w+)\}/g, (all, name) => TOKENS[name]?.(seconds) ?? all);
  const begun = near(seconds) && /^\{\w+_pretty\}/.test(format) ? words[0].toUpperCase() + words.slice(1) : words;
  return h("time", { datetime: new Date(seconds * 1000).toISOString(), title: fallback }, wrap(begun));
}
