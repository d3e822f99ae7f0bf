"""Lighthouse over a library of 3,000 items, as a desktop and as a phone; the median of three runs.

Lighthouse is fetched from npm when this is run. It scores 0 to 100; times are in ms. The phone's are simulated: a line
of 1.6 Mbit/s with round trips of 150 ms, and a processor that is four times slower.
"""

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks._tools import table
from tests.synthetic import served
from tests.web.browser import FLAGS, chromium_path

WHEN_NAMED = True  # it needs the npm registry
VERSION = "12.8.2"  # the last that runs on Node 20
COUNT = 3_000
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="gallerynet-bench-") as name, served(Path(name), COUNT) as server:
        # A first visit compiles, reads from the disk, and fills caches.
        reports = {
            device: [_report(server.url, device) for _ in range(RUNS + 1)][1:] for device in ("desktop", "phone")
        }
    table(
        ["device", *CATEGORIES, *METRICS],
        [
            [
                device,
                *(_median(100 * run["categories"][name]["score"] for run in runs) for name in CATEGORIES),
                *(_median(run["audits"][name]["numericValue"] for run in runs) for name in METRICS),
            ]
            for device, runs in reports.items()
        ],
    )


def _median(values: Iterable[float]) -> int:
    return round(statistics.median(values))


def _report(url: str, device: str) -> dict[str, Any]:
    command = ["npm", "exec", "--yes", f"lighthouse@{VERSION}", "--", url, "--quiet", "--output=json"]
    if device == "desktop":
        command.append("--preset=desktop")
    flags = " ".join(("--headless", *FLAGS))
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}"]
    done = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": chromium_path()}, stdout=subprocess.PIPE, check=True, timeout=300
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report
