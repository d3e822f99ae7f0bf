import pytest

from gallerynet.core.auth import FAILURE_WINDOW_SECONDS, MAX_FAILURES, FailedLogins
from gallerynet.core.errors import RateLimited


def test_failures_count_by_address_in_a_window_that_slides() -> None:
    moment = 0.0
    failed = FailedLogins(clock=lambda: moment)
    for step in range(MAX_FAILURES):
        moment = float(step)
        failed.check("a")
        failed.count("a")
    with pytest.raises(RateLimited, match="Try again in"):
        failed.check("a")
    failed.check("b")
    moment = FAILURE_WINDOW_SECONDS + 0.5  # the first failure is out of the window
    failed.check("a")
    failed.count("a")
    with pytest.raises(RateLimited):
        failed.check("a")
    moment = 10 * FAILURE_WINDOW_SECONDS
    failed.check("a")


def test_a_success_forgets_the_failures() -> None:
    failed = FailedLogins(clock=lambda: 0.0)
    for _ in range(MAX_FAILURES):
        failed.count("a")
    failed.forget("a")
    failed.check("a")
