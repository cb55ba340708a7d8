"""A Chromium that is on this machine, and tabs in it that notice what goes wrong in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

# The first draws no window of its own: a page costs a quarter less.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = f"there is no browser on PATH ({', '.join(NAMES)}): apt-get install chromium-headless-shell"
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)
# In which a browser writes the times and dates of its own fields: the same as the pages' below.
LANGUAGE = "en-GB"
# Most of the work is that of axe, which a page runs a few times: a seventh less where V8 learns from the first call on.
EAGER = "--js-flags=--no-lazy-feedback-allocation"
# Generous: a bound for when something is broken, not a figure.
PATIENCE_MS = 30_000
# Chromium's own message on an answer of 400 or more; answers are looked at by themselves.
NOT_LOADED = "Failed to load resource"
COOKIE = "llmstxt"


def find_browser() -> str | None:
    """The path of the first of NAMES that is installed."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The browser, without a window; what is expected of its pages may take PATIENCE_MS."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*FLAGS, EAGER, f"--lang={LANGUAGE}"])
        yield browser
        browser.close()


class Tabs:
    """Browser profiles of one test, each with a tab; `close` fails where something went wrong in one of them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        # Statuses of 400 and more that this test provokes.
        self.expected: set[int] = set()
        self.problems: list[str] = []

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
        """A profile of its own at `path` of the service, signed in where there is a session."""
        context = self._browser.new_context(
            base_url=origin,
            viewport={"width": width, "height": 800 if width > 760 else 844},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale=LANGUAGE,
            timezone_id="Europe/Berlin",
            java_script_enabled=scripts,
            # Which a browser with windows grants to whoever clicks.
            permissions=["clipboard-write"],
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if session:
            context.add_cookies(
                [{"name": COOKIE, "value": session, "url": origin, "httpOnly": True, "sameSite": "Lax"}]
            )
        self._watch(context, origin)
        page = context.new_page()
        page.goto(path)
        return page

    def _watch(self, context: BrowserContext, origin: str) -> None:
        def said(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and not message.text.startswith(NOT_LOADED):
                self.problems.append(
                    f"{message.type} in the console of {message.page and message.page.url}: {message.text}"
                )

        def asked(request: Request) -> None:
            if not request.url.startswith((f"{origin}/", "data:", "blob:")):
                self.problems.append(f"a request to elsewhere: {request.url}")

        def answered(response: Response) -> None:
            if response.status >= 400 and response.status not in self.expected:
                self.problems.append(f"{response.request.method} {response.url} gave {response.status}")

        context.on("console", said)
        context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        context.on("request", asked)
        context.on("response", answered)

    def close(self) -> None:
        """Close all of them.  Fails where the console has an error, or something was asked elsewhere or refused."""
        for context in self._contexts:
            context.close()
        assert self.problems == [], "\n".join(self.problems)


def settled(page: Page) -> None:
    """Wait until the page's view stands, with what it asked for."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def sideways_scroll(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
