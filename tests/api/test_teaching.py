"""A tag and its teacher: the queue, the answers, the threshold, the way back. Through a started server."""

from typing import Any

import pytest

from tests.pictures import packaged_photos, views
from tests.server import Client, GraphQLErrors, Server

KINDS = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg", "china.jpg", "flower.jpg")
VIEWS = 12

TAG = "mutation($ids: [ID!]!, $name: String!) { tagMedia(ids: $ids, add: [$name]) { id } }"
LEARN = """mutation($name: String!) { learnTag(name: $name) {
  taggedCount job { id message note { code name } } tag { id } } }"""
REVIEW = """mutation($id: ID!, $yes: [ID!], $no: [ID!]) {
  reviewTag(id: $id, confirm: $yes, reject: $no) {
    manualCount autoCount rejectedCount model { version isStale }
    reviewQueue(first: 6) { media { id } confidence because { id } }
  }
}"""
STATE = """query($name: String!) {
  tag(name: $name) {
    id manualCount autoCount rejectedCount
    model {
      version precision recall averagePrecision isStale isThin minConfidence
      curve { minConfidence taggedCount precision recall }
    }
    reviewQueue(first: 6) { media { id } confidence because { id } }
  }
  media(first: 200, filter: { anyTags: [$name] }) { nodes { id tags { tag { name } source confidence } } }
}"""


@pytest.fixture(scope="module")
def kinds(server: Server) -> dict[str, list[str]]:
    """Ids of the pictures by what they show."""
    paths = {path.name: path for path in packaged_photos()}
    return {
        name: [
            server.client.add(f"{name}-{number}.jpg", content)
            for number, content in enumerate(views(paths[name], VIEWS))
        ]
        for name in KINDS
    }


def _state(client: Client, name: str) -> dict[str, Any]:
    state = client.run(STATE, name=name)
    tag: dict[str, Any] = state["tag"]
    tag["given"] = {
        item["id"]: (given["source"], given["confidence"])
        for item in state["media"]["nodes"]
        for given in item["tags"]
        if given["tag"]["name"] == name
    }
    return tag


def _learned(client: Client, kinds: dict[str, list[str]], name: str, kind: str, examples: int = 5) -> dict[str, Any]:
    client.run(TAG, ids=kinds[kind][:examples], name=name)
    client.run(LEARN, name=name)
    return _state(client, name)


def test_a_page_tells_what_to_expect_of_each_threshold(client: Client, kinds: dict[str, list[str]]) -> None:
    tag = _learned(client, kinds, "cat", "chelsea.png")
    model, curve = tag["model"], tag["model"]["curve"]
    assert model["isThin"] is False
    assert model["minConfidence"] == 0.5
    assert set(tag["given"]) <= set(kinds["chelsea.png"])
    assert len(tag["given"]) >= 9
    assert [point["minConfidence"] for point in curve] == sorted(point["minConfidence"] for point in curve)
    counts, hopes = [point["taggedCount"] for point in curve], [point["precision"] for point in curve]
    assert counts == sorted(counts, reverse=True)
    assert hopes == sorted(hopes)
    usual = next(point for point in curve if point["minConfidence"] == 0.5)
    assert usual["taggedCount"] == tag["autoCount"]
    assert (model["precision"], model["recall"]) == (usual["precision"], usual["recall"])
    assert model["precision"] > 0.7


