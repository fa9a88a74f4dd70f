"""What answers were made of and how they were rated; questions to the network, replies, and curated answers."""

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _ratings()
    _inquiries()


def _ratings() -> None:
    op.create_table("given_answers", _owned("question", "questions.id"), sa.Column("data", sa.JSON(), nullable=False))
    op.create_table(
        "answer_ratings",
        _owned("question", "questions.id"),
        sa.Column("person", sa.String(length=64), primary_key=True, index=True),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("complaint", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )


def _inquiries() -> None:
    op.create_table(
        "inquiries",
        sa.Column("id", sa.String(length=64), primary_key=True),
        sa.Column("asker", sa.String(length=64), nullable=False, index=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False, index=True),
        sa.Column("state", sa.String(length=16), nullable=False, index=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
    )
    op.create_table(
        "inquiry_replies",
        _owned("inquiry", "inquiries.id"),
        sa.Column("ts", sa.String(length=32), primary_key=True),
        sa.Column("author", sa.String(length=64), nullable=False, index=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "curated_answers",
        _owned("inquiry", "inquiries.id"),
        sa.Column("author", sa.String(length=64), nullable=False, index=True),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
    )


def _owned(name: str, owner: str) -> sa.Column[str]:
    length = 128 if owner == "questions.id" else 64
    return sa.Column(name, sa.String(length=length), sa.ForeignKey(owner, ondelete="CASCADE"), primary_key=True)


def downgrade() -> None:
    """Take back."""
    for table in ("curated_answers", "inquiry_replies", "inquiries", "answer_ratings", "given_answers"):
        op.drop_table(table)
