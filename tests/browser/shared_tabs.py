"""One tab for each session, for the tests that leave it as they found it."""

from __future__ import annotations

from playwright.sync_api import Browser, Page
from tests.support.browser import Tabs

_NOWHERE = "about:blank"


class SharedTabs(Tabs):
    """Tabs that go on from page to page: in a profile of its own each page would load and compile everything anew."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        self._opened: dict[str | None, Page] = {}

    def open(
        self,
        origin: str,
        path: str,
        session: str | None = None,
        *,
        width: int = 1280,
        dark: bool = False,
        scripts: bool = True,
    ) -> Page:
        """The tab of this session, at `path`; as a new one but for what the browser has loaded before."""
        page = self._opened.get(session)
        if page is None:
            page = self._opened[session] = super().open(origin, path, session, width=width, dark=dark, scripts=scripts)
            return page
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.goto(path)
        return page

    def check(self) -> None:
        """Leave the pages, and forget what they stored; fails where something went wrong, as `close` does."""
        for page in self._opened.values():
            if page.url != _NOWHERE:
                # What was said before an answer has arrived before it.
                page.evaluate("localStorage.clear(); sessionStorage.clear()")
                # A page asks by itself for what the next tests may change.
                page.goto(_NOWHERE)
        problems, self.problems, self.expected = self.problems, [], set()
        assert problems == [], "\n".join(problems)
