"""Each page in each of its states: no barrier that axe can find, no sideways scroll, nothing in the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.pages import PAGES, open_page
from tests.support.browser import Tabs, axe_violations, settled, sideways_scroll
from tests.support.gallery import MARKUP, Gallery

WIDTHS = (1280, 390, 320)
# All that depends on the theme.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


@pytest.fixture(params=PAGES)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a page."""
    return str(request.param)


def test_axe_finds_nothing_nothing_is_wider_than_the_window_and_a_reload_shows_the_same(
    gallery: Gallery, tabs: Tabs, name: str
) -> None:
    page = open_page(gallery, tabs, name)
    heading, title = page.get_by_role("heading", level=1).all_inner_texts(), page.title()
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if sideways := sideways_scroll(page):
            found.append(f"{width}: {sideways} pixels wider than the window")
        page.emulate_media(color_scheme="light")
        found += [f"{width} light: {violation}" for violation in axe_violations(page)]
        page.emulate_media(color_scheme="dark")
        found += [f"{width} dark: {violation}" for violation in axe_violations(page, COLOUR_RULES)]
    assert found == []
    page.reload()
    settled(page)
    assert page.get_by_role("heading", level=1).all_inner_texts() == heading
    assert page.title() == title


def test_hostile_names_are_text(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    hostile = [gallery.address("hostile", tab) for tab in ("", "/llmstxt", "/runs", "/pages", "/settings")]
    for address in ["/projects", *hostile, "/scheduler", "/tokens?of=all", "/users", "/audit"]:
        page.goto(address)
        settled(page)
        shown = page.get_by_text(MARKUP).or_(page.locator(f"input[value*='{MARKUP}']")).filter(visible=True)
        expect(shown.first, address).to_be_visible()
        assert page.locator("main img, main script, [href^='javascript:' i]").count() == 0, address
