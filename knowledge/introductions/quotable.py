"""Whether what was quoted from a side when they were proposed may still be shown: consents can be taken back."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.model import Consent, Excerpt, Member, shown


def may_quote(excerpt: Excerpt, member: Member, asked: Collection[str]) -> bool:
    """Whether the member's consents of now cover the excerpt of theirs; `asked` holds what they have asked Solmu.

    An empty excerpt is nothing to show.
    """
    if not excerpt.text:
        return False
    if excerpt.use_case:
        return Consent.ORGANISATION in member.consents
    seen = shown(member)
    if any(excerpt.text in text for text in (seen.offers, seen.seeks, *seen.topics)):
        return True
    return Consent.QUESTIONS in member.consents and any(excerpt.text in text for text in asked)
