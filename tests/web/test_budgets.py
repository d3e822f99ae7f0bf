"""What the app may weigh; what it takes at run time is in test_grid.py and, with times, in benchmarks/web.py."""

import gzip
import re

import pytest

from gallerynet.settings import WEB

START_KB, STYLES_KB, LAZY_KB, TOTAL_KB = 170, 12, 60, 320
NAME = re.compile(r"[\w.-]+-[\w-]{8}\.js")


def kilobytes(name: str) -> float:
    return len(gzip.compress((WEB / "assets" / name).read_bytes(), 9)) / 1000


def loaded_from(names: set[str]) -> set[str]:
    """These scripts, and all that they can lead to."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        text = (WEB / "assets" / name).read_text()
        waiting |= {other for other in NAME.findall(text) if (WEB / "assets" / other).is_file()} - found
    return found


@pytest.mark.skipif(not WEB.is_dir(), reason="the app is not built")
def test_sizes() -> None:
    page = (WEB / "index.html").read_text()
    start = set(NAME.findall(page))
    everything = loaded_from(start)
    styles = re.findall(r"[\w.-]+\.css", page)
    assert start
    assert styles
    assert sum(map(kilobytes, start)) <= START_KB
    assert sum(map(kilobytes, styles)) <= STYLES_KB
    assert {name: kilobytes(name) for name in everything - start if kilobytes(name) > LAZY_KB} == {}
    assert sum(map(kilobytes, everything)) <= TOTAL_KB
