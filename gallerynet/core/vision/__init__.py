"""From pixels to embeddings."""
