"""Which originals play."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("media", sa.Column("is_animated", sa.Boolean(), nullable=False, server_default="0"))
