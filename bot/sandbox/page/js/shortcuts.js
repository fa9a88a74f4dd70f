// The app's shortcuts, as items of a menu.

import { toast } from "./dom.js";
import { attempt, store } from "./store.js";

/** The items of the `global` or the `message` shortcuts; `where` names the message. */
export function shortcutItems(type, where = {}) {
  const use = async (shortcut) => {
    const reply = await attempt("shortcut", { callback_id: shortcut.callback_id, ...where });
    if (reply && !reply.acknowledged) toast("Solmu ei vastannut ajoissa. Kokeile hetken päästä uudelleen.");
  };
  const offered = store.data?.shortcuts.filter((one) => one.type === type) ?? [];
  return offered.map((one) => ({ label: one.name, note: one.description, choose: () => use(one) }));
}
