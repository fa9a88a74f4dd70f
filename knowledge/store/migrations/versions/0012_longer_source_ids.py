"""Room for the longest names of sources: `curated-coordinators` is longer than what was foreseen."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
COLUMNS = (
    ("sources", "id"),
    ("documents", "source"),
    ("failures", "source"),
    ("quarantine", "source"),
    ("source_care", "source"),
    ("runs", "source"),
)


def upgrade() -> None:
    """Apply."""
    _resize(16, 32)


def downgrade() -> None:
    """Take back."""
    _resize(32, 16)


def _resize(old: int, new: int) -> None:
    # SQLite keeps no lengths, and would have to copy each table with all that refers to it.
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, column in COLUMNS:
        op.alter_column(
            table,
            column,
            type_=sa.String(length=new),
            existing_type=sa.String(length=old),
            existing_nullable=False,
        )
