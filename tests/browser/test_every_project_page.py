"""Each page of a project in each of its states: the other part of test_every_page.py."""

from __future__ import annotations

import pytest
from tests.browser.pages import OF_PROJECTS, PAGES
from tests.browser.shared_tabs import SharedTabs
from tests.browser.soundness import faults_of
from tests.support.gallery import Gallery


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith(OF_PROJECTS)])
def test_axe_finds_nothing_nothing_is_wider_than_the_window_and_a_reload_shows_the_same(
    gallery: Gallery, shared_tabs: SharedTabs, name: str
) -> None:
    assert faults_of(gallery, shared_tabs, name) == []
