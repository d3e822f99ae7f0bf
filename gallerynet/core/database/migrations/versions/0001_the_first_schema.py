"""The seed's tables, and what the API needs beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Words of file and camera names, kept in step by SQLite itself.
TEXT_INDEX = (
    "CREATE VIRTUAL TABLE media_text USING fts5("
    "original_filename, camera_make, camera_model, lens, content='media', content_rowid='key', "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE TRIGGER media_text_insert AFTER INSERT ON media BEGIN "
    "INSERT INTO media_text(rowid, original_filename, camera_make, camera_model, lens) "
    "VALUES (new.key, new.original_filename, new.camera_make, new.camera_model, new.lens); END",
    "CREATE TRIGGER media_text_delete AFTER DELETE ON media BEGIN "
    "INSERT INTO media_text(media_text, rowid, original_filename, camera_make, camera_model, lens) "
    "VALUES ('delete', old.key, old.original_filename, old.camera_make, old.camera_model, old.lens); END",
    "CREATE TRIGGER media_text_update "
    "AFTER UPDATE OF original_filename, camera_make, camera_model, lens ON media BEGIN "
    "INSERT INTO media_text(media_text, rowid, original_filename, camera_make, camera_model, lens) "
    "VALUES ('delete', old.key, old.original_filename, old.camera_make, old.camera_model, old.lens); "
    "INSERT INTO media_text(rowid, original_filename, camera_make, camera_model, lens) "
    "VALUES (new.key, new.original_filename, new.camera_make, new.camera_model, new.lens); END",
)

# Counting a million rows takes long; keeping the count takes nothing.
_COUNT = (
    "INSERT INTO media_counts (media_type, is_trashed, item_count, byte_count) "
    "VALUES ({row}.media_type, {row}.trashed_at IS NOT NULL, {sign}1, {sign}{row}.size_bytes) "
    "ON CONFLICT (media_type, is_trashed) DO UPDATE "
    "SET item_count = item_count {sign} 1, byte_count = byte_count {sign} {row}.size_bytes; "
)
COUNTS = (
    f"CREATE TRIGGER media_counts_insert AFTER INSERT ON media BEGIN {_COUNT.format(row='new', sign='+')} END",
    f"CREATE TRIGGER media_counts_delete AFTER DELETE ON media BEGIN {_COUNT.format(row='old', sign='-')} END",
    "CREATE TRIGGER media_counts_update AFTER UPDATE OF media_type, trashed_at, size_bytes ON media BEGIN "
    f"{_COUNT.format(row='old', sign='-')} {_COUNT.format(row='new', sign='+')} END",
)

# Whose vector is of another model than the one in use.
OUTDATED_VECTORS = (
    "CREATE VIEW outdated_vectors AS SELECT key FROM media WHERE embedding_model <> "
    "(SELECT value FROM library_settings WHERE name = 'embedding_model')"
)


def upgrade() -> None:
    op.create_table(
        "download_plans",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "events",
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("cursor"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "folders",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("sort_order", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("idx_jobs_state", "jobs", ["state", "created_at"], unique=False)
    op.create_table(
        "library_settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "media",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("original_filename", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("media_type", sa.Text(), server_default="image", nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("crc32", sa.Integer(), nullable=True),
        sa.Column("phash", sa.Text(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration", sa.Float(), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.Text(), nullable=False),
        sa.Column("original_date", sa.Text(), nullable=False),
        sa.Column("original_date_source", sa.Text(), server_default="UPLOAD", nullable=False),
        sa.Column("exif_json", sa.Text(), nullable=True),
        sa.Column("camera_make", sa.Text(), nullable=True),
        sa.Column("camera_model", sa.Text(), nullable=True),
        sa.Column("lens", sa.Text(), nullable=True),
        sa.Column("iso", sa.Integer(), nullable=True),
        sa.Column("aperture", sa.Float(), nullable=True),
        sa.Column("exposure_time", sa.Text(), nullable=True),
        sa.Column("focal_length", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("altitude", sa.Float(), nullable=True),
        sa.Column("placeholder", sa.Text(), nullable=True),
        sa.Column("sharpness", sa.Float(), nullable=True),
        sa.Column("thumbnail_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("embedding_model", sa.Text(), nullable=True),
        sa.Column("decoded_by", sa.Text(), nullable=True),
        sa.Column("processing_error", sa.Text(), nullable=True),
        sa.Column("trashed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("content_hash"),
        sa.UniqueConstraint("filename"),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "idx_media_date",
        "media",
        ["original_date", "key", "width", "height", "trashed_at"],
        unique=False,
        sqlite_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index(
        "idx_media_name",
        "media",
        ["original_filename", "key", "width", "height", "trashed_at"],
        unique=False,
        sqlite_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index("idx_media_phash", "media", ["phash"], unique=False)
    op.create_index(
        "idx_media_size",
        "media",
        ["size_bytes", "key", "width", "height", "trashed_at"],
        unique=False,
        sqlite_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index(
        "idx_media_trashed", "media", ["trashed_at"], unique=False, sqlite_where=sa.text("trashed_at IS NOT NULL")
    )
    op.create_index(
        "idx_media_uploaded",
        "media",
        ["uploaded_at", "key", "width", "height", "trashed_at"],
        unique=False,
        sqlite_where=sa.text("trashed_at IS NULL"),
    )
    op.create_table(
        "media_counts",
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("is_trashed", sa.Boolean(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("media_type", "is_trashed"),
    )
    op.create_table(
        "removed_files", sa.Column("media_id", sa.LargeBinary(16), nullable=False), sa.PrimaryKeyConstraint("media_id")
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "similarity_references",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("embedding", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("idx_similarity_references_created_at", "similarity_references", ["created_at"], unique=False)
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("public_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "download_parts",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("plan_id", sa.LargeBinary(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("file_count", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["download_plans.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_download_parts_plan_id"), "download_parts", ["plan_id"], unique=False)
    op.create_table(
        "duplicate_pairs",
        sa.Column("first_key", sa.Integer(), nullable=False),
        sa.Column("second_key", sa.Integer(), nullable=False),
        sa.Column("correlation", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["first_key"], ["media.key"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_key"], ["media.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("first_key", "second_key"),
    )
    op.create_index("idx_duplicate_pairs_second_key", "duplicate_pairs", ["second_key"], unique=False)
    op.create_table(
        "favorites",
        sa.Column("media_id", sa.LargeBinary(16), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("media_id"),
    )
    op.create_table(
        "folder_media",
        sa.Column("folder_id", sa.LargeBinary(16), nullable=False),
        sa.Column("media_id", sa.LargeBinary(16), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["folder_id"], ["folders.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("folder_id", "media_id"),
    )
    op.create_index("idx_folder_media_media_id", "folder_media", ["media_id"], unique=False)
    op.create_table(
        "media_tags",
        sa.Column("media_id", sa.LargeBinary(16), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("is_auto", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("media_id", "tag_id"),
    )
    op.create_index("idx_media_tags_tag_id", "media_tags", ["tag_id", "is_auto"], unique=False)
    op.create_table(
        "tag_models",
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("bias", sa.Float(), nullable=False),
        sa.Column("platt_a", sa.Float(), server_default="-2.0", nullable=False),
        sa.Column("platt_b", sa.Float(), server_default="0.0", nullable=False),
        sa.Column("trained_at_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("trained_at", sa.Text(), nullable=False),
        sa.Column("center", sa.LargeBinary(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("positives", sa.Integer(), nullable=False),
        sa.Column("negatives", sa.Integer(), nullable=False),
        sa.Column("average_precision", sa.Float(), nullable=True),
        sa.Column("precision", sa.Float(), nullable=True),
        sa.Column("recall", sa.Float(), nullable=True),
        sa.Column("examples_digest", sa.Text(), nullable=False),
        sa.Column("embedding_model", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tag_id"),
    )
    op.create_table(
        "tag_rejections",
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("media_id", sa.LargeBinary(16), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tag_id", "media_id"),
    )
    op.create_index("idx_tag_rejections_media_id", "tag_rejections", ["media_id"], unique=False)

    for statement in (*TEXT_INDEX, *COUNTS, OUTDATED_VECTORS):
        op.execute(statement)
