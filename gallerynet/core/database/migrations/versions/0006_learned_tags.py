"""Likeness neighbours, where a tag's model cuts and what is expected of it, runs of tagging that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_neighbours",
        sa.Column("media_key", sa.Integer(), nullable=False),
        sa.Column("embedding_model", sa.Text(), nullable=False),
        sa.Column("neighbours", sa.LargeBinary(), nullable=False),
        sa.Column("cosines", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["media_key"], ["media.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("media_key"),
    )
    op.add_column("tag_models", sa.Column("min_confidence", sa.Float(), server_default="0.5", nullable=False))
    op.add_column("tag_models", sa.Column("is_thin", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("tag_models", sa.Column("curve", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "tag_runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.LargeBinary(16), nullable=False),
        sa.Column("last_key", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("job_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tag_run_states",
        sa.Column("run_number", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.LargeBinary(), nullable=True),
        sa.Column("media_keys", sa.LargeBinary(), nullable=False),
        sa.Column("confidences", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_number"], ["tag_runs.number"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_number", "tag_id"),
    )
    op.create_index("idx_tag_run_states_tag_id", "tag_run_states", ["tag_id"])
