"""Changes that know how XML, HTML, Markdown and mail are built: depth, bombs, attributes and heads that lie."""

from __future__ import annotations

import base64
import re
from random import Random

from tests.hostile.bytewise import DECIMALS, Mutation, double

CANARY = "Kanarialintu laulaa vain kotonaan."
"""Stands in a file beside those that are read: no document may ever hold it."""
_ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
_BOMBS = (
    f'<!DOCTYPE x [<!ENTITY a0 "ha">{_ENTITIES}]>',
    f'<!DOCTYPE x [<!ENTITY a9 "{"ha" * 50_000}">]>',
    '<!DOCTYPE x [<!ENTITY a9 "&a9;">]>',
    '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///dev/zero">]>',
    '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file://{canary}">]>',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    '<!DOCTYPE x SYSTEM "file://{canary}">',
)
_TAG = re.compile(rb"<[A-Za-z/][^<>]*>")
_ATTRIBUTE = re.compile(rb'="[^"<>]*"')
_TEXT = re.compile(rb">[^<>]+<")
_VALUES = (
    *DECIMALS,
    "../../../etc/passwd",
    "http://127.0.0.1:9/",
    "javascript:alert(1)",
    "\u202e",
    "&#0;",
    "&amp;" * 500,
)
_DEEP_TAGS = (b"div", b"p", b"table", b"tr", b"td", b"ul", b"li", b"span", b"a", b"b", b"section", b"h1", b"select")


class Bombing:
    """Puts entity bombs before a document's first element; `canary` is a path that some of them name."""

    def __init__(self, canary: str) -> None:
        self._canary = canary

    def __call__(self, content: bytes, random: Random) -> bytes:
        """The document with a declaration that explodes, and the entity that lights it somewhere in the text."""
        bomb = random.choice(_BOMBS).replace("{canary}", self._canary).encode()
        head, mark, rest = content.partition(b"?>")
        content = head + mark + bomb + rest if mark and head.startswith(b"<?xml") else bomb + content
        places = list(_TEXT.finditer(content, content.index(bomb) + len(bomb)))
        if not places:
            return content + b"&a9;"
        at = random.choice(places).start() + 1
        return content[:at] + b"&a9;" * random.choice((1, 2, 40)) + content[at:]


def nest_tags(content: bytes, random: Random) -> bytes:
    """Elements within elements, thousands deep, closed or not."""
    places = [found.end() for found in _TAG.finditer(content)] or [0]
    at, depth = random.choice(places), random.choice((50, 300, 2000, 20_000))
    tag = random.choice([*_DEEP_TAGS, *_own_tags(content)])
    after = b"</" + tag + b">"
    return content[:at] + (b"<" + tag + b">") * depth + b"syvyys" + after * random.choice((0, depth)) + content[at:]


def _own_tags(content: bytes) -> list[bytes]:
    """Names of the document's own elements, so that depth is met where the reader looks."""
    return sorted(set(re.findall(rb"<([A-Za-z][\w:]*)", content)))


def change_attributes(content: bytes, random: Random) -> bytes:
    """Attributes that lie."""
    places = list(_ATTRIBUTE.finditer(content))
    chosen = random.sample(places, min(len(places), random.choice((1, 2, 10, 100))))
    for place in sorted(chosen, key=lambda found: -found.start()):
        lie = random.choice(_VALUES).encode()
        content = content[: place.start()] + b'="' + lie + b'"' + content[place.end() :]
    return content


def drop_tags(content: bytes, random: Random) -> bytes:
    """Elements that are not closed, or not opened."""
    places = list(_TAG.finditer(content))
    chosen = random.sample(places, min(len(places), random.choice((1, 3, 30))))
    for place in sorted(chosen, key=lambda found: -found.start()):
        content = content[: place.start()] + content[place.end() :]
    return content


def move_elements(content: bytes, random: Random) -> bytes:
    """An element's text or mark where another's belongs."""
    places = list(_TAG.finditer(content))
    if len(places) < 2:
        return content
    one, two = random.sample(places, 2)
    return content[: one.start()] + two.group() + content[one.end() :]


