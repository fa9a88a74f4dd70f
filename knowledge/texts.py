"""Sentences for people in Finnish, Swedish and English, from gettext catalogues read as they are edited."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from knowledge.model import Language

FALLBACK = Language.FI


class Texts:
    """A folder of catalogues, `fi.po`, `sv.po` and `en.po`, whose message ids are names, not sentences."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str, language: Language, **values: object) -> str:
        """The sentence of this name with its values filled in; raises KeyError where the catalogue lacks it.

        An unknown language gives Finnish.
        """
        message = self.catalogues[FALLBACK if language is Language.UNKNOWN else language].get(name)
        if message is None or not message.string:
            raise KeyError(name)
        return str(message.string).format(**values) if values else str(message.string)

    @cached_property
    def catalogues(self) -> dict[Language, Catalog]:
        """The catalogues by language, read on first use."""
        return {language: self._read(language) for language in Language if language is not Language.UNKNOWN}

    def _read(self, language: Language) -> Catalog:
        with (self._folder / f"{language.value}.po").open("rb") as file:
            return read_po(file, locale=language.value)
