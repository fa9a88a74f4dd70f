"""Calendar feeds in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge.model import Feed, FeedScope, MemberId
from knowledge.store.event_tables import FeedRow
from knowledge.store.upserting import upsert


class SqlFeeds:
    """See `knowledge.ports.FeedRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, feed: Feed) -> None:
        """Store a feed."""
        upsert(self._session, FeedRow, asdict(feed) | {"scope": feed.scope.value})

    def find(self, token_hash: str) -> Feed | None:
        """The feed of this secret, if there is one."""
        row = self._session.scalars(select(FeedRow).where(FeedRow.token_hash == token_hash)).one_or_none()
        return None if row is None else _feed(row)

    def of(self, owner: MemberId) -> Sequence[Feed]:
        """Somebody's, the oldest first."""
        found = select(FeedRow).where(FeedRow.owner == owner).order_by(FeedRow.made_at, FeedRow.token_hash)
        return [_feed(row) for row in self._session.scalars(found)]

    def remove(self, token_hash: str) -> None:
        """Revoke it."""
        self._session.execute(delete(FeedRow).where(FeedRow.token_hash == token_hash))


def _feed(row: FeedRow) -> Feed:
    return Feed(row.token_hash, MemberId(row.owner), FeedScope(row.scope), row.topic, row.made_at)
