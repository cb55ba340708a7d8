"""One browser and one service with everything to look at, for all tests of the pages."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.live import Live
from tests.browser.shared_tabs import SharedTabs
from tests.support.browser import MISSING, Tabs, find_browser, open_browser
from tests.support.docs_site import serve_docs
from tests.support.gallery import Gallery, open_gallery
from tests.support.people import People
from tests.support.service import Service


# For the package, not the session: the driver's event loop runs as long as it lives, and other tests have their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium.  Without one the tests are skipped, but in CI they fail."""
    if not find_browser():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def gallery(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """A service with a project in each state, for tests that only look."""
    with open_gallery(tmp_path_factory.mktemp("gallery")) as opened:
        yield opened


@pytest.fixture(scope="package")
def working_service(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A service for tests that change something."""
    service = Service(tmp_path_factory.mktemp("live"), {"LLMSTXT_RUNS__RETRY_BASE_SECONDS": "86400"})
    try:
        service.start()
        with serve_docs() as docs:
            yield Live(service, People(service), docs)
    finally:
        service.close()


@pytest.fixture
def live(working_service: Live) -> Iterator[Live]:
    """The same, with the site as it is at first."""
    yield working_service
    working_service.docs.reset()


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Tabs]:
    """Tabs to open; the test fails where something went wrong in one."""
    opened = Tabs(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def tabs_of_all(browser: Browser) -> Iterator[SharedTabs]:
    """The tabs behind `shared_tabs`."""
    opened = SharedTabs(browser)
    yield opened
    opened.close()


@pytest.fixture
def shared_tabs(tabs_of_all: SharedTabs) -> Iterator[SharedTabs]:
    """One tab for each session, used again by the next test; the test fails where something went wrong in one."""
    yield tabs_of_all
    tabs_of_all.check()
