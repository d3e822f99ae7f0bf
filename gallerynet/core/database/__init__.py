"""The library's database: connections, transactions with their events, tables and migrations."""

from gallerynet.core.database.engine import Changes, Database, Transaction

__all__ = ["Changes", "Database", "Transaction"]
