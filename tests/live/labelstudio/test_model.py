"""Label Studio asks an extractor of ours as a task is opened."""

import threading

import httpx
import pytest
from hard import emoji, nested

from toolkit.labelstudio.backend import backend
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.push import push

pytestmark = pytest.mark.live


def anas(text):
    """Every Ana."""
    start = text.index("Ana")
    yield {
        "id": "a",
        "label": "person",
        "start": start,
        "end": start + 3,
        "fields": {"kind": "one"},
    }


def test_an_opened_task_begins_from_what_the_extractor_answers(page, studio, token, server, kinds):
    project = make_project(server, "live model", kinds).id
    push(server, "live model", [emoji(), nested()], kinds)
    task = next(head.id for head in server.heads(project) if head.document == "emoji")
    with backend(f"{__name__}:anas", kinds, port=0) as model:
        threading.Thread(target=model.serve_forever, args=(0.05,), daemon=True).start()
        connected = httpx.post(
            f"{studio.url}/api/ml/",
            headers={"Authorization": f"Token {token}"},
            json={"url": f"http://127.0.0.1:{model.server_address[1]}", "project": project},
            timeout=60,
        )
        assert (connected.status_code, connected.json()["state"]) == (201, "CO"), connected.text
        page.goto(f"{studio.url}/projects/{project}/data?task={task}")
        region = page.locator(".htx-highlight")
        region.wait_for()
        assert region.inner_text() == "Ana"
        model.shutdown()
    (found,) = server.tasks(project, [task])
    assert [one["model_version"] for one in found["predictions"]] == [f"{__name__}:anas"]
    assert page.faults == []
