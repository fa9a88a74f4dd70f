"""Channels' manners, turns, and the languages that people wish for."""

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "channel_manners",
        sa.Column("channel", sa.String(length=32), primary_key=True),
        sa.Column("initiative", sa.String(length=16), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("quiet_from", sa.String(length=16), nullable=False),
        sa.Column("quiet_until", sa.String(length=16), nullable=False),
        sa.Column("hourly", sa.Integer(), nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("question", sa.String(length=128), primary_key=True),
        sa.Column("asker", sa.String(length=64), nullable=False, index=True),
        sa.Column("place", sa.String(length=64), nullable=False, index=True),
        sa.Column("due_at", UtcDateTime(), nullable=False, index=True),
    )
    op.create_table(
        "language_wishes",
        sa.Column("member", sa.String(length=64), primary_key=True),
        sa.Column("language", sa.String(length=8), nullable=False),
    )


def downgrade() -> None:
    """Take back."""
    for table in ("language_wishes", "turns", "channel_manners"):
        op.drop_table(table)
