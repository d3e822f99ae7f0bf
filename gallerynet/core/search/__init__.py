"""Finding items by what they look like."""
