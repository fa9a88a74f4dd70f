// Talking to the stand-in: doing what a person does, and hearing of every change.

const PROBLEMS = {
  not_in_channel: "Et ole tämän kanavan jäsen.",
  message_not_found: "Viestiä ei enää ole.",
  not_found: "Ikkuna on jo suljettu.",
  action_not_found: "Painiketta ei enää ole.",
  is_archived: "Kanava on arkistoitu.",
};

/** Do what a person does; returns the reply, or throws an Error with a sentence. */
export async function act(name, body) {
  const reply = await fetch(`/_standin/do/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await reply.json();
  if (!result.ok) throw new Error(PROBLEMS[result.error] ?? `Toiminto ei onnistunut (${result.error}).`);
  return result;
}

/** Send a person's file; returns it as a form or a message carries it. */
export async function uploadFile(file) {
  const reply = await fetch(`/_standin/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  return (await reply.json()).file;
}

/** Everything that a person sees. */
export async function fetchState(user) {
  const reply = await fetch(`/_standin/state?user=${encodeURIComponent(user)}`);
  return reply.json();
}

/** How far the set-up is. */
export async function fetchProgress() {
  const reply = await fetch("/_standin/progress");
  return reply.json();
}

/** Call `changed` after every change, `lost(true)` while the stand-in cannot be reached. */
export function watch(changed, lost) {
  const stream = new EventSource("/_standin/live");
  stream.onmessage = changed;
  stream.onopen = () => lost(false);
  stream.onerror = () => lost(true);
}