def deepen_markdown(content: bytes, random: Random) -> bytes:
    """Quotes, lists, links, stress and tables without an end."""
    depth = random.choice((50, 50, 500, 500, 5000))
    deep = random.choice(
        (
            b">" * depth + b" a\n",
            b"".join(b" " * (2 * n) + b"- a\n" for n in range(min(depth, 400))),
            b"- " * depth + b"a\n",
            b"[" * depth + b"a" + b"](b)" * depth,
            b"![" * depth,
            b"*a **a " * depth,
            b"`" * depth + b"a\n",
            b"|a" * depth + b"|\n" + b"|-" * depth + b"|\n" + b"|b" * depth + b"|\n",
            b"<" * depth + b"a\n",
            b"&" * depth + b"#xD800;&#x110000;&#0;\n",
            b"---\n" + b"title: " + b"a" * 100_000 + b"\n" + b"date: 9999-99-99\n---\n",
            b"---\n" + b"a: b\n" * depth,
            b"[a]: b\n" * depth,
            b"<!--" * depth,
        )
    )
    at = content.find(b"\n", len(content) // 2) + 1 if random.random() < 0.5 else 0
    return content[:at] + deep + content[at:]


def lie_in_head(content: bytes, random: Random) -> bytes:
    """A mail whose head lies: encodings that do not exist, dates that never were, names without an end."""
    lie = random.choice(
        (
            b"Content-Type: text/plain; charset="
            + random.choice((b"utf-99", b"idna", b"hex", b"rot13", b"\xff", b"zip")),
            b"Content-Type: "
            + random.choice((b"", b"/", b"text", b"multipart/mixed", b"message/rfc822", b"a/b; c=\xe4")),
            b"Content-Type: text/html; charset*0*=x''%ff; charset*9=; name*=utf-8'",
            b'Content-Type: multipart/mixed; boundary=""',
            b"Content-Transfer-Encoding: "
            + random.choice((b"base64", b"quoted-printable", b"x-uuencode", b"9bit", b"\xe4")),
            b"Content-Disposition: attachment; filename*=utf-8''" + b"%ff" * 5000,
            b"Date: "
            + random.choice((b"", b"Thu, 99 Foo 99999 99:99:99 +9999", b"0", b"-", b"1 Jan 0 0:0 +0", b"\xff\xfe")),
            b"From: "
            + random.choice((b"<", b"=?utf-8?b?//8=?= <a@b>", b"(" * 3000, b'"' * 999, b"a@[" * 50, b"@", b",;:<>")),
            b"Subject: "
            + random.choice((b"=?utf-8?q?" + b"=ED=A0=80" * 50 + b"?=", b"=?x?b?%?=", b"a" * 90_000, b"=?" * 4000)),
            b"A" * 100_000 + b": b",
            b": no name",
            b"Subject: a\r\n\tb\r\n c\n\n",
        )
    )
    name = lie.partition(b":")[0]
    kept = re.sub(rb"(?mi)^" + re.escape(name) + rb":[^\n]*\n", b"", content, count=1) if len(name) < 99 else content
    return lie + b"\n" + kept


def nest_mail(content: bytes, random: Random) -> bytes:
    """Parts within parts, or messages within messages."""
    depth = random.choice((10, 100, 300, 300, 2000))
    if random.random() < 0.3:
        return b"Content-Type: message/rfc822\n\n" * depth + content
    heads = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return "".join(heads).encode() + content


def attach(content: bytes, random: Random) -> bytes:
    """A mail with attachments by the thousand, or one that is not what it says."""
    count = random.choice((1, 50, 2000))
    part = random.choice(
        (
            b'Content-Type: text/plain\nContent-Disposition: attachment; filename="../\xff"\n\nliite\n',
            b"Content-Type: application/vnd.ms-word.document.macroEnabled.12\n\n",
            b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(content)[:5001] + b"\n",
            b"Content-Type: text/html; charset=utf-16\n\n<p>odd",
        )
    )
    head = b'Content-Type: multipart/mixed; boundary="b"\nSubject: liitteet\n\n'
    return head + b"--b\n" + part + (b"--b\n" + part) * count + b"--b\n" + content + b"\n--b--\n"


IN_MARKUP: tuple[Mutation, ...] = (nest_tags, change_attributes, drop_tags, move_elements, double)
"""Those that fit XML and HTML."""
IN_MAIL: tuple[Mutation, ...] = (lie_in_head, lie_in_head, nest_mail, attach)
"""Those that fit mail."""
