"""Organisations, members and introductions."""

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _organisations_and_members()
    _introductions()


def _organisations_and_members() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(length=64), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.String(length=64), primary_key=True),
        sa.Column("organisation", sa.String(length=64), nullable=False, index=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("seeks", sa.Text(), nullable=False),
        sa.Column("consents", sa.JSON(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=False),
        sa.Column("silent_rounds", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=32), nullable=False, unique=True),
    )
    op.create_table(
        "exclusions",
        _member("by", primary_key=True),
        sa.Column("member", sa.String(length=64), primary_key=True),
        sa.Column("organisation", sa.String(length=64), primary_key=True),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
    )
    op.create_table(
        "welcomes",
        sa.Column("person", sa.String(length=64), primary_key=True),
        sa.Column("welcomed_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "member_vectors",
        _member("member", primary_key=True),
        sa.Column("text_hash", sa.String(length=64), primary_key=True),
        sa.Column("model", sa.Integer(), sa.ForeignKey("models.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )


def _introductions() -> None:
    op.create_table(
        "introductions",
        sa.Column("id", sa.String(length=64), primary_key=True),
        _member("first", index=True),
        _member("second", index=True),
        *(
            sa.Column(name, sa.String(length=16), nullable=False)
            for name in ("first_reply", "second_reply", "first_outcome", "second_outcome", "origin")
        ),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False, index=True),
        sa.Column("ground", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("proposed_at", UtcDateTime(), nullable=False, index=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(length=32), primary_key=True),
        sa.Column("held_at", UtcDateTime(), nullable=False),
        sa.Column("taking_part", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
    )


def _member(name: str, *, primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    owner = sa.ForeignKey("members.id", ondelete="CASCADE")
    return sa.Column(name, sa.String(length=64), owner, nullable=False, primary_key=primary_key, index=index)


def downgrade() -> None:
    """Take back."""
    tables = ("rounds", "introductions", "member_vectors", "welcomes", "exclusions", "members", "organisations")
    for table in tables:
        op.drop_table(table)
