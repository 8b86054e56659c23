"""A real Label Studio, in an environment of its own, with a database that is migrated once."""

import os
import shutil
from pathlib import Path

import pytest
from hard import SCHEMA, write_texts
from ports import free_port

from toolkit import DataError
from toolkit.labelstudio import local
from toolkit.labelstudio.server import connect
from toolkit.schema.load import load_schema

ROOT = Path(__file__).parent.parent.parent.parent

HOME = Path(os.environ.get("TOOLKIT_LABEL_STUDIO") or ROOT / ".venv-label-studio")

PICTURES = Path(os.environ.get("TOOLKIT_PICTURES") or ROOT / "reports" / "label-studio")
"""Where pictures of the annotation page are kept, to be looked at."""


@pytest.fixture(scope="session")
def studio(tmp_path_factory):
    """The server, running; its password and token are in files."""
    pytest.importorskip("label_studio_sdk.version", reason="the extra labelstudio is not installed")
    if not local.program(HOME).exists():
        try:
            local.install(HOME)
        except DataError as error:
            pytest.skip(f"no Label Studio: {error}")
    template = HOME / f"template-{local.VERSION}"
    if not template.exists():
        fresh = HOME / "template-fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        with local.running(fresh, port=free_port(), folder=HOME):
            pass
        fresh.rename(template)
    data = tmp_path_factory.mktemp("label-studio") / "data"
    shutil.copytree(template, data)
    with local.running(data, port=free_port(), folder=HOME) as server:
        yield server


@pytest.fixture(scope="session")
def token(studio):
    return studio.token.read_text()


@pytest.fixture
def server(studio):
    with connect(studio.url, studio.token) as connected:
        yield connected


@pytest.fixture(scope="module")
def page(browser, studio):
    """A page of somebody who is logged in; what goes wrong in it stands in `page.faults`."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("dialog", lambda dialog: (opened.faults.append("dialog"), dialog.dismiss()))
    opened.goto(f"{studio.url}/user/login/")
    opened.fill("input[name=email]", local.USER)
    opened.fill("input[name=password]", studio.password.read_text())
    opened.click("button[type=submit]")
    opened.wait_for_url(lambda address: "login" not in address)
    yield opened
    context.close()


@pytest.fixture(scope="session")
def schema_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("schema") / "kinds.yaml"
    file.write_text(SCHEMA)
    return file


@pytest.fixture(scope="session")
def kinds(schema_file):
    return load_schema(schema_file)


@pytest.fixture(scope="session")
def second(studio, token):
    """Another person's number on the server."""
    import httpx

    made = httpx.post(
        f"{studio.url}/api/users/",
        headers={"Authorization": f"Token {token}"},
        json={"email": "second@localhost.localdomain", "username": "second"},
    )
    assert made.status_code == 201, made.text
    return made.json()["id"]


@pytest.fixture
def texts(tmp_path):
    """A folder of the hard documents' texts, byte for byte."""
    return write_texts(tmp_path / "texts")
