// Times as a Finnish reader expects them.

const CLOCK = new Intl.DateTimeFormat("fi-FI", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("fi-FI", { weekday: "long", day: "numeric", month: "long" });
const FULL = new Intl.DateTimeFormat("fi-FI", { dateStyle: "full", timeStyle: "short" });

/** The moment that a message id stands for. */
export function moment(ts) {
  return new Date(Number(ts) * 1000);
}

/** Hours and minutes. */
export function clock(ts) {
  return CLOCK.format(moment(ts));
}

/** The whole date and time. */
export function full(ts) {
  return FULL.format(moment(ts));
}

/** "Tänään", "Eilen" or the date. */
export function day(ts) {
  const start = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((start(new Date()) - start(moment(ts))) / 86_400_000);
  const name = DAY.format(moment(ts));
  return ["Tänään", "Eilen"][days] ?? name[0].toUpperCase() + name.slice(1);
}
