"""A browser as a user has it, started for tests and screenshots, and windows that watch what pages do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

# As Debian's own: no word to Google's hosts, and nothing that a machine without a screen lacks.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parent.parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

# Spinners never end.
SETTLED = """() => Promise.all(document.getAnimations()
  .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
  .map((animation) => animation.finished.catch(() => undefined)))"""


def chromium_path() -> str:
    """Where the browser is. Raises FileNotFoundError."""
    for name in (os.environ.get("CHROME_PATH", ""), "chromium", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    raise FileNotFoundError("There is no Chromium: scripts/install-test-tools, or set CHROME_PATH.")


@contextmanager
def launched_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=list(FLAGS))
        yield browser
        browser.close()


class Window:
    """A window with cookies and storage of its own, which notes what a page must not do."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(base_url=url, **options)
        self.complaints: list[str] = []
        self._host = urlsplit(url).netloc
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        self.context.on("request", self._note_request)
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket: self._note_address(socket.url))

    def close(self) -> None:
        self.context.close()

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it stands, and with its colours in the other theme."""
        self.page.evaluate(AXE.read_text())
        found = []
        themes: tuple[tuple[Literal["light", "dark"], dict[str, list[str]]], ...]
        themes = (("light", {}), ("dark", {"runOnly": ["color-contrast"]}))
        for theme, rules in themes:
            self.page.emulate_media(color_scheme=theme)
            self.page.wait_for_selector(f"html[data-theme={theme}]", state="attached")
            # Whatever still fades in is not what the user reads.
            self.page.evaluate(SETTLED)
            for violation in self.page.evaluate("(rules) => axe.run(document, rules)", rules)["violations"]:
                nodes = [node["html"][:160] for node in violation["nodes"]]
                found += [f"{theme}: {violation['id']}: {violation['help']}: {html}" for html in nodes]
        return found

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _note_request(self, request: Request) -> None:
        self._note_address(request.url)

    def _note_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self._host:
            self.complaints.append(f"request to another host: {url}")
