"""Whatever write a connection breaks at, the same command again leaves everything once."""

import itertools
from collections import Counter

import pytest
from fake_studio import Cut, FakeServer
from hard import document, hard_documents

from toolkit.labelstudio.adjudication import adjudicate
from toolkit.labelstudio.disputes import BEGIN
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.push import push
from toolkit.labelstudio.writing import results

TEXTS = hard_documents()

CHANGED = [document("emoji", "New.", []), *TEXTS[1:]]


def brought(server, kinds):
    """A project that was pushed to twice, the second time with a changed text and predictions."""
    make_project(server, "p", kinds)
    if not any(head.text_sha256 == CHANGED[0].text_sha256 for head in server.heads(1)):
        push(server, "p", TEXTS, kinds)
    push(server, "p", CHANGED, kinds, predictions=CHANGED)


def annotated(kinds):
    """A server with the work of two people, who differ on two texts."""
    server = FakeServer()
    make_project(server, "p", kinds)
    push(server, "p", TEXTS, kinds)
    for one in TEXTS:
        (task,) = server.of(one.id)
        whole = results(one, kinds, Counter())
        differs = one.id in ("nested", "crowded")
        server.annotate(task["id"], whole, completed_by=1)
        server.annotate(task["id"], [] if differs else whole, completed_by=4)
    return server


def decide(server):
    """Submit what the page opens in each task where nobody has."""
    for task in server.held.values():
        if len(task["predictions"]) == 3 and not task["annotations"]:
            (begun,) = [one for one in task["predictions"] if one["model_version"] == BEGIN]
            server.annotate(task["id"], begun["result"])


def held(server):
    """What a server holds, whatever its numbers."""
    titles = {one["id"]: (one["title"], one["model_version"]) for one in server.made}
    return sorted(
        (
            *titles[task["project"]],
            task["data"]["doc_id"],
            task["data"]["text_sha256"],
            sorted(one["model_version"] for one in task["predictions"]),
            sorted(bool(one.get("ground_truth")) for one in task["annotations"]),
        )
        for task in server.held.values()
    )


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_push_that_broke_at_any_write_is_made_whole(when, kinds):
    whole = FakeServer()
    brought(whole, kinds)
    for at in itertools.count():
        server = FakeServer()
        try:
            brought(Cut(server, at, when), kinds)
        except ConnectionError:
            brought(server, kinds)
            assert held(server) == held(whole)
        else:
            break
    assert at > 4


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_adjudication_that_broke_at_any_write_is_made_whole(when, kinds, tmp_path):
    def settle(server, folder, connection=None):
        for _ in range(2):
            found = adjudicate(connection or server, ["p"], folder, TEXTS, kinds)
            decide(server)
        return found

    whole = annotated(kinds)
    found = settle(whole, tmp_path / "whole")
    assert (len(found.agreed), len(found.decided), found.open) == (4, 2, {})
    files = {one.name: one.read_bytes() for one in (tmp_path / "whole/documents").iterdir()}
    for at in itertools.count():
        server, folder = annotated(kinds), tmp_path / str(at)
        try:
            settle(server, folder, Cut(server, at, when))
        except ConnectionError:
            settle(server, folder)
            assert held(server) == held(whole)
            assert {one.name: one.read_bytes() for one in (folder / "documents").iterdir()} == files
        else:
            break
    assert at > 8
