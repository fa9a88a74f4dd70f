"""Whether what was quoted from a side when they were proposed may still be shown: consents can be taken back."""

from __future__ import annotations

from knowledge.model import Consent, Excerpt, Member, shown


def may_quote(excerpt: Excerpt, member: Member) -> bool:
    """Whether the member's consents of now cover the excerpt of theirs. An empty one is nothing to show."""
    if not excerpt.text:
        return False
    if excerpt.use_case:
        return Consent.ORGANISATION in member.consents and not member.is_away
    seen = shown(member)
    return any(excerpt.text in text for text in (seen.offers, seen.seeks, *seen.topics))
