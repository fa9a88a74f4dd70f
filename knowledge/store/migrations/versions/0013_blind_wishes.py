"""Wishes about people whom their authors are not told, for which organisation a wish is, and rests after an erasure."""

import hashlib
from datetime import date

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

EXCLUSIONS = sa.table(
    "exclusions",
    *(sa.column(name) for name in ("by", "member", "organisation", "for_all", "on_behalf_of")),
    sa.column("until", sa.Date()),
)
BLIND = sa.table(
    "blind_exclusions",
    *(sa.column(name) for name in ("by", "key", "mark", "for_all", "on_behalf_of", "suggestion")),
    *(sa.column(name, sa.Date()) for name in ("until", "suggested_on")),
)
MEMBERS = sa.table("members", sa.column("id"), sa.column("organisation"))
INTRODUCTIONS = sa.table(
    "introductions",
    *(sa.column(name) for name in ("id", "first", "second", "first_reply", "second_reply")),
    sa.column("proposed_at", UtcDateTime()),
)


def upgrade() -> None:
    """Apply."""
    op.add_column("exclusions", sa.Column("on_behalf_of", sa.String(length=64), nullable=False, server_default=""))
    op.create_table(
        "blind_exclusions",
        _member("by"),
        sa.Column("key", sa.String(length=64), primary_key=True),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("suggestion", sa.String(length=64), nullable=False),
        sa.Column("suggested_on", sa.Date(), nullable=False),
    )
    op.create_table(
        "rests",
        _member("member"),
        sa.Column("mark", sa.String(length=64), primary_key=True),
        sa.Column("until", sa.Date(), nullable=False),
    )
    _tell_for_whom()
    _blind()


def _member(name: str) -> sa.Column[str]:
    owner = sa.ForeignKey("members.id", ondelete="CASCADE")
    return sa.Column(name, sa.String(length=64), owner, primary_key=True)


def _tell_for_whom() -> None:
    """Earlier wishes for a whole organisation are for the one that their authors are of now."""
    own = sa.select(MEMBERS.c.organisation).where(MEMBERS.c.id == EXCLUSIONS.c.by).scalar_subquery()
    op.execute(EXCLUSIONS.update().where(EXCLUSIONS.c.for_all == sa.true()).values(on_behalf_of=own))


def _blind() -> None:
    """Whoever had said no to somebody by a wish may not have known who it was: their names are told no more."""
    connection = op.get_bind()
    one, other = INTRODUCTIONS.c.first, INTRODUCTIONS.c.second
    for by, named, reply in ((one, other, "first_reply"), (other, one, "second_reply")):
        declined = (
            sa.select(EXCLUSIONS.c.by, EXCLUSIONS.c.member, INTRODUCTIONS.c.id, INTRODUCTIONS.c.proposed_at)
            .where(EXCLUSIONS.c.by == by, EXCLUSIONS.c.member == named, INTRODUCTIONS.c[reply] == "no")
            .where(EXCLUSIONS.c.for_all == sa.false(), EXCLUSIONS.c.until == date.max)
            .order_by(INTRODUCTIONS.c.proposed_at)
        )
        latest = {(row.by, row.member): row for row in connection.execute(declined)}
        for row in latest.values():
            connection.execute(BLIND.insert().values(_blinded(row.by, row.member, row.id, row.proposed_at.date())))
            of_them = (EXCLUSIONS.c.by == row.by, EXCLUSIONS.c.member == row.member)
            connection.execute(EXCLUSIONS.delete().where(*of_them))


def _blinded(by: str, member: str, suggestion: str, day: date) -> dict[str, object]:
    return {
        "by": by,
        "key": suggestion,
        "mark": _mark(member),
        "for_all": False,
        "on_behalf_of": "",
        "until": date.max,
        "suggestion": suggestion,
        "suggested_on": day,
    }


def _mark(member: str) -> str:
    return hashlib.sha256(f"mark {member}".encode()).hexdigest()


def downgrade() -> None:
    """Take back; wishes about those who are no members cannot be told by name, and go."""
    connection = op.get_bind()
    members = {_mark(each): each for each in connection.scalars(sa.select(MEMBERS.c.id))}
    named = {(row.by, members[row.mark]): row for row in connection.execute(sa.select(BLIND)) if row.mark in members}
    there = {(row.by, row.member) for row in connection.execute(sa.select(EXCLUSIONS.c.by, EXCLUSIONS.c.member))}
    for (by, member), row in named.items():
        if (by, member) not in there:
            values = {"by": by, "member": member, "organisation": "", "for_all": row.for_all, "until": row.until}
            connection.execute(EXCLUSIONS.insert().values(values))
    for table in ("rests", "blind_exclusions"):
        op.drop_table(table)
    op.drop_column("exclusions", "on_behalf_of")
