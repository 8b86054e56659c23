"""From a schema to gold and back: nothing is lost on the way through a real server."""

import json

import msgspec
import pytest
from click.testing import CliRunner
from hard import hard_documents

import toolkit
from toolkit import ToolkitError
from toolkit.cli import cli
from toolkit.formats.native import write_document
from toolkit.formats.texts import read_texts
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.pull import pull
from toolkit.labelstudio.push import push

pytestmark = pytest.mark.live


def told(studio, token, *words):
    """What a command says, and how it ends; the token is never in it."""
    surroundings = {"LABEL_STUDIO_URL": studio.url, "LABEL_STUDIO_API_KEY": token}
    found = CliRunner().invoke(cli, ["labelstudio", *map(str, words)], env=surroundings)
    assert token not in found.output
    assert found.exception is None or isinstance(found.exception, SystemExit | ToolkitError)
    assert token not in str(found.exception)
    return found


def accept(server, project, who, change=lambda document, results: results):
    """Submit each task's prediction as somebody's work."""
    for task in server.tasks(project, [head.id for head in server.heads(project)]):
        (prediction,) = task["predictions"]
        results = change(task["data"]["doc_id"], prediction["result"])
        server.annotate(task["id"], results, completed_by=who, parent_prediction=prediction["id"])


def test_the_whole_circle(studio, token, server, second, schema_file, texts, tmp_path):
    gold = hard_documents()
    predictions = tmp_path / "predictions.jsonl"
    bare = [msgspec.structs.replace(one, text=None) for one in gold]
    toolkit.write(bare, predictions)

    made = told(studio, token, "init", schema_file, "--project", "circle")
    assert made.output.startswith("project circle made: http://127.0.0.1:")
    words = ("push", "circle", texts, "--schema", schema_file, "--predictions", predictions)
    assert told(studio, token, *words).output.startswith("6 tasks made, 0 unchanged; ")
    assert told(studio, token, *words).output.startswith("0 tasks made, 6 unchanged; ")
    project = server.project("circle")
    assert project["model_version"].startswith("predictions ")

    me = next(iter(server.people()))
    accept(server, project["id"], me)
    accept(server, project["id"], second, without_last_region)
    out = tmp_path / "gold" / "circle"
    words = ("pull", "circle", "-o", out, "--schema", schema_file, "--texts", texts)
    said = told(studio, token, *words)
    assert "6 of 6 tasks fetched: 12 files new, 0 changed" in said.output
    assert said.exit_code == 0, said.output
    again = told(studio, token, "pull", "circle", "-o", out)
    assert again.output == f"0 of 6 tasks fetched: 0 files new, 0 changed, in {out}/annotators\n"

    expected = tmp_path / "expected.json"
    for document in bare:
        write_document(document, expected)
        pulled = out / "annotators" / "annotator" / f"{document.id}.json"
        assert pulled.read_bytes() == expected.read_bytes()
    theirs = toolkit.read(str(out / "annotators" / "second"))
    assert sum(len(one.mentions) for one in theirs) == sum(len(one.mentions) for one in gold) - 5
    raw = json.loads(next((out / "labelstudio" / "tasks").glob("*.json")).read_text())
    assert "text" not in raw["data"]
    assert len(raw["annotations"]) == 2


def without_last_region(document, results):
    """One person overlooks the last event of each text, and what belongs to it."""
    heads = [
        one["id"]
        for one in results
        if one.get("from_name") == "label" and one["value"]["labels"] == ["event"]
    ]
    parts = {
        one["to_id"] for one in results if one["type"] == "relation" and "fragment" in one["labels"]
    }
    own = [name for name in heads if name not in parts]
    if not own:
        return results
    gone = {name for name in heads if name == own[-1] or name.startswith(f"{own[-1]}-")}
    gone |= {one["id"] for one in results if str(one.get("id")).startswith(f"{own[-1]}-")}
    return [
        one for one in results if not {one.get("id"), one.get("from_id"), one.get("to_id")} & gone
    ]


