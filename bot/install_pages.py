"""The few web pages that whoever installs Solmu sees, in their browser's language."""

from __future__ import annotations

import re
from enum import StrEnum
from html import escape

from bot.blocks.elements import TEXTS
from knowledge.model import Language

_SPOKEN = re.compile(r"\b(fi|sv|en)\b")
_HTML = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Solmu</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem }}
a.button {{ display: inline-block; padding: .7rem 1.4rem; border-radius: .5rem; background: #1f4e5f; color: #fff;
text-decoration: none }}
a.button:focus-visible {{ outline: 3px solid #e0a100; outline-offset: 2px }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
{button}
</main>
</body>
</html>
"""


class Page(StrEnum):
    """Which page it is."""

    BEGIN = "begin"
    DONE = "done"
    DENIED = "denied"
    AGAIN = "again"
    STRANGER = "stranger"
    FAILED = "failed"


def page_html(page: Page, about: str, language: Language) -> str:
    """The page; `about` is the address that its button leads to, the name of a workspace, or a reference."""
    has_button = page in {Page.BEGIN, Page.AGAIN}
    label = escape(TEXTS.get(f"oauth.{page.value}.button", language)) if has_button else ""
    return _HTML.format(
        language=language.value,
        title=escape(TEXTS.get(f"oauth.{page.value}.title", language, about=about)),
        text=escape(TEXTS.get(f"oauth.{page.value}.text", language, about="" if has_button else about)),
        button=f'<p><a class="button" href="{escape(about)}">{label}</a></p>' if has_button else "",
    )


def language_of(accepted: str, fallback: Language) -> Language:
    """The first of the three languages in a browser's list."""
    found = _SPOKEN.search(accepted.casefold())
    return Language(found[1]) if found else fallback
