"""Words of titles and keywords, what sidecars said, files that imports have looked at, whose work a job is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAMES = "original_filename, camera_make, camera_model, lens, words"
_VALUES = {row: ", ".join(f"{row}.{name}" for name in _NAMES.split(", ")) for row in ("old", "new")}
_FORGET = f"INSERT INTO media_text(media_text, rowid, {_NAMES}) VALUES ('delete', old.key, {_VALUES['old']})"  # noqa: S608 - column names of this module, no input
_LEARN = f"INSERT INTO media_text(rowid, {_NAMES}) VALUES (new.key, {_VALUES['new']})"  # noqa: S608 - column names of this module, no input

TEXT_INDEX = (
    "DROP TRIGGER media_text_insert",
    "DROP TRIGGER media_text_delete",
    "DROP TRIGGER media_text_update",
    "DROP TABLE media_text",
    f"CREATE VIRTUAL TABLE media_text USING fts5({_NAMES}, content='media', content_rowid='key', "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    f"CREATE TRIGGER media_text_insert AFTER INSERT ON media BEGIN {_LEARN}; END",
    f"CREATE TRIGGER media_text_delete AFTER DELETE ON media BEGIN {_FORGET}; END",
    f"CREATE TRIGGER media_text_update AFTER UPDATE OF {_NAMES} ON media BEGIN {_FORGET}; {_LEARN}; END",
    "INSERT INTO media_text(media_text) VALUES ('rebuild')",
)


def upgrade() -> None:
    op.add_column("media", sa.Column("words", sa.Text(), nullable=True))
    op.add_column("media", sa.Column("sidecar_json", sa.Text(), nullable=True))
    op.add_column("jobs", sa.Column("owner", sa.Text(), nullable=True))
    op.add_column("jobs", sa.Column("is_cancel_wanted", sa.Boolean(), server_default="0", nullable=False))
    op.create_table(
        "seen_files",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("modified_ns", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path"),
    )
    for statement in TEXT_INDEX:
        op.execute(statement)
