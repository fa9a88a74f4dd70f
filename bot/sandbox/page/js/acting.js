// Telling the app of a click or a choice, after the question that it may want asked first.

import { confirmed } from "./dialogs.js";
import { mrkdwn, plain } from "./mrkdwn.js";

/** A text object as nodes. */
export function textNodes(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text) : plain(text.text, text.emoji !== false);
}

/** Tell of a choice, unless the person thinks better of it. */
export async function choose(context, element, chosen) {
  if (element.confirm && !(await confirmed(element.confirm, textNodes))) return;
  await context.act(element, chosen);
}
