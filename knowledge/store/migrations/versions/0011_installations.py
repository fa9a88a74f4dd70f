"""Several workspaces: installations with their sealed tokens, their channels, and who is just installing."""

import sqlalchemy as sa
from alembic import op

from knowledge.store.tables import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "installations",
        sa.Column("team", sa.String(length=32), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("installed_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "team_channels",
        sa.Column("channel", sa.String(length=32), primary_key=True),
        sa.Column("team", sa.String(length=32), nullable=False, index=True),
    )
    op.create_table(
        "oauth_states",
        sa.Column("state", sa.String(length=64), primary_key=True),
        sa.Column("until", UtcDateTime(), nullable=False, index=True),
    )


def downgrade() -> None:
    """Take back."""
    for table in ("oauth_states", "team_channels", "installations"):
        op.drop_table(table)
