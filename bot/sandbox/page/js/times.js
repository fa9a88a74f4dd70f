// When messages were written, as a Finnish reader expects it.

import { daysAway, told } from "./zones.js";

const CLOCK = { hour: "2-digit", minute: "2-digit" };
const DAY = { weekday: "long", day: "numeric", month: "long" };
const FULL = { dateStyle: "full", timeStyle: "short" };

/** Hours and minutes. */
export function clock(ts) {
  return told(Number(ts), CLOCK);
}

/** The whole date and time. */
export function full(ts) {
  return told(Number(ts), FULL);
}

/** "Tänään", "Eilen" or the date. */
export function day(ts) {
  const near = { 0: "Tänään", [-1]: "Eilen" }[daysAway(Number(ts))];
  const name = told(Number(ts), DAY);
  return near ?? name[0].toUpperCase() + name.slice(1);
}
