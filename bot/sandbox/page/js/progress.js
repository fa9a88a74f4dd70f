// The bar at the top while the sample is made ready.

import { fetchProgress } from "./api.js";
import { h } from "./dom.js";

const PHASES = {
  queued: "Odotetaan lukijaa",
  reading: "Luetaan asiakirjoja",
  embedding: "Lasketaan merkityksiä",
  publishing: "Julkaistaan hakemistoa",
  waking: "Solmu valmistautuu vastaamaan",
};
const SHOWN_WHEN_DONE = 6000;
let wasBusy = false;
let done = false;

/** Draw the bar from what the stand-in says. */
export async function renderProgress() {
  const bar = document.getElementById("progress");
  const now = await fetchProgress();
  const ready = now.stage === "ready" && now.connected;
  wasBusy ||= !ready;
  if (ready && (done || !wasBusy)) return;
  bar.hidden = false;
  bar.className = `progress ${now.stage === "failed" ? "failed" : ""} ${ready ? "done" : ""}`;
  if (ready) finish(bar);
  else show(bar, now);
}

function show(bar, now) {
  if (now.stage === "failed") {
    bar.replaceChildren(h("strong", {}, "Esittelytila pysähtyi."), now.message);
    return;
  }
  const text = PHASES[now.phase] ?? "Käynnistetään";
  const known = now.stage === "indexing" && now.total > 0;
  const meter = h("progress", { "aria-label": text, max: known ? now.total : null, value: known ? now.done : null });
  bar.replaceChildren(h("strong", {}, "Esimerkkiaineistoa valmistellaan"), h("span", {}, `${text}…`), meter, known ? h("span", {}, `${now.done} / ${now.total}`) : "");
}

function finish(bar) {
  done = true;
  bar.replaceChildren(h("strong", {}, "Valmista!"), h("span", {}, "Solmu tuntee nyt esimerkkiaineiston. Kysy mitä vain."));
  setTimeout(() => {
    bar.hidden = true;
  }, SHOWN_WHEN_DONE);
}