def test_a_moved_threshold_tags_anew_and_outlasts_learning(client: Client, kinds: dict[str, list[str]]) -> None:
    before = _learned(client, kinds, "moved", "coffee.png")
    move = """mutation($id: ID!, $c: Float!) {
      setTagThreshold(id: $id, minConfidence: $c) { autoCount model { minConfidence } }
    }"""
    sure = client.run(move, id=before["id"], c=0.99)["setTagThreshold"]
    loose = client.run(move, id=before["id"], c=0.05)["setTagThreshold"]
    assert sure["autoCount"] <= before["autoCount"] <= loose["autoCount"]
    assert sure["autoCount"] < loose["autoCount"]
    assert all(sure is None or sure >= 0.05 for _, sure in _state(client, "moved")["given"].values())
    client.run(LEARN, name="moved")
    again = _state(client, "moved")
    assert (again["model"]["minConfidence"], again["autoCount"]) == (0.05, loose["autoCount"])
    for wrong in (0.0, 1.0, -3.5):
        with pytest.raises(GraphQLErrors) as caught:
            client.run(move, id=before["id"], c=wrong)
        assert caught.value.code == "BAD_USER_INPUT"
        assert "0.05 to 0.99" in caught.value.message
    client.run(TAG, ids=kinds["rocket.jpg"][:1], name="unlearned")
    identity = client.run('{ tag(name: "unlearned") { id } }')["tag"]["id"]
    with pytest.raises(GraphQLErrors, match="learn it first"):
        client.run(move, id=identity, c=0.6)


def test_answers_teach_at_once_and_the_queue_follows(client: Client, kinds: dict[str, list[str]]) -> None:
    tag = _learned(client, kinds, "space", "astronaut.png", examples=4)
    right = set(kinds["astronaut.png"])
    answered: set[str] = set(kinds["astronaut.png"][:4])
    queue, version = tag["reviewQueue"], tag["model"]["version"]
    for _ in range(3):
        asked = [question["media"]["id"] for question in queue]
        assert asked
        assert len(set(asked)) == len(asked)
        assert not set(asked) & answered
        distances = [abs(question["confidence"] - 0.5) for question in queue]
        assert distances == sorted(distances)
        assert all(example["id"] in right for question in queue for example in question["because"])
        yes, no = [item for item in asked if item in right], [item for item in asked if item not in right]
        answer = client.run(REVIEW, id=tag["id"], yes=yes, no=no)["reviewTag"]
        answered |= set(asked)
        version += 1
        assert answer["model"] == {"version": version, "isStale": False}
        assert answer["manualCount"] + answer["rejectedCount"] == len(answered)
        queue = answer["reviewQueue"]
    repeated = client.run(REVIEW, id=tag["id"], yes=yes, no=no)["reviewTag"]
    assert repeated["model"]["version"] == version
    rejected = answered - right
    assert rejected
    client.run("mutation { autoTag { after } }")
    assert not rejected & set(_state(client, "space")["given"])


def test_because_names_the_examples_that_speak_for_it(client: Client, kinds: dict[str, list[str]]) -> None:
    coffee, rocket = kinds["coffee.png"], kinds["rocket.jpg"]
    client.run(TAG, ids=[*coffee[:3], *rocket[:3]], name="both")
    client.run(LEARN, name="both")
    ask = """query($name: String!, $a: ID!, $b: ID!, $n: Int!) {
      tag(name: $name) { a: because(mediaId: $a) { id } b: because(mediaId: $b, first: $n) { id } }
    }"""
    found = client.run(ask, name="both", a=coffee[5], b=rocket[0], n=2)["tag"]
    assert [item["id"] in coffee[:3] for item in found["a"]] == [True] * 3
    assert {item["id"] for item in found["b"]} == set(rocket[1:3])
    with pytest.raises(GraphQLErrors, match="1 to 100"):
        client.run(ask, name="both", a=coffee[5], b=rocket[0], n=0)
    client.run(TAG, ids=rocket[:1], name="new")
    assert client.run(ask, name="new", a=coffee[0], b=coffee[1], n=2)["tag"] == {"a": [], "b": []}


