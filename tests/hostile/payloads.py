"""Mutated deliveries by number: wrong types, missing keys, endless fields, bad signatures, broken bodies."""

from __future__ import annotations

import copy
import json
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.sandbox.signed import FORM, encoded, signature
from tests.hostile.bytewise import EVERYWHERE
from tests.hostile.wandering import EVENT, Delivered
from tests.hostile.wording import ODD_SIGNS

MARK = "salaisuus 7q"
"""Stands in every text that is put into a payload: the bot's log may never hold it."""
JSON = "application/json"
UNSIGNED = "Milloin jäsenmaksu laskutetaan, kysyy joku muu?"
"""What is asked without Slack's signature: a good question, that nobody may answer."""
_SHORT = tuple(sign for sign in ODD_SIGNS if len(sign) < 2000)
Path = tuple[Any, ...]


@dataclass(frozen=True)
class Request:
    """A request as it goes to the bot; `expected` is what it must answer, 0 where any answer but a failure will do."""

    kind: str
    about: str
    body: bytes
    headers: dict[str, str]
    expected: int = 0


class Payloads:
    """All mutants of one seed, made from these deliveries and signed with this secret."""

    def __init__(self, seed: int, templates: Sequence[Delivered], secret: str) -> None:
        self._seed = seed
        self._templates = templates
        self._secret = secret

    def make(self, number: int) -> Request:
        """One mutant; fresh, so that it is no repetition of an earlier one unless that is its fault."""
        random = Random(f"{self._seed} payload {number}")
        kind, payload = random.choice(self._templates)
        payload = _fresh(copy.deepcopy(payload))
        chance = random.random()
        if chance < 0.1:
            return self._unsigned(kind, payload, random)
        if chance < 0.2:
            return self._broken(kind, payload, random)
        for _ in range(random.choice((1, 1, 1, 2, 4))):
            _mutate(payload, random)
        return self._signed(kind, payload)

    def _signed(self, kind: str, payload: Any) -> Request:
        content_type, body = _encoded(kind, payload)
        return Request("mutated", _about(payload), body, self._headers(content_type, body))

    def _headers(self, content_type: str, body: bytes, *, age: int = 0, secret: str = "") -> dict[str, str]:
        stamp = str(int(time.time()) - age)
        signed = signature(secret or self._secret, stamp, body)
        return {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signed}

    def _unsigned(self, kind: str, payload: dict[str, Any], random: Random) -> Request:
        """A well-formed question, signed by somebody else, or at another time, or not at all."""
        if kind == EVENT and "text" in payload["event"]:
            payload["event"] |= {"text": UNSIGNED, "type": "message", "channel_type": "im"}
        content_type, body = _encoded(kind, payload)
        age = random.choice((330, 400, 86_400, -330, -400))
        headers = random.choice(
            (
                self._headers(content_type, body, secret="somebody else's"),
                self._headers(content_type, body, age=age),
                self._headers(content_type, body + b" "),
                self._headers(content_type, body) | {"X-Slack-Signature": random.choice(("", "v0=", "v1=00", "\xe4"))},
                self._headers(content_type, body)
                | {"X-Slack-Request-Timestamp": random.choice(("", "NaN", "9" * 4000))},
                {"Content-Type": content_type},
            )
        )
        return Request("unsigned", _about(payload), body, headers, 401)

    def _broken(self, kind: str, payload: dict[str, Any], random: Random) -> Request:
        """Signed by Slack, and yet no payload."""
        content_type, body = _encoded(kind, payload)
        change = random.randrange(8)
        if change == 0:
            body = body[: random.randrange(len(body))]
        elif change == 1:
            content_type = random.choice(
                (FORM, JSON, "text/plain", "multipart/form-data; boundary=a", "", "\xe4", "a" * 3000)
            )
        elif change == 2:
            body = random.choice(
                (b"", b"null", b"[]", b"1", b'"a"', b"payload=", b"payload=null", b"payload=%5B%5D", b"=&=&&")
            )
        elif change == 3:
            body = random.choice((b"[", b'{"a":', b'{"event":{"type":')) * random.choice((900, 100_000))
        elif change == 4:
            body = b'{"type":"event_callback","a":"' + b"a" * random.choice((900_000, 1_100_000)) + b'"}'
        elif change == 5:
            body = body.replace(b"\\u00e4", b"\\ud800").replace(b"a", b"\\udfff", 3)
        elif change == 6:
            body = body + b"&" + body
        else:
            body = random.choice(EVERYWHERE)(body, random)
        return Request("broken", f"{_about(payload)} {change}", body, self._headers(content_type, body))


def _about(payload: dict[str, Any]) -> str:
    """What a delivery is about, for whoever looks at a finding."""
    told = {name: payload[name] for name in ("type", "command", "callback_id") if name in payload}
    inner = (
        payload.get("event"),
        payload.get("view"),
        *(payload.get("actions") or ({},) if isinstance(payload.get("actions"), list) else ()),
    )
    names = [
        each.get(name) for each in inner if isinstance(each, dict) for name in ("type", "callback_id", "action_id")
    ]
    return f"{str([*told.values(), *filter(None, names)])[:150]}"


def _encoded(kind: str, payload: Any) -> tuple[str, bytes]:
    try:
        return encoded(kind, payload)
    except (TypeError, ValueError, UnicodeEncodeError):
        # A form of odd values: Slack's own would be of strings.
        return FORM, json.dumps(payload).encode()


def _fresh(payload: dict[str, Any]) -> dict[str, Any]:
    """The same at another moment."""
    event = payload.get("event")
    if isinstance(event, dict):
        payload["event_id"] = f"Ev{secrets.token_hex(6).upper()}"
        if "ts" in event:
            event["ts"] = f"{int(time.time())}.{secrets.randbelow(10**6):06}"
    if "trigger_id" in payload:
        payload["trigger_id"] = f"{secrets.randbelow(10**9)}.{secrets.token_hex(6)}"
    return payload


def _mutate(payload: Any, random: Random) -> None:
    """Change one place, wherever it is, or drop it."""
    paths = list(_paths(payload))
    if not paths:
        return
    *above, last = random.choice([path for path in paths if "blocks" not in path] or paths)
    holder = payload
    for step in above:
        holder = holder[step]
    if random.random() < 0.25:
        del holder[last]
    else:
        holder[last] = _odd(holder[last], random)


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        yield (*above, name)
        yield from _paths(inner, (*above, name))


def _odd(value: Any, random: Random) -> Any:
    """Something that nobody expects there."""
    sign = random.choice(_SHORT)
    return random.choice(
        (
            None,
            True,
            -1,
            10**30,
            1e308,
            "",
            [],
            {},
            [value],
            {"id": value, MARK: MARK},
            [None, {}, MARK],
            f"{MARK} {sign}",
            f"{value}{sign}",
            f"{MARK} \ud800 \udfff",
            f"\u202e{MARK}\u200d",
            MARK * random.choice((1, 500, 20_000)),
            f"<!channel> <@U0ADMIN001> <https://evil.example|{MARK}>",
            f"{MARK}: Milloin jäsenmaksu laskutetaan?",
        )
    )
