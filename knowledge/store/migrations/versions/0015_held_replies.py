"""Whose yes waits, because they paused after it: beside the reply, which the release before reads on as a yes."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = ("first_held", "second_held")


def upgrade() -> None:
    """Apply; no reply that is there waits, nor one that the release before writes."""
    for name in COLUMNS:
        op.add_column("introductions", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take back."""
    for name in COLUMNS:
        op.drop_column("introductions", name)
