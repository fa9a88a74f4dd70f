"""`python -m tests.language_model_server`: an OpenAI-compatible server on loopback that misbehaves as its path says.

The address `http://127.0.0.1:PORT/MODE/v1` chooses how it behaves; a mode may carry words of the test in base64, as
`say.…`. It prints its port, remembers what it was asked, and tells that under `/asked`.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PIECE = 7
"""Letters of a reply that come at once: words are cut anywhere."""
PAUSE = 0.1
"""Seconds between the pieces of a reply in the mode `leisurely`."""
_SOURCE = re.compile(r'<source n="(\d+)" title="[^"]*">\n(.*?)\n</source>', re.DOTALL)
ENDLESS = 100_000


@dataclass(slots=True)
class Asked:
    """Every request so far: path, headers and body."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def encoded(text: str) -> str:
    """A text as a part of a path."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(text: str) -> str:
    """The text of such a part."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def source_sentences(prompt: str) -> list[tuple[str, int]]:
    """Each line of each source in a prompt, with the source's number."""
    return [(line, int(number)) for number, text in _SOURCE.findall(prompt) for line in text.split("\n") if line]


def good_reply(prompt: str) -> str:
    """The first two lines of the first source, cited."""
    lines = [line for line, number in source_sentences(prompt) if number == 1 and line.endswith(".")][:2]
    return " ".join(f"{line.rstrip('.')} [1]." for line in lines)


def gullible_reply(prompt: str, injections: list[dict[str, str]]) -> str:
    """What a model writes that obeys every order it reads, after a good beginning."""
    obeyed = [each["says"] for each in injections if _flat(each["text"]) in _flat(prompt)]
    return " ".join([good_reply(prompt), *obeyed])


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold()


REPLIES: dict[str, Callable[[str], str]] = {
    "good": good_reply,
    "wrong-language": lambda _: "Dies steht so in der Quelle [1]. Die Aufnahme wird gelöscht [1].",
    "refusal": lambda _: "En voi valitettavasti auttaa tässä asiassa. I cannot answer that.",
    "no-citations": lambda prompt: good_reply(prompt).replace(" [1]", ""),
    "no-such-source": lambda prompt: good_reply(prompt).replace("[1]", "[9]"),
    "invented-numbers": lambda prompt: re.sub(r"\d+(?!\])", "987", good_reply(prompt)),
    "invented": lambda _: "Ministeriö maksaa kaikille jäsenille tuhannen euron palkkion [1].",
    "gibberish": lambda _: "lorem ␀␀ }}{{ asdf [1] qwer [[1]] ]]",
    "empty": lambda _: "",
    "leak": lambda prompt: prompt,
    "thinking": lambda prompt: f"<think>Let me see. The source says 99 [1].</think>\n{good_reply(prompt)}",
}
STATUSES = {"401": (401, {}), "404": (404, {}), "429": (429, {"Retry-After": "60"}), "500": (500, {})}
ONCE = {"429-once": (429, {"Retry-After": "0"}), "500-once": (500, {})}


class Handler(BaseHTTPRequestHandler):
    """One request: the mode stands first in the path."""

    asked = Asked()
    injections: list[dict[str, str]]

    def do_GET(self) -> None:
        """What was asked so far."""
        self._whole(200, json.dumps(self.asked.requests).encode())

    def do_POST(self) -> None:
        """A chat completion, or whatever the mode makes of it."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.asked.requests.append({"path": self.path, "headers": headers, "body": body})
        self.asked.counts[self.path] += 1
        mode, _, words = self.path.split("/")[1].partition(".")
        prompt = "\n".join(message["content"] for message in body["messages"])
        try:
            self._behave(mode, decoded(words), prompt, body)
        except (BrokenPipeError, ConnectionResetError):
            return

    def _behave(self, mode: str, words: str, prompt: str, body: dict[str, Any]) -> None:
        if mode in STATUSES or (mode in ONCE and self.asked.counts[self.path] == 1):
            status, headers = (STATUSES | ONCE)[mode]
            self._whole(status, json.dumps({"error": {"message": f"no: {prompt}"}}).encode(), headers)
        elif mode == "particular" and "max_tokens" in body:
            self._whole(400, b'{"error": {"message": "use max_completion_tokens", "param": "max_tokens"}}')
        elif mode == "redirect":
            self._whole(307, b"", {"Location": "/good/v1/chat/completions"})
        elif mode == "html":
            self._whole(200, b"<html>Welcome</html>", {"Content-Type": "text/html"})
        else:
            self._stream(mode, words, prompt)

    def _stream(self, mode: str, words: str, prompt: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for event in self._events(mode, words, prompt):
            self.wfile.write(event.encode())
            self.wfile.flush()
        self.close_connection = True

    def _events(self, mode: str, words: str, prompt: str) -> Iterator[str]:
        if mode == "garbage":
            yield "data: {not json\n\ndata: 17\n\n"
        elif mode == "shapeless":
            yield 'data: {"choices": "none"}\n\n'
        elif mode == "error-inside":
            yield from (*_pieces("Tämä "), 'data: {"error": {"message": "out of memory"}}\n\n')
        elif mode in {"silent", "comments", "slow", "endless"}:
            yield from _never_ending(mode)
        elif mode == "cut":
            text = good_reply(prompt)
            yield from _pieces(text[: len(text) * 2 // 3])
        elif mode == "too-long":
            yield from (*_pieces(good_reply(prompt)), _event("", "length"))
        else:
            pause = PAUSE if mode == "leisurely" else 0.0
            yield from _paced(_pieces(self._reply(mode, words, prompt)), pause)
            yield from (_event("", "stop"), "data: [DONE]\n\n")

    def _reply(self, mode: str, words: str, prompt: str) -> str:
        if mode == "say":
            return words
        if mode == "good-and-say":
            return f"{good_reply(prompt)} {words}"
        if mode == "gullible":
            return gullible_reply(prompt, self.injections)
        return REPLIES.get(mode, good_reply)(prompt)

    def _whole(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Tests speak for themselves."""


def _never_ending(mode: str) -> Iterator[str]:
    """Until the other side hangs up."""
    if mode == "endless":
        yield from (_event("sana sana sana sana sana sana. ", None) for _ in range(ENDLESS))
    while True:
        time.sleep(0.05)
        yield {"silent": "", "comments": ": still here\n\n", "slow": _event("hitaasti ", None)}[mode]


def _paced(events: Iterator[str], pause: float) -> Iterator[str]:
    """The same, with a pause after each."""
    for event in events:
        yield event
        time.sleep(pause)


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        yield _event(text[start : start + PIECE], None)


def _event(text: str, finish: str | None) -> str:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n"


def main(injections: Path) -> None:
    """Serve until standard input ends."""
    lines = injections.read_text(encoding="utf-8").splitlines() if injections.is_file() else []
    Handler.injections = [json.loads(line) for line in lines]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
