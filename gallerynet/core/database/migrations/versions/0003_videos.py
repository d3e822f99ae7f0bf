"""Videos: how they are played, and by what they are known again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("media", sa.Column("playback_state", sa.Text()))
    op.create_index("idx_media_duration", "media", ["duration", "key"], sqlite_where=sa.text("duration IS NOT NULL"))
    op.create_index("idx_media_preview_wanted", "media", ["key"], sqlite_where=sa.text("playback_state = 'waiting'"))
    op.create_table(
        "video_signatures",
        sa.Column("media_key", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["media_key"], ["media.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("media_key"),
    )
