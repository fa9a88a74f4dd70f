"""Who is away: a member whose account is switched off, or a guest's."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; whoever is a member already counts as there, also for the release before, which writes none of this."""
    op.add_column("members", sa.Column("is_away", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take back."""
    op.drop_column("members", "is_away")
