"""Each page in each of its states: no barrier that axe can find, no sideways scroll, nothing in the console.

Those of single projects are in a file of their own, because a file stays in one process.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.pages import OF_PROJECTS, PAGES
from tests.browser.shared_tabs import SharedTabs
from tests.browser.soundness import faults_of
from tests.support.browser import Tabs, settled
from tests.support.gallery import MARKUP, Gallery


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(OF_PROJECTS)])
def test_axe_finds_nothing_nothing_is_wider_than_the_window_and_a_reload_shows_the_same(
    gallery: Gallery, shared_tabs: SharedTabs, name: str
) -> None:
    assert faults_of(gallery, shared_tabs, name) == []


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
