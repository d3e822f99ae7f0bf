"""Many originals at once, as zip files whose every byte is known before the first is sent."""
