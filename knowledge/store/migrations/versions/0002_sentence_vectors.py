"""Vectors of sentences."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "sentence_vectors",
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("model", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["model"], ["models.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("text_hash", "model"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("sentence_vectors")
