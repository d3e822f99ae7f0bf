"""A program that asks whatever the schema allows."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.server import Server

EXAMPLES = 5  # of each field of the three roots
MOMENTS = ("2024-01-15T13:45:30Z", "2024-01-15", "yesterday", "")


def test_no_generated_request_finds_an_internal_error(server: Server) -> None:
    schemathesis: Any = pytest.importorskip("schemathesis")
    nodes = schemathesis.graphql.nodes
    schemathesis.graphql.scalar("DateTime", st.sampled_from(MOMENTS).map(nodes.String))
    schemathesis.graphql.scalar("Upload", st.just("no file").map(nodes.String))

    for found in schemathesis.graphql.from_url(f"{server.url}/graphql").get_all_operations():

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(found.ok().as_strategy())
        def ask(case: Any) -> None:
            answer = case.call()
            codes = {error["extensions"]["code"] for error in answer.json().get("errors", [])}
            assert answer.status_code == 200
            assert "INTERNAL" not in codes, case.body

        ask()
