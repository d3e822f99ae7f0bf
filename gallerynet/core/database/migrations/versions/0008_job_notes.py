"""What a job says, as a code with counts: its message in any language."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("note", sa.JSON(none_as_null=True), nullable=True))
