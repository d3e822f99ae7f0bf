"""The app over 100,000 items in Chromium: first pictures, jumps, keys, search, frames, nodes, heap; its files' sizes.

Times are in ms. "Empty page" is the same scrolling over a page with nothing in it, in the same run.
"""

import gzip
import statistics
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Browser, CDPSession, Page

from benchmarks._tools import table
from benchmarks._vectors import library_vectors
from gallerynet.core.database.tables import media
from gallerynet.settings import WEB
from tests.synthetic import fill_folder, opened, running
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
# From letting go of the slider until the grid and the count are those of its new place.
SLIDE = """([label, value]) => new Promise((resolve) => {
  const slider = document.querySelector(`input[type=range][aria-label="${label}"]`);
  const status = () => document.querySelector("main p[role=status]").textContent;
  const before = status();
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(slider, value);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  const started = performance.now();
  slider.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
  requestAnimationFrame(function look() {
    const now = status();
    if (now !== before && /\\d/.test(now)) resolve(performance.now() - started);
    else requestAnimationFrame(look);
  });
})"""
# Each interaction's longest event, from the input until the next paint (https://web.dev/articles/inp).
INTERACTIONS = """
window.interactions = {};
new PerformanceObserver((list) => {
  for (const { interactionId: id, name, duration } of list.getEntries()) {
    if (id && !(interactions[id]?.duration > duration)) interactions[id] = { name, duration };
  }
}).observe({ type: "event", durationThreshold: 16 });
"""
IS_FAVORITE = "() => document.querySelector('[role=dialog] button[aria-pressed]').getAttribute('aria-pressed')"


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name:
        folder = Path(name)
        fill_folder(folder, COUNT)
        embed(folder)
        with running(folder) as server, launched_browser() as browser:
            measure(browser, server.url)


def embed(folder: Path) -> None:
    """Gives each item a vector, so that there is something to find by likeness."""
    library = opened(folder)
    try:
        with library.database.write() as tx:
            for key, vector in enumerate(library_vectors(COUNT), 1):
                tx.put_vector(key, vector)
            tx.execute(sa.update(media).values(embedding_model=library.embedder.manifest.sha256))
    finally:
        library.close()


def measure(browser: Browser, url: str) -> None:
    first_pictures(browser, url)
    window = Window(browser, url, viewport=VIEWPORT)
    page = window.page
    page.goto("/")
    wait_for_grid(page)
    jumps(page)
    keys(page)
    slider(page)
    interactions(browser, url)
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


def slider(page: Page) -> None:
    """Of the similarity search; each place is one that has not been asked for before."""
    source = page.locator("[data-media-id]").first.get_attribute("data-media-id")
    page.goto(f"/search?source={source}&min=60")
    wait_for_grid(page)
    took = []
    for value in (70, 62, 66, 74, 58, 55, 68, 72):
        took.append(page.evaluate(SLIDE, ["Similarity at least", str(value)]))
        page.wait_for_timeout(500)
    page.goto("/")
    wait_for_grid(page)
    print()
    table(["similarity slider", "ms, median", "longest"], [["let go to results", statistics.median(took), max(took)]])


def interactions(browser: Browser, url: str) -> None:
    """What a user does, by real input, and the longest that one of it took to show."""
    window = Window(browser, url, viewport=VIEWPORT)
    page = window.page
    page.add_init_script(INTERACTIONS)
    page.goto("/")
    wait_for_grid(page)
    tile = page.locator("[role=grid] [data-index]").nth(8)
    tile.click()
    for key in [*["ArrowRight"] * 10, "f", "f", "i", "i", "Escape"]:
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    for key in ("Control+a", "Escape", "End", "Home", "PageDown", "ArrowDown", "x", "Escape", "/"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    page.keyboard.type("img_04", delay=100)
    page.keyboard.press("Escape")
    for name in ("Favorites", "Map", "Library", "Tags", "Statistics", "Library"):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_timeout(600)
    page.get_by_text("Videos", exact=True).click()
    page.wait_for_timeout(600)
    found = page.evaluate("() => Object.values(interactions)")
    window.close()
    longest = max(found, key=lambda one: one["duration"])
    print()
    table(["interactions over 16 ms", "longest, ms", "of"], [[len(found), longest["duration"], longest["name"]]])


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
