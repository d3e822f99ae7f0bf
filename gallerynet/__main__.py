"""``python -m gallerynet``."""

from gallerynet.cli import main

if __name__ == "__main__":
    main()
