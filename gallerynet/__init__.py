"""GalleryNet: a self-hosted gallery that finds pictures by likeness and learns its owner's tags."""

__version__ = "0.1.0"
