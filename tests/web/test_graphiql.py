"""The API explorer, which comes from the server like everything else."""

from playwright.sync_api import expect

from tests.web.conftest import OpenWindow


def test_an_example_runs(open_window: OpenWindow, filled: dict[str, str]) -> None:
    page = open_window("/graphiql")
    page.get_by_role("tab", name="NewestMedia").click()
    expect(page.get_by_role("region", name="Operation Editor")).to_contain_text("NewestMedia")
    page.get_by_role("button", name="Execute query").click()
    response = page.get_by_role("region", name="Result Window")
    expect(response).to_contain_text(f'"totalCount": {len(filled)}')
