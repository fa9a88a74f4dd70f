"""The audit log as admins see it: one line for each act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.blocks.elements import TEXTS, Block, bullets, fallback, header, line, rich, small_print, words
from bot.blocks.status import TIMEZONE, notice
from bot.blocks.times import moment
from bot.delivery import Outgoing
from knowledge.model import SHELL, SOLMU, ActOutcome, AuditEntry, Language, MemberId

Names = Mapping[MemberId, str]


def audit_message(entries: Sequence[AuditEntry], names: Names, language: Language) -> Outgoing:
    """The acts, the newest first."""
    if not entries:
        return notice("audit.none", language)
    heading = TEXTS.get("audit.title", language)
    lines = rich(bullets(*(_line(each, names, language) for each in entries)))
    return Outgoing(fallback(heading), [header(heading), lines, small_print(TEXTS.get("audit.more", language))])


def _line(entry: AuditEntry, names: Names, language: Language) -> Block:
    at = moment(entry.at, TIMEZONE.key, language)
    outcome = "" if entry.outcome is ActOutcome.DONE else TEXTS.get(f"audit.outcome.{entry.outcome}", language)
    rest = " · ".join(filter(None, (entry.subject, outcome)))
    act = TEXTS.get(f"audit.act.{entry.act}", language)
    return line(
        words(f"{at} · {_who(entry.who, names, language)}: "), words(act, bold=True), words(f" {rest}".rstrip())
    )


def _who(who: MemberId, names: Names, language: Language) -> str:
    if who in {SHELL, SOLMU}:
        return TEXTS.get(f"audit.who.{who}", language)
    return names.get(who, "–")
