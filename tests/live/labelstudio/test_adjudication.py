"""Two annotators' work decided on a real server, and in the browser, comes back as gold."""

import msgspec
import pytest
from hard import hard_documents

import toolkit
from live.labelstudio.conftest import PICTURES
from live.labelstudio.test_circle import accept, told, without_last_region
from toolkit.formats.native import write_document
from toolkit.labelstudio.adjudication import title
from toolkit.labelstudio.disputes import BEGIN
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.push import push

pytestmark = pytest.mark.live

WHO = ("annotator", "second")


@pytest.fixture
def annotated(studio, token, server, second, kinds, schema_file, texts, tmp_path, request):
    """A project in which one of two people overlooks some events, and the words of the command."""
    name = request.node.name
    project = make_project(server, name, kinds).id
    push(server, name, toolkit.read_texts(texts), kinds, predictions=hard_documents())
    accept(server, project, next(iter(server.people())))
    accept(server, project, second, without_last_region)
    out = tmp_path / "gold"

    def adjudicate():
        words = ("adjudicate", name, "-o", out, "--schema", schema_file, "--texts", texts)
        return told(studio, token, *words)

    return name, out, adjudicate


def begun(server, name):
    """The adjudication's tasks, each with what the page opens."""
    project = server.project(title(server.project(name)))["id"]
    for task in server.tasks(project, [head.id for head in server.heads(project)]):
        versions = {one["model_version"].split(" ")[0]: one for one in task["predictions"]}
        assert sorted(versions) == sorted((*WHO, BEGIN.split(" ")[0]))
        yield task, versions["to"]


def test_what_is_decided_is_gold_byte_by_byte(server, annotated, tmp_path):
    name, out, adjudicate = annotated
    assert "annotator and second: 1 document agreed, 0 decided, 5 open" in adjudicate().output
    for task, prediction in begun(server, name):
        server.annotate(task["id"], prediction["result"], parent_prediction=prediction["id"])
    assert "1 document agreed, 5 decided, 0 open" in adjudicate().output
    expected = tmp_path / "expected.json"
    for document in hard_documents():
        write_document(msgspec.structs.replace(document, text=None), expected)
        assert (out / "documents" / f"{document.id}.json").read_bytes() == expected.read_bytes()
    again = adjudicate()
    assert "6 documents in" in again.output
    assert "0 ground truths written" in again.output
    project = server.project(name)["id"]
    for task in server.tasks(project, [head.id for head in server.heads(project)]):
        truths = [one["ground_truth"] for one in task["annotations"]]
        assert sorted(truths) == [False, False, True]
    assert sorted(one.name for one in (out / "annotators").iterdir()) == sorted(WHO)


def test_a_person_decides_on_the_page(server, annotated, page, studio):
    name, out, adjudicate = annotated
    adjudicate()
    (task,) = [one for one, _ in begun(server, name) if one["data"]["doc_id"] == "emoji"]
    project = server.project(title(server.project(name)))["id"]
    page.goto(f"{studio.url}/projects/{project}/data?task={task['id']}")
    page.wait_for_selector(".htx-highlight")
    listed = page.locator(".toolkit-listed").inner_text()
    assert listed.splitlines() == ["1 mention to decide:", "event “🙂 went 中”: only annotator"]
    for tab in WHO:
        assert page.locator(".lsf-annotation-button", has_text=tab[:5]).count()
    region = page.locator('.htx-highlight[data-label$=":event"]').first
    region.click()
    page.wait_for_selector("text=only annotator >> visible=true")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "adjudication.png")
    page.keyboard.press("Backspace")
    region.wait_for(state="detached")
    page.click("text=Submit")
    page.wait_for_selector("text=Update")
    assert "1 document agreed, 1 decided, 4 open" in adjudicate().output
    (gold,) = [one for one in toolkit.read(str(out / "documents")) if one.id == "emoji"]
    assert [mention.id for mention in gold.mentions] == ["p1", "p2"]
    assert page.faults == []