def test_thin_evidence_tags_nothing_and_says_so(client: Client, kinds: dict[str, list[str]]) -> None:
    client.run(TAG, ids=[found[6] for found in kinds.values()][:4], name="whatever")
    learned = client.run(LEARN, name="whatever")["learnTag"]
    assert learned["taggedCount"] == 0
    assert "do not stand out" in learned["job"]["message"]
    assert learned["job"]["note"] == {"code": "LEARNED_THINLY", "name": "whatever"}
    tag = _state(client, "whatever")
    assert tag["model"]["isThin"] is True
    assert tag["autoCount"] == 0
    assert tag["reviewQueue"]


UNDO = "mutation($job: ID!) { undoTagging(jobId: $job) { tags { name autoCount model { version } } } }"


def test_a_run_is_undone_to_the_last_confidence(client: Client, kinds: dict[str, list[str]]) -> None:
    flowers = kinds["flower.jpg"]
    client.run(TAG, ids=flowers[:3], name="flower")
    first = client.run(LEARN, name="flower")["learnTag"]
    before = _state(client, "flower")
    client.run(TAG, ids=flowers[3:7], name="flower")
    middle = _state(client, "flower")
    second = client.run(LEARN, name="flower")["learnTag"]
    assert _state(client, "flower")["given"] != middle["given"]
    with pytest.raises(GraphQLErrors) as caught:
        client.run(UNDO, job=first["job"]["id"])
    assert caught.value.code == "CONFLICT"
    confirmed = next(item for item, (source, _) in _state(client, "flower")["given"].items() if source == "AUTO")
    client.run(REVIEW, id=before["id"], yes=[confirmed], no=[])
    for _ in range(2):
        undone = client.run(UNDO, job=second["job"]["id"])["undoTagging"]["tags"]
        assert [(tag["name"], tag["model"]["version"]) for tag in undone] == [("flower", 1)]
        state = _state(client, "flower")
        assert state["given"] == middle["given"] | {confirmed: ("MANUAL", None)}
        assert {**state["model"], "isStale": None} == {**before["model"], "isStale": None}
    client.run(UNDO, job=first["job"]["id"])
    state = _state(client, "flower")
    assert (state["model"], state["autoCount"]) == (None, 0)
    with pytest.raises(GraphQLErrors) as caught:
        client.run(UNDO, job=before["id"])
    assert caught.value.code == "NOT_FOUND"


def test_an_automatic_run_over_all_tags_is_one_undo(client: Client, kinds: dict[str, list[str]]) -> None:
    _learned(client, kinds, "palace", "china.jpg")
    before = _state(client, "palace")
    client.run(TAG, ids=kinds["china.jpg"][5:7], name="palace")
    middle = _state(client, "palace")
    run = client.run("mutation { autoTag { before after modelsApplied job { id } } }")["autoTag"]
    undone = client.run(UNDO, job=run["job"]["id"])["undoTagging"]["tags"]
    assert len(undone) == run["modelsApplied"]
    state = _state(client, "palace")
    assert state["given"] == middle["given"]
    assert state["model"]["version"] == before["model"]["version"]


def test_what_comes_in_is_tagged_and_a_no_lasts_a_restart(server: Server, kinds: dict[str, list[str]]) -> None:
    client = server.client
    tag = _learned(client, kinds, "late cat", "chelsea.png")
    path = next(path for path in packaged_photos() if path.name == "chelsea.png")
    (new,) = views(path, VIEWS + 1)[VIEWS:]
    identity = client.add("late.jpg", new)
    source, confidence = _state(client, "late cat")["given"][identity]
    assert source == "AUTO"
    assert 0.5 < confidence <= 1
    client.run('mutation($i: [ID!]!) { tagMedia(ids: $i, remove: ["late cat"]) { id } }', i=[identity])
    before = _state(client, "late cat")["model"]["version"]
    assert server.stop() == 0
    server.restart()
    client = server.client
    client.run(LEARN, name="late cat")
    state = _state(client, "late cat")
    assert identity not in state["given"]
    assert (state["rejectedCount"], state["model"]["version"]) == (1, before + 1)
    assert tag["id"] == state["id"]
