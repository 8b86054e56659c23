"""The report's script, held against the types of a browser by TypeScript."""

import shutil
import subprocess

import pytest

from toolkit.rendering.html.page import HOME, SCRIPTS

pytestmark = pytest.mark.live

TYPESCRIPT = "typescript@5.9.3"


@pytest.fixture(scope="session")
def typescript(tmp_path_factory):
    """The compiler, fetched by npm."""
    npm = shutil.which("npm") or pytest.skip("no npm: it comes with node")
    folder = tmp_path_factory.mktemp("typescript")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", TYPESCRIPT]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm does not get {TYPESCRIPT}: {done.stdout}{done.stderr}")
    return folder / "node_modules" / ".bin" / "tsc"


def test_the_script_has_no_type_error(typescript, tmp_path):
    parts = [(HOME / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    script = tmp_path / "script.js"
    script.write_text("\n".join(parts), encoding="utf-8")
    options = ["--noEmit", "--allowJs", "--checkJs", "--target", "es2022"]
    done = subprocess.run(
        [typescript, *options, "--lib", "es2022,dom,dom.iterable", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
