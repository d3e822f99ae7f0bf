"""The links between alike items, kept between starts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "similarity_forest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("embedding_model", sa.Text(), nullable=False),
        sa.Column("floor", sa.Float(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("checksums", sa.LargeBinary(), nullable=False),
        sa.Column("first_keys", sa.LargeBinary(), nullable=False),
        sa.Column("second_keys", sa.LargeBinary(), nullable=False),
        sa.Column("cosines", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
