"""Announcements, events, sign-ups, letters and calendar feeds."""

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _announcements()
    _events()
    _people()
    _letters()


def _announcements() -> None:
    op.create_table(
        "announcements",
        _name("id", primary_key=True),
        sa.Column("state", sa.String(length=16), nullable=False, index=True),
        _moment("made_at"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_table(
        "copies",
        _name("announcement", "announcements.id", primary_key=True),
        sa.Column("channel", sa.String(length=32), primary_key=True),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("begun_at"),
    )
    op.create_table(
        "channel_rules",
        sa.Column("channel", sa.String(length=32), primary_key=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
    )


def _events() -> None:
    op.create_table(
        "events",
        _name("id", "announcements.id", primary_key=True),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_table(
        "occurrences",
        _name("id", primary_key=True),
        _name("event", "events.id", index=True),
        sa.Column("slot", sa.String(length=32), nullable=False),
        _moment("starts_at", index=True),
        _moment("ends_at", index=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("meeting_link", sa.Text(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _moment("changed_at"),
    )


def _people() -> None:
    op.create_table(
        "sign_ups",
        _name("occurrence", "occurrences.id", primary_key=True),
        _name("person", primary_key=True, index=True),
        sa.Column("attendance", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _moment("since"),
        _moment("offered_until", index=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("is_visible", sa.Boolean(), nullable=False),
        sa.Column("wants_to_meet", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "feedback",
        _name("occurrence", "occurrences.id", primary_key=True),
        _name("person", primary_key=True, index=True),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _moment("at"),
    )
    op.create_table(
        "feeds",
        _name("token_hash", primary_key=True),
        _name("owner", index=True),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        _moment("made_at"),
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.String(length=255), primary_key=True),
        _name("to", index=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        _name("subject", index=True),
        sa.Column("details", sa.JSON(), nullable=False),
        _moment("due_at"),
        sa.Column("tries", sa.Integer(), nullable=False),
        _moment("tried_at"),
        _moment("sent_at", index=True),
    )
    op.create_table(
        "reminder_wishes",
        _name("person", primary_key=True),
        sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.String(length=16), nullable=False),
        sa.Column("quiet_until", sa.String(length=16), nullable=False),
    )
    op.create_table(
        "leases",
        _name("name", primary_key=True),
        _name("holder"),
        _moment("until"),
    )


def _name(name: str, owner: str = "", *, primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    keys = [sa.ForeignKey(owner, ondelete="CASCADE")] if owner else []
    return sa.Column(name, sa.String(length=64), *keys, nullable=False, primary_key=primary_key, index=index)


def _moment(name: str, *, index: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, UtcDateTime(), nullable=False, index=index)


def downgrade() -> None:
    """Take back."""
    for table in (
        "leases",
        "reminder_wishes",
        "letters",
        "feeds",
        "feedback",
        "sign_ups",
        "occurrences",
        "events",
        "channel_rules",
        "copies",
        "announcements",
    ):
        op.drop_table(table)
