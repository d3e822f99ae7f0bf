"""The tables, as SQLAlchemy knows them.

``vec_media`` (sqlite-vec) and ``media_text`` (FTS5) are virtual tables, keyed by ``media.key``, which SQL texts reach.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from gallerynet.core.ids import Id, id_from_blob, id_to_blob

metadata = sa.MetaData()


class IdBlob(sa.TypeDecorator[Id]):
    """An id: UUID text in Python, 16 bytes in the table."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - the interface
        return None if value is None else id_to_blob(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Id | None:  # noqa: ARG002 - the interface
        return None if value is None else id_from_blob(value)


def _order_indexes() -> list[sa.Index]:
    """One for each order of a list.

    Without the trash they hold just what lists show, so that positions can be counted in them; the sizes let the
    timeline be read from them alone, and SQLite takes them for covering only with the column of the condition inside.
    """
    orders = {"date": "original_date", "size": "size_bytes", "uploaded": "uploaded_at", "name": "original_filename"}
    alive = sa.text("trashed_at IS NULL")
    return [
        sa.Index(f"idx_media_{name}", column, "key", "width", "height", "trashed_at", sqlite_where=alive)
        for name, column in orders.items()
    ]


def _references(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")


# What the library remembers of itself.
library_settings = sa.Table(
    "library_settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

media = sa.Table(
    "media",
    metadata,
    # Never given twice: vectors, texts and pages of results are keyed by it.
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", IdBlob, nullable=False, unique=True),
    sa.Column("filename", sa.Text, nullable=False, unique=True),
    sa.Column("original_filename", sa.Text(collation="NOCASE"), nullable=False),
    sa.Column("media_type", sa.Text, nullable=False, server_default="image"),
    sa.Column("mime_type", sa.Text, nullable=False),
    # Lower-case hex, so that a shell's sha256sum can be compared with it.
    sa.Column("content_hash", sa.Text, unique=True),
    sa.Column("crc32", sa.Integer),
    sa.Column("phash", sa.Text),
    sa.Column("width", sa.Integer),
    sa.Column("height", sa.Integer),
    sa.Column("duration", sa.Float),
    sa.Column("is_animated", sa.Boolean, nullable=False, server_default="0"),
    sa.Column("size_bytes", sa.Integer, nullable=False),
    sa.Column("uploaded_at", sa.Text, nullable=False),
    sa.Column("original_date", sa.Text, nullable=False),
    sa.Column("original_date_source", sa.Text, nullable=False, server_default="UPLOAD"),
    sa.Column("exif_json", sa.Text),
    # What lay beside the file when it was imported: no repair can read that again.
    sa.Column("sidecar_json", sa.Text),
    # Titles, captions and keywords, to be searched.
    sa.Column("words", sa.Text),
    sa.Column("camera_make", sa.Text),
    sa.Column("camera_model", sa.Text),
    sa.Column("lens", sa.Text),
    sa.Column("iso", sa.Integer),
    sa.Column("aperture", sa.Float),
    sa.Column("exposure_time", sa.Text),
    sa.Column("focal_length", sa.Float),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("altitude", sa.Float),
    sa.Column("placeholder", sa.Text),
    sa.Column("sharpness", sa.Float),
    # Which recipe made the thumbnails; a newer program may redo older ones.
    sa.Column("thumbnail_version", sa.Integer, nullable=False, server_default="0"),
    # Whose vector it is that vec_media holds; that of another model than the present one is not searched.
    sa.Column("embedding_model", sa.Text),
    # Which decoders tried last; what failed is tried again when they change.
    sa.Column("decoded_by", sa.Text),
    sa.Column("processing_error", sa.Text),
    # What a browser is given of a video: the original, or a preview that may still have to be made.
    sa.Column("playback_state", sa.Text),
    sa.Column("trashed_at", sa.Text),
    *_order_indexes(),
    sa.Index("idx_media_phash", "phash"),
    sa.Index("idx_media_duration", "duration", "key", sqlite_where=sa.text("duration IS NOT NULL")),
    sa.Index("idx_media_preview_wanted", "key", sqlite_where=sa.text("playback_state = 'waiting'")),
    sa.Index("idx_media_trashed", "trashed_at", sqlite_where=sa.text("trashed_at IS NOT NULL")),
    sqlite_autoincrement=True,
)

# By what a video is known again; kept apart, since lists of items never read it.
video_signatures = sa.Table(
    "video_signatures",
    metadata,
    sa.Column("media_key", sa.Integer, _references("media.key"), primary_key=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)

folders = sa.Table(
    "folders",
    metadata,
    sa.Column("id", IdBlob, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("sort_order", sa.Integer, nullable=False, server_default="0"),
)

folder_media = sa.Table(
    "folder_media",
    metadata,
    sa.Column("folder_id", IdBlob, _references("folders.id"), primary_key=True),
    sa.Column("media_id", IdBlob, _references("media.id"), primary_key=True),
    sa.Column("added_at", sa.Text),
    sa.Index("idx_folder_media_media_id", "media_id"),
)

# How many items there are of each type, in the trash and outside it, and their bytes: kept by triggers.
media_counts = sa.Table(
    "media_counts",
    metadata,
    sa.Column("media_type", sa.Text, primary_key=True),
    sa.Column("is_trashed", sa.Boolean, primary_key=True),
    sa.Column("item_count", sa.Integer, nullable=False),
    sa.Column("byte_count", sa.Integer, nullable=False),
)

# sqlite-vec's table of embeddings, and the keys in it whose vector is of another model than the one in use.
vec_media = sa.table("vec_media", sa.column("key", sa.Integer), sa.column("embedding", sa.LargeBinary))
# FTS5's table of words; its column of the same name is what MATCH is asked of.
media_text = sa.table("media_text", sa.column("rowid", sa.Integer), sa.column("media_text", sa.Text))
outdated_vectors = sa.table("outdated_vectors", sa.column("key", sa.Integer))

favorites = sa.Table(
    "favorites",
    metadata,
    sa.Column("media_id", IdBlob, _references("media.id"), primary_key=True),
    sa.Column("created_at", sa.Text, nullable=False),
)

tags = sa.Table(
    "tags",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("public_id", IdBlob, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

media_tags = sa.Table(
    "media_tags",
    metadata,
    sa.Column("media_id", IdBlob, _references("media.id"), primary_key=True),
    sa.Column("tag_id", sa.Integer, _references("tags.id"), primary_key=True),
    sa.Column("is_auto", sa.Boolean, nullable=False, server_default="0"),
    sa.Column("confidence", sa.Float),
    sa.Index("idx_media_tags_tag_id", "tag_id", "is_auto"),
)

# What the user said a tag does not apply to. Lasts: no later run brings the tag back.
tag_rejections = sa.Table(
    "tag_rejections",
    metadata,
    sa.Column("tag_id", sa.Integer, _references("tags.id"), primary_key=True),
    sa.Column("media_id", IdBlob, _references("media.id"), primary_key=True),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Index("idx_tag_rejections_media_id", "media_id"),
)

tag_models = sa.Table(
    "tag_models",
    metadata,
    sa.Column("tag_id", sa.Integer, _references("tags.id"), primary_key=True),
    sa.Column("weights", sa.LargeBinary, nullable=False),
    sa.Column("bias", sa.Float, nullable=False),
    sa.Column("platt_a", sa.Float, nullable=False, server_default="-2.0"),
    sa.Column("platt_b", sa.Float, nullable=False, server_default="0.0"),
    sa.Column("trained_at_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("trained_at", sa.Text, nullable=False),
    # The library's mean embedding at training time, float32: scores are taken about it.
    sa.Column("center", sa.LargeBinary, nullable=False),
    sa.Column("threshold", sa.Float, nullable=False),
    sa.Column("positives", sa.Integer, nullable=False),
    sa.Column("negatives", sa.Integer, nullable=False),
    sa.Column("average_precision", sa.Float),
    sa.Column("precision", sa.Float),
    sa.Column("recall", sa.Float),
    # Of the examples it was trained on; another digest now means that it is stale.
    sa.Column("examples_digest", sa.Text, nullable=False),
    sa.Column("embedding_model", sa.Text, nullable=False),
    # From which confidence items are tagged: the user's choice, which outlasts training.
    sa.Column("min_confidence", sa.Float, nullable=False, server_default="0.5"),
    # The examples did not stand out from the library: nothing is tagged by them.
    sa.Column("is_thin", sa.Boolean, nullable=False, server_default="0"),
    # What may be expected of each confidence, as rows of (confidence, items tagged, precision, recall).
    sa.Column("curve", sa.JSON, nullable=False, server_default="[]"),
)

# The items most like each item among those that were there before it, and their cosines: int64 and float32,
# little-endian. What came later has it among its own.
media_neighbours = sa.Table(
    "media_neighbours",
    metadata,
    sa.Column("media_key", sa.Integer, _references("media.key"), primary_key=True),
    sa.Column("embedding_model", sa.Text, nullable=False),
    sa.Column("neighbours", sa.LargeBinary, nullable=False),
    sa.Column("cosines", sa.LargeBinary, nullable=False),
)

# What learning and applying tags did at the user's word, and what was there before, so that it can be undone.
tag_runs = sa.Table(
    "tag_runs",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("job_id", IdBlob, nullable=False, unique=True),
    # Of the newest item then: later ones were not there before.
    sa.Column("last_key", sa.Integer, nullable=False),
    sa.Column("undone_at", sa.Text),
    sqlite_autoincrement=True,
)

# A tag before a run: its model, as JSON of its row, and the items that it was on automatically, with confidences.
tag_run_states = sa.Table(
    "tag_run_states",
    metadata,
    sa.Column("run_number", sa.Integer, _references("tag_runs.number"), primary_key=True),
    sa.Column("tag_id", sa.Integer, _references("tags.id"), primary_key=True),
    sa.Column("model", sa.LargeBinary),
    sa.Column("media_keys", sa.LargeBinary, nullable=False),
    sa.Column("confidences", sa.LargeBinary, nullable=False),
    sa.Index("idx_tag_run_states_tag_id", "tag_id"),
)

similarity_references = sa.Table(
    "similarity_references",
    metadata,
    sa.Column("id", IdBlob, primary_key=True),
    sa.Column("embedding", sa.LargeBinary, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Index("idx_similarity_references_created_at", "created_at"),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("cursor", sa.Integer, primary_key=True),
    sa.Column("occurred_at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", IdBlob, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("arguments", sa.JSON, nullable=False),
    sa.Column("done", sa.Integer, nullable=False, server_default="0"),
    sa.Column("total", sa.Integer),
    sa.Column("message", sa.Text),
    sa.Column("note", sa.JSON(none_as_null=True)),  # what the message says, for other languages
    sa.Column("error", sa.Text),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("started_at", sa.Text),
    sa.Column("finished_at", sa.Text),
    # The run of another process that does the work, such as an import; null where it is the server's.
    sa.Column("owner", sa.Text),
    sa.Column("is_cancel_wanted", sa.Boolean, nullable=False, server_default="0"),
    sa.Index("idx_jobs_state", "state", "created_at"),
)

# Files whose rows are gone and that are still to be deleted: what a crash leaves of a deletion.
removed_files = sa.Table(
    "removed_files",
    metadata,
    sa.Column("media_id", IdBlob, primary_key=True),
)

# Files outside the library whose hash is known: one that has kept its size and time is not read again.
seen_files = sa.Table(
    "seen_files",
    metadata,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("size_bytes", sa.Integer, nullable=False),
    sa.Column("modified_ns", sa.Integer, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", IdBlob, primary_key=True),
    # SHA-256 of the token that the client holds: whoever reads this table cannot log in by it.
    sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text),
)

download_plans = sa.Table(
    "download_plans",
    metadata,
    sa.Column("id", IdBlob, primary_key=True),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)

download_parts = sa.Table(
    "download_parts",
    metadata,
    sa.Column("id", IdBlob, primary_key=True),
    sa.Column("plan_id", IdBlob, _references("download_plans.id"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("filename", sa.Text, nullable=False),
    sa.Column("file_count", sa.Integer, nullable=False),
    sa.Column("size_bytes", sa.Integer, nullable=False),
    sa.Column("entries", sa.JSON, nullable=False),
)

# Two items that show the same picture, the lower key first; found as they arrive.
duplicate_pairs = sa.Table(
    "duplicate_pairs",
    metadata,
    sa.Column("first_key", sa.Integer, _references("media.key"), primary_key=True),
    sa.Column("second_key", sa.Integer, _references("media.key"), primary_key=True),
    sa.Column("correlation", sa.Float, nullable=False),
    sa.Index("idx_duplicate_pairs_second_key", "second_key"),
)

# The strongest links between alike items of the whole library, in one row: arrays, as the machine keeps them. Made
# from the vectors, of which it holds checksums; it spares the next start the work.
similarity_forest = sa.Table(
    "similarity_forest",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("embedding_model", sa.Text, nullable=False),
    sa.Column("floor", sa.Float, nullable=False),
    sa.Column("keys", sa.LargeBinary, nullable=False),
    sa.Column("checksums", sa.LargeBinary, nullable=False),
    sa.Column("first_keys", sa.LargeBinary, nullable=False),
    sa.Column("second_keys", sa.LargeBinary, nullable=False),
    sa.Column("cosines", sa.LargeBinary, nullable=False),
)

# The small grey picture by which an item is compared, and the version of the method that it has been compared with
# all others by. Without pixels for videos, whose signatures are kept apart.
sketches = sa.Table(
    "sketches",
    metadata,
    sa.Column("media_key", sa.Integer, _references("media.key"), primary_key=True),
    sa.Column("method", sa.Integer, nullable=False),
    sa.Column("pixels", sa.LargeBinary),
)

# Two items of which the user said that they are not the same, the lower key first. Lasts: no later scan joins them.
distinct_pairs = sa.Table(
    "distinct_pairs",
    metadata,
    sa.Column("first_key", sa.Integer, _references("media.key"), primary_key=True),
    sa.Column("second_key", sa.Integer, _references("media.key"), primary_key=True),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Index("idx_distinct_pairs_second_key", "second_key"),
)

# Groups of duplicates of which one item was kept, and what to put back to undo that.
resolutions = sa.Table(
    "resolutions",
    metadata,
    sa.Column("id", IdBlob, primary_key=True),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("undone_at", sa.Text),
    sa.Column("before", sa.JSON, nullable=False),
)
