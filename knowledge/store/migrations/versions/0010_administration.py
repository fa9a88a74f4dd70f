"""Runs of one source and dry runs, schedules, replaced documents, indexers' signs of life, and what answers cited."""

import json

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import BigId, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
QUEUED = sa.text("state = 'queued'")


def upgrade() -> None:
    """Apply."""
    op.drop_index("uq_runs_queued", "runs")
    for column in (
        sa.Column("task", sa.String(length=16), nullable=False, server_default="sync"),
        sa.Column("source", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("report", sa.JSON(), nullable=False, server_default="{}"),
    ):
        op.add_column("runs", column)
    _one_queued("task", "source")
    _tables()
    _fill_cited()


def _tables() -> None:
    op.create_table(
        "source_care",
        _owned("source", "sources.id", 16),
        sa.Column("schedule", sa.String(length=32), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False, index=True),
        sa.Column("synced_at", UtcDateTime(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
    )
    op.create_table(
        "indexers",
        sa.Column("name", sa.String(length=255), primary_key=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "replacements",
        _owned("old", "documents.id", 40),
        sa.Column(
            "new",
            sa.String(length=40),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "cited_passages",
        _owned("question", "questions.id", 128),
        sa.Column("passage", BigId, primary_key=True, index=True),
        sa.Column("is_told", sa.Boolean(), nullable=False),
    )


def _fill_cited() -> None:
    """What earlier answers cited stands in their data."""
    connection = op.get_bind()
    cited = sa.table("cited_passages", sa.column("question"), sa.column("passage"), sa.column("is_told"))
    for question, data in connection.execute(sa.text("SELECT question, data FROM given_answers")).all():
        told = json.loads(data) if isinstance(data, str) else data
        rows = [{"question": question, "passage": each, "is_told": False} for each in set(told["passages"])]
        if rows:
            connection.execute(cited.insert(), rows)


def _one_queued(*columns: str) -> None:
    op.create_index("uq_runs_queued", "runs", list(columns), unique=True, sqlite_where=QUEUED, postgresql_where=QUEUED)


def _owned(name: str, owner: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), sa.ForeignKey(owner, ondelete="CASCADE"), primary_key=True)


def downgrade() -> None:
    """Take back."""
    for table in ("cited_passages", "replacements", "indexers", "source_care"):
        op.drop_table(table)
    op.drop_index("uq_runs_queued", "runs")
    for column in ("report", "source", "task"):
        op.drop_column("runs", column)
    _one_queued("state")
