"""What is to hold for each page in each of its states."""

from __future__ import annotations

from playwright.sync_api import Page
from tests.browser.pages import open_page
from tests.support.axe import axe_violations
from tests.support.browser import Tabs, settled, sideways_scroll
from tests.support.gallery import Gallery

WIDTHS = (1280, 390, 320)
# Of the two narrow ones axe looks at the narrower: no rule of the style sheets tells them apart, which
# test_web_sources.py holds.
WIDTHS_OF_AXE = (1280, 320)
# All that depends on the theme.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


def faults_of(gallery: Gallery, tabs: Tabs, name: str) -> list[str]:
    """What axe finds in the page of this name, what is wider than the window, and what a reload does not show again."""
    page = open_page(gallery, tabs, name)
    before = _names(page)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if sideways := sideways_scroll(page):
            found.append(f"{width}: {sideways} pixels wider than the window")
        if width not in WIDTHS_OF_AXE:
            continue
        page.emulate_media(color_scheme="light")
        found += [f"{width} light: {violation}" for violation in axe_violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} dark: {violation}" for violation in axe_violations(page, COLOUR_RULES)]
    page.reload()
    settled(page)
    after = _names(page)
    return found if after == before else [*found, f"a reload shows {after}, before it was {before}"]


def _names(page: Page) -> tuple[list[str], str]:
    return page.get_by_role("heading", level=1).all_inner_texts(), page.title()
