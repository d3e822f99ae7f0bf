import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from gallerynet.core.ids import Id
from gallerynet.core.ingest.pipeline import Added
from gallerynet.core.ingest.receive import Receiver
from gallerynet.core.library import Library
from gallerynet.core.media.filters import EVERYTHING
from gallerynet.core.media.listing import MediaSort
from gallerynet.core.search.best import best_of
from gallerynet.core.search.groups import GroupPage
from tests.pictures import encode, packaged_photos


def _add(library: Library, name: str, content: bytes) -> Added:
    receiver = Receiver(library.storage, name)
    receiver.write(content)
    outcome = library.ingest.add(receiver.finish(), None, allow_near_duplicates=True)
    assert isinstance(outcome, Added)
    return outcome


def test_edited_copies_are_found_as_they_arrive_and_others_are_not(library: Library) -> None:
    ids: dict[str, Id] = {}
    for path in packaged_photos():
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        original = _add(library, path.name, encode(picture, quality=95))
        assert original.near_duplicate_of is None
        ids[path.name] = original.media.id
        edits = {
            "half": encode(picture.resize((picture.width // 2, picture.height // 2)), quality=85),
            "poor": encode(picture, quality=40),
            "webp": encode(picture, "WEBP", quality=70),
            "bright": encode(ImageEnhance.Brightness(picture).enhance(1.2)),
            "blurred": encode(picture.filter(ImageFilter.GaussianBlur(1.5))),
        }
        for name, content in edits.items():
            copy = _add(library, f"{name} {path.name}", content)
            assert copy.near_duplicate_of is not None, (path.name, name)
            assert copy.near_duplicate_of.id == original.media.id
    page = library.duplicates.page(60, None)
    assert page.total_count == len(ids)
    assert {group.size for group in page.groups} == {6}
    with library.database.read() as connection:
        best = best_of(connection, page.groups)
    kept = [
        item
        for item in library.lists.window(EVERYTHING, MediaSort(), 0, 200)
        if item.key in {found.key for found in best.values()}
    ]
    assert len(kept) == len(ids)
    assert not [item for item in kept if item.original_filename.startswith(("half", "blurred"))]


def test_plain_pictures_and_pages_are_not_confused(library: Library) -> None:
    for color in ("white", "black", "red", "blue", "#fefefe", "#e0e0e0"):
        _add(library, f"{color}.png", encode(Image.new("RGB", (400, 300), color), "PNG"))
    for seed in range(4):
        page = Image.new("L", (400, 560), 250)
        random = np.random.default_rng(seed)
        for line in range(20):
            for word in range(8):
                if random.random() < 0.8:
                    left, top = 30 + word * 43, 30 + line * 25
                    page.paste(30, (left, top, left + int(random.integers(8, 38)), top + 8))
        _add(library, f"page {seed}.png", encode(page, "PNG"))
    found = [set(group.keys) for group in library.duplicates.page(60, None).groups]
    assert len(found) <= 1  # white and almost white are the same to anyone who looks


def test_groups_page_and_follow_the_library(library: Library) -> None:
    pairs = []
    for path in packaged_photos()[:5]:
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        first = _add(library, "one.png", encode(picture, "PNG"))
        second = _add(library, "other.jpg", encode(picture, quality=90))
        pairs.append((first.media.key, second.media.key))

    def similar(after: str | None) -> GroupPage:
        return library.groups.similar(97, EVERYTHING, 2, after)

    def duplicates(after: str | None) -> GroupPage:
        return library.duplicates.page(2, after)

    for listed in (similar, duplicates):
        seen: list[tuple[int, ...]] = []
        after = None
        while True:
            page = listed(after)
            seen += [group.keys for group in page.groups]
            if not page.has_next:
                break
            after = page.cursors[-1]
        assert sorted(seen) == pairs
    before = library.groups.similar(97, EVERYTHING, 60, None)
    assert library.groups.similar(97, EVERYTHING, 60, None) == before
    library.trash.delete([_identity(library, pairs[0][0])], permanently=False)
    after_trash = library.groups.similar(97, EVERYTHING, 60, None)
    assert after_trash.total_count == 4
    assert library.duplicates.page(60, None).total_count == 4
    assert {group.id for group in after_trash.groups} < {group.id for group in before.groups}


def _identity(library: Library, key: int) -> Id:
    return next(item.id for item in library.lists.window(EVERYTHING, MediaSort(), 0, 200) if item.key == key)
