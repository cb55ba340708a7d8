"""Pictures of every page, at two widths and in both themes: `make screenshots`.

Those of the README are made with `make screenshots ARGS=--readme`.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page
from tests.browser.pages import PAGES, open_page
from tests.support.browser import Tabs, find_browser, open_browser
from tests.support.gallery import Gallery, open_gallery

WIDTHS = (1280, 390)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
README = {"list": "projects", "project fresh": "project"}
MOST_README_BYTES = 200_000


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("screenshots"), help="where the pictures go")
    parser.add_argument("--readme", action="store_true", help="only those of the README, into docs/pictures")
    parser.add_argument("names", nargs="*", help="parts of the names of pages; without any, all pages")
    arguments = parser.parse_args()
    if not find_browser():
        parser.error("there is no browser: make browser")
    with tempfile.TemporaryDirectory() as data, open_browser() as browser, open_gallery(Path(data)) as gallery:
        tabs = Tabs(browser)
        if arguments.readme:
            _for_readme(gallery, tabs, Path("docs/pictures"))
        else:
            names = [name for name in PAGES if not arguments.names or any(part in name for part in arguments.names)]
            _all(gallery, tabs, names, arguments.folder)
        tabs.close()


def _all(gallery: Gallery, tabs: Tabs, names: list[str], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        for width in WIDTHS:
            page = open_page(gallery, tabs, name, width=width)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                path = folder / f"{re.sub(r'[^a-z]+', '-', name)}-{width}-{theme}.png"
                # A dialog is over the window, not over all of a page.
                _shoot(page, path, full=not page.locator("dialog[open]").count())
                print(path)
            page.context.close()


def _for_readme(gallery: Gallery, tabs: Tabs, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # Its name is a test of how pages are drawn.
    gallery.service.json("DELETE", f"/api{gallery.address('hostile')}", expect=204)
    for name, stem in README.items():
        path = folder / f"{stem}.png"
        _shoot(open_page(gallery, tabs, name), path, full=False)
        size = path.stat().st_size
        print(f"{path}: {size} bytes")
        assert size <= MOST_README_BYTES


def _shoot(page: Page, path: Path, *, full: bool) -> None:
    page.mouse.move(0, 0)
    page.screenshot(path=path, full_page=full, animations="disabled", caret="hide")


if __name__ == "__main__":
    main()
