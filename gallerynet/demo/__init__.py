"""A library to try everything at once: packaged photographs, drawn landscapes, folders, learned tags, duplicates."""
