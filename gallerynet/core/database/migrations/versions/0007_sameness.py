"""Sameness: what pictures are compared by, what the user said of pairs, what was resolved."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sketches",
        sa.Column("media_key", sa.Integer(), nullable=False),
        sa.Column("method", sa.Integer(), nullable=False),
        sa.Column("pixels", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["media_key"], ["media.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("media_key"),
    )
    op.create_table(
        "distinct_pairs",
        sa.Column("first_key", sa.Integer(), nullable=False),
        sa.Column("second_key", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["first_key"], ["media.key"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_key"], ["media.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("first_key", "second_key"),
    )
    op.create_index("idx_distinct_pairs_second_key", "distinct_pairs", ["second_key"])
    op.create_table(
        "resolutions",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
