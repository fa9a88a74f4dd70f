"""Conversations, remembered for a short while."""

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=128), primary_key=True),
        *(sa.Column(name, sa.String(length=32), nullable=False, index=True) for name in ("channel", "thread", "ts")),
        sa.Column("asker", sa.String(length=64), nullable=False, index=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("edited", sa.String(length=32), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False, index=True),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("conversations")
