"""Videos: read by seeking, recognised when they come again, and made playable."""
