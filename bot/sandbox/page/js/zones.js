// Moments as the reader's own clock shows them, whatever the zone of this machine.

import { person, store } from "./store.js";

const made = new Map();
const WALL = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
const DAY_SECONDS = 86_400;

/** A moment (seconds since 1970) in Finnish words, on the reader's clock; `options` are those of Intl. */
export function told(seconds, options) {
  return formatter("fi-FI", options).format(seconds * 1000);
}

function formatter(language, options) {
  const zone = person(store.viewer).zone;
  const key = JSON.stringify([language, zone, options]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(language, { ...options, timeZone: zone }));
  return made.get(key);
}

function parts(seconds) {
  return Object.fromEntries(formatter("en-CA", WALL).formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
}

/** What the reader's calendar and clock show, as `2027-01-13T08:30`. */
export function wall(seconds) {
  const { year, month, day, hour, minute } = parts(seconds);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

function shown(seconds) {
  const { year, month, day, hour, minute, second } = parts(seconds);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** The moment at which the reader's clock shows `2027-01-13T08:30`, or null where that is no time. */
export function moment(wallTime) {
  const asUtc = Date.parse(`${wallTime}Z`) / 1000;
  if (Number.isNaN(asUtc)) return null;
  const near = asUtc - (shown(asUtc) - asUtc);
  // Near a change of the clocks the first guess is an hour off.
  return asUtc - (shown(near) - near);
}

/** How many days from the reader's today to the day of a moment: -1 for yesterday. */
export function daysAway(seconds) {
  const midnight = (one) => Math.floor(shown(one) / DAY_SECONDS);
  return midnight(seconds) - midnight(store.data.now);
}

/** The year on the reader's calendar. */
export function yearOf(seconds) {
  return parts(seconds).year;
}
