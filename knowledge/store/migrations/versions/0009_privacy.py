"""Documents in quarantine, and contents that an admin released."""

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "quarantine",
        sa.Column("source", sa.String(length=16), sa.ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "quarantine_releases",
        sa.Column("content_hash", sa.String(length=64), primary_key=True),
        sa.Column("released_by", sa.String(length=64), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    """Take back."""
    for table in ("quarantine_releases", "quarantine"):
        op.drop_table(table)
