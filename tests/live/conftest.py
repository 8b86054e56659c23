"""A browser for the tests that need one; without one they are left out, and say why."""

import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with api.sync_playwright() as playwright:
        # Chromium has no sandbox of its own where it runs as root, as in a container.
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page of a report: `(html, address="", **how)`; whatever goes wrong in it, and
    what it asks of the network, stands in `page.faults`.
    """
    contexts = []

    def open_page(html, address="", **how):
        file = html if isinstance(html, Path) else tmp_path / f"report-{len(contexts)}.html"
        if file is not html:
            file.write_text(html, encoding="utf-8")
        context = browser.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(f"error: {error}"))
        page.on("console", lambda said: page.faults.append(f"console: {said.text}"))
        page.on("dialog", lambda dialog: (page.faults.append("dialog"), dialog.dismiss()))
        page.on(
            "request",
            lambda asked: asked.url.startswith(file.as_uri()) or page.faults.append(asked.url),
        )
        page.goto(file.as_uri() + address)
        page.wait_for_load_state()
        return page

    yield open_page
    for context in contexts:
        context.close()


def follow(page, address):
    """Go to an address within the page, and wait for what it shows; how many items a list has."""
    return page.evaluate(
        """async (address) => {
            const count = document.getElementById('list-count');
            const title = document.getElementById('document-title');
            count.textContent = '';
            location.hash = address;
            for (let turns = 0; turns < 2000; turns += 1) {
                await new Promise((go) => setTimeout(go, 1));
                if (address.startsWith('#list') && /item/.test(count.textContent)) break;
                if (address.startsWith('#doc') && document.querySelector('#sheet *')) break;
                if (!/^#(list|doc)/.test(address)) break;
            }
            return Number.parseInt(count.textContent.replaceAll(',', ''), 10);
        }""",
        address,
    )
