"""Videos in the app: a tile with its length, and a viewer that plays."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.clips import film, scene
from tests.server import Server
from tests.web.conftest import OpenWindow

CLIPS: list[tuple[str, dict[str, Any]]] = [
    ("clip.mp4", {"sound": "aac"}),
    ("clip.mov", {"sound": "aac"}),
    ("clip.webm", {"codec": "libvpx-vp9", "deadline": "realtime", "sound": "libopus"}),
    ("clip.avi", {"codec": "mpeg4", "sound": "mp2"}),
    ("clip.mkv", {"codec": "libx265", "x265-params": "log-level=none"}),
]


# Resolves once the clip is under way.
PLAYS = """video => new Promise(resolve => {
  video.addEventListener("timeupdate", () => video.currentTime > 0.2 && resolve(video.duration));
  video.muted = true;
  video.play();
})"""


@pytest.mark.parametrize(("name", "options"), CLIPS, ids=[name for name, _ in CLIPS])
def test_a_clip_plays(
    server: Server, open_window: OpenWindow, tmp_path: Path, name: str, options: dict[str, Any]
) -> None:
    """What browsers cannot play becomes playable while the viewer is open."""
    frames = scene(100 + [clip for clip, _ in CLIPS].index(name), 4)
    identity = server.client.add(name, film(tmp_path / name, frames, **options).read_bytes())
    page = open_window(f"/?media={identity}")
    expect(page.get_by_role("dialog")).to_have_accessible_name(f"Viewer: {name}")
    video = page.get_by_role("dialog").locator("video")
    expect(video).to_have_attribute("src", re.compile("^/playback/"))
    assert video.evaluate(PLAYS) == pytest.approx(4, abs=0.2)
    page.keyboard.press("Escape")
    tile = page.get_by_role("gridcell").filter(has=page.locator(f"[data-media-id='{identity}']"))
    expect(tile).to_contain_text("0:04")
