"""The README's pictures of the HTML report: `make screenshots`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent

PICTURES = {
    "report-summary.png": ("#summary", "light", 640),
    "report-text.png": ("#doc=port-sele-generals&mention=g.c1", "light", 640),
}


def main(report: str) -> None:
    """Take the pictures of a report."""
    browsers = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, browsers)))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name, (address, scheme, height) in PICTURES.items():
            size = {"width": 1180, "height": height}
            page = chromium.new_page(viewport=size, color_scheme=scheme)
            page.goto(Path(report).resolve().as_uri() + address)
            page.wait_for_timeout(800)
            page.screenshot(path=HERE / name)
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1])
