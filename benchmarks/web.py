"""The app over 100,000 items in Chromium: first pictures, jumps, processor time a frame, nodes, heap; its files' sizes.

Times are in ms. "Empty page" is the same scrolling over a page with nothing in it, in the same run.
"""

import gzip
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks._tools import table
from gallerynet.settings import WEB
from tests.synthetic import served
from tests.web.browser import Window, launched_browser
from tests.web.grid import SCROLLER, wait_for_grid

COUNT = 100_000
FRAMES = 120
SPEEDS = {"reading, 40 px": 40, "fast, 120 px": 120, "fling, 800 px": 800}
VIEWPORT = {"width": 1440, "height": 900}
EMPTY = "<body style='margin:0'><div role=grid style='height:6000000px'></div>"

SCROLL = """([frames, step]) => new Promise((resolve) => {
  const scroller = %s;
  const gaps = [];
  let last = performance.now();
  requestAnimationFrame(function next(now) {
    gaps.push(now - last);
    last = now;
    scroller.scrollTop += step;
    if (gaps.length < frames) requestAnimationFrame(next); else resolve(gaps.slice(1).sort((a, b) => a - b));
  });
})"""

# Until there are pictures in the whole viewport, placeholders being there at once.
JUMP = """(part) => new Promise((resolve) => {
  const scroller = %s;
  const started = performance.now();
  let placeholders;
  scroller.scrollTo({ top: scroller.scrollHeight * part });
  requestAnimationFrame(function look() {
    const box = scroller.getBoundingClientRect();
    const rows = [...document.querySelectorAll('[role=row]')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > box.top && top < box.bottom;
    });
    if (rows.length > 2) placeholders ??= performance.now() - started;
    const tiles = rows.flatMap((row) => [...row.querySelectorAll('[data-tile]')]);
    const images = tiles.map((tile) => tile.querySelector('img'));
    if (images.length > 8 && images.every((image) => image?.dataset.loaded !== undefined)) {
      resolve({ placeholders, pictures: performance.now() - started });
    } else requestAnimationFrame(look);
  });
})"""

# From a key until what it asked for is to be seen.
PRESS = """(key) => new Promise((resolve) => {
  const before = (%s)();
  const started = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  requestAnimationFrame(function look() {
    const now = (%s)();
    if (now !== undefined && now !== before) resolve(performance.now() - started);
    else requestAnimationFrame(look);
  });
})"""
SHOWN = """() => {
  const image = document.querySelector("[role=dialog] [role=img], [role=dialog] img");
  return image?.complete && image.naturalWidth > 0 ? image.src : undefined;
}"""
IS_FAVORITE = "() => document.querySelector('[role=dialog] button[aria-pressed]').getAttribute('aria-pressed')"


def run() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name,
        served(Path(name), COUNT) as server,
        launched_browser() as browser,
    ):
        measure(browser, server.url)


def measure(browser: Browser, url: str) -> None:
    first_pictures(browser, url)
    window = Window(browser, url, viewport=VIEWPORT)
    page = window.page
    page.goto("/")
    wait_for_grid(page)
    jumps(page)
    keys(page)
    empty = Window(browser, url, viewport=VIEWPORT)
    empty.page.set_content(f"<div style='height:100vh;overflow:auto'>{EMPTY}</div>")
    scrolling({"app": page, "empty page": empty.page})
    heap(page)
    window.close()
    sizes()


def first_pictures(browser: Browser, url: str) -> None:
    """The best of five cold starts each."""
    best: dict[str, float] = {}
    for _ in range(5):
        window = Window(browser, url, viewport=VIEWPORT)
        window.page.goto("/")
        wait_for_grid(window.page)
        found = window.page.evaluate(
            """() => ({
              'first paint': performance.getEntriesByName('first-contentful-paint')[0].startTime,
              'first thumbnail': Math.min(...performance.getEntriesByType('resource')
                .filter(({ name }) => name.includes('/thumbnails/')).map(({ responseEnd }) => responseEnd)),
            })"""
        )
        best = {name: min(took, best.get(name, took)) for name, took in found.items()}
        window.close()
    table(["start", "ms"], list(best.items()))


def jumps(page: Page) -> None:
    found = [page.evaluate(JUMP % SCROLLER, part) for part in (0.63, 0.2, 0.87, 0.41)]
    print()
    table(["jump", "ms, best of four"], [(key, min(one[key] for one in found)) for key in ("placeholders", "pictures")])


def keys(page: Page) -> None:
    """In the viewer, whose neighbours are loaded ahead."""
    page.locator("[role=grid] [data-index]").nth(8).click()
    rows = []
    for name, key, seen in (("next photo", "ArrowRight", SHOWN), ("favourite", "f", IS_FAVORITE)):
        took = []
        for _ in range(10):
            page.wait_for_timeout(500)
            took.append(page.evaluate(PRESS % (seen, seen), key))
        rows.append((name, statistics.median(took), max(took)))
    page.keyboard.press("Escape")
    print()
    table(["key", "ms, median", "longest"], rows)


def scrolling(pages: dict[str, Page]) -> None:
    rows: list[list[Any]] = []
    for speed, step in SPEEDS.items():
        for name, page in pages.items():
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            runs = []
            for _ in range(3):
                page.evaluate(f"{SCROLLER}.scrollTo({{ top: 200000 }})")
                page.wait_for_timeout(800)
                before = busy(session)
                gaps = page.evaluate(SCROLL % SCROLLER, [FRAMES, step])
                runs.append(((busy(session) - before) / FRAMES, gaps[len(gaps) // 2], gaps[int(len(gaps) * 0.95)]))
            rows.append([speed, name, *(min(run[place] for run in runs) for place in range(3))])
    print()
    table(["scrolling", "page", "processor, a frame", "median frame", "95 % of frames"], rows)


def busy(session: CDPSession) -> float:
    """Milliseconds that the main thread has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    seconds: float = next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")
    return seconds * 1000


def heap(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    rows = []
    for number in (1, 2, 3):
        for step in range(60):
            page.evaluate(f"(part) => {SCROLLER}.scrollTo({{ top: {SCROLLER}.scrollHeight * part }})", step / 60)
            page.wait_for_timeout(50)
        session.send("HeapProfiler.collectGarbage")
        used = page.evaluate("() => performance.memory.usedJSHeapSize") / 1e6
        rows.append([number, used, page.evaluate("() => document.querySelectorAll('*').length")])
    print()
    table(["pass through the library", "heap, MB", "DOM nodes"], rows)


def sizes() -> None:
    html = (WEB / "index.html").read_text()
    packed = {path.name: len(gzip.compress(path.read_bytes(), 9)) / 1000 for path in (WEB / "assets").iterdir()}
    scripts = [size for name, size in packed.items() if name in html and name.endswith(".js")]
    styles = [size for name, size in packed.items() if name in html and name.endswith(".css")]
    print()
    table(["at the start", "kB, gzip"], [["scripts", sum(scripts)], ["styles", sum(styles)]])