@pytest.fixture
def pulled(server, kinds, texts, tmp_path, request):
    """A project of its own with all predictions accepted, and a way to pull it."""
    documents = read_texts(texts)
    name = request.node.name
    project = make_project(server, name, kinds).id
    push(server, name, documents, kinds, predictions=hard_documents())
    accept(server, project, next(iter(server.people())))
    out = tmp_path / "out"

    def pull_again(**how):
        return pull(server, name, out, documents, kinds, **how)

    pull_again()
    return project, out, pull_again


def test_a_pull_tells_what_happened_since(server, pulled):
    project, out, pull_again = pulled
    heads = {head.document: head for head in server.heads(project)}
    before = {file.name: file.read_bytes() for file in (out / "annotators").glob("*/*.json")}
    (emoji,) = server.tasks(project, [heads["emoji"].id])
    server.update_annotation(
        heads["emoji"].annotations[0], result=emoji["annotations"][0]["result"][:1]
    )
    server.update_annotation(heads["empty"].annotations[0], was_cancelled=True)
    server.annotate(heads["nested"].id, [], completed_by=next(iter(server.people())))
    server.delete_task(heads["crowded"].id)
    server._client.annotations.delete(heads["markup"].annotations[0])
    found = pull_again()
    told = {(event.kind, event.document) for event in found.events}
    assert told == {
        ("changed", "emoji"),
        ("incomplete", "emoji"),
        ("skipped", "empty"),
        ("done twice", "nested"),
        ("changed", "nested"),
        ("deleted", "crowded"),
        ("deleted", "markup"),
    }
    kept = {file.name: file.read_bytes() for file in (out / "annotators").glob("*/*.json")}
    assert kept.keys() == before.keys()
    assert {name for name in kept if kept[name] != before[name]} == {"emoji.json", "nested.json"}
    assert pull_again().events == ()


def test_a_draft_is_told_and_not_taken(server, pulled):
    project, _, pull_again = pulled
    task = next(head for head in server.heads(project) if head.document == "empty")
    server._client._client_wrapper.httpx_client.request(
        f"api/tasks/{task.id}/drafts", method="POST", json={"result": []}
    )
    assert [event.kind for event in pull_again().events] == ["draft"]


def test_a_text_that_changed_under_work_is_refused(server, pulled, kinds, texts):
    from toolkit import MismatchError

    project, _, _ = pulled
    before = server.heads(project)
    (texts / "emoji.txt").write_text("other")
    (texts / "one-more.txt").write_text("more")
    name = server.project(str(project))["title"]
    with pytest.raises(MismatchError, match="emoji: the text changed since task"):
        push(server, name, read_texts(texts), kinds)
    assert server.heads(project) == before


def test_a_schema_that_would_orphan_work_is_refused(server, pulled, schema_file, tmp_path):
    from toolkit import MismatchError, load_schema

    project, _, _ = pulled
    before = server.project(str(project))
    narrow = tmp_path / "narrow.yaml"
    narrow.write_text(
        schema_file.read_text()
        .replace("south: The south.", "west: The west.")
        .replace("      note: {type: text}\n", "")
        .replace("within: {type: ref, to: event}", "inside: {type: ref, to: event}")
    )
    with pytest.raises(MismatchError) as refused:
        make_project(server, before["title"], load_schema(narrow))
    assert {problem.what.partition(" is used")[0] for problem in refused.value.problems} == {
        "the value 'south' of event.place",
        "the field 'event.note'",
        "the relation 'within'",
    }
    assert server.project(str(project)) == before


def test_a_schema_that_grows_is_taken(server, pulled, schema_file, tmp_path):
    from toolkit import load_schema

    project, _, _ = pulled
    wide = tmp_path / "wide.yaml"
    wide.write_text(schema_file.read_text() + "  thing:\n    description: More.\n")
    title = server.project(str(project))["title"]
    assert make_project(server, title, load_schema(wide)).done == "updated"
    assert make_project(server, title, load_schema(wide)).done == "unchanged"
    assert 'value="thing"' in server.project(title)["label_config"]
