"""Every page in each of its states: where it is, what is done there, and who looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect
from tests.support.browser import Tabs, settled
from tests.support.gallery import Gallery

STATES = ("fresh", "hostile", "failed", "stale", "paused", "by hand", "new", "retrying", "running", "queued", "held")
TABS = ("/llmstxt", "/runs", "/changes", "/changes?view=inline", "/pages", "/settings")
# What is done to a page before it is looked at.
Act = Callable[[Page], object]


def _nothing(_: Page) -> None:
    pass


def _select_three(page: Page) -> None:
    for row in range(3):
        page.get_by_role("row").get_by_role("checkbox").nth(row + 1).check()
    expect(page.get_by_role("region", name="Selected projects")).to_be_visible()


def _open_menu(page: Page) -> None:
    page.get_by_role("button", name="More for Acme Docs").click()


def _schedule(kind: str, stored: str = "") -> Act:
    def act(page: Page) -> None:
        form = page.get_by_role("dialog", name="New project")
        form.get_by_role("combobox", name="Schedule").select_option(kind)
        if kind == "custom":
            form.get_by_label("Cron expression").fill(stored)
        form.get_by_text("More:").click()
        if stored:
            expect(form.get_by_role("group", name="What this schedule means")).to_contain_text(stored)

    return act


def _try_new(page: Page) -> None:
    form = page.get_by_role("dialog", name="New project")
    form.get_by_text("More:").click()
    form.get_by_role("button", name="What would be fetched?").click()
    expect(form.get_by_text("A run would begin with")).to_be_visible()
    form.get_by_text("Its addresses").click()


def _try_settings(page: Page) -> None:
    page.get_by_role("button", name="What would be fetched?").click()
    expect(page.get_by_text("A run would fail:")).to_be_visible()


def _fail(page: Page) -> None:
    form = page.get_by_role("dialog", name="New project")
    form.get_by_label("Site address").fill("ftp://example.com")
    form.get_by_role("button", name="Create and crawl now").click()
    expect(form.get_by_label("Site address")).to_have_attribute("aria-invalid", "true")


def _open_dialog(button: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return act


def _compare_held(page: Page) -> None:
    removed = page.get_by_role("region", name="Links of llms.txt").get_by_role("group").filter(has_text="Removed")
    expect(removed).to_contain_text("Quickstart")


def _read_report(page: Page) -> None:
    _open_run(page)
    report = page.get_by_role("region", name="Report")
    for part in (
        "1 page addresses the reader's model",
        "Limit reached: max pages",
        "Matched no address: /drafts/*, *.pdf",
        "1 page holds nothing until scripts run",
        "Left out: ",
        "rule of robots.txt obeyed",
    ):
        expect(report).to_contain_text(part)


def _ask_why(page: Page) -> None:
    asking = page.get_by_role("region", name="Why is this page missing?")
    # At the site's true address, which is another than the one that the project shows.
    forbidden = page.get_by_role("link", name="/internal/plans").get_attribute("href")
    asking.get_by_role("textbox").fill(forbidden or "")
    asking.get_by_role("button", name="Ask").click()
    expect(asking.get_by_role("status")).not_to_be_empty()


def _open_run(page: Page, number: int = 1) -> None:
    page.get_by_role("link", name=f"#{number}").click()
    # The view that the link leaves is settled as well, until the new one comes.
    expect(page.get_by_role("heading", name=f"Run #{number}")).to_be_visible()
    settled(page)


def _open_held_run(page: Page) -> None:
    _open_run(page, 2)
    expect(page.get_by_role("region", name="Run 2").get_by_role("button", name="Accept")).to_be_visible()


def _open_all_details(page: Page) -> None:
    for summary in page.locator("summary").all():
        summary.click()


def _open_for_others(page: Page) -> None:
    part = page.get_by_role("region", name="For others")
    for summary in part.locator("summary").all():
        summary.click()
    expect(part.get_by_text("No ping yet.")).to_be_visible()
    expect(part.get_by_label("address of the feed", exact=True)).to_be_visible()


def _open_first_details(page: Page) -> None:
    page.get_by_role("button", name="Details").first.click()


def _add_target(kind: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_role("button", name="Tell somebody").first.click()
        page.get_by_label("How", exact=True).select_option(kind)

    return act


def _sign_somebody_out(page: Page) -> None:
    page.get_by_role("button", name=" everywhere").last.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _with_token(page: Page) -> None:
    page.get_by_role("button", name="Use an API token").click()


class Look(NamedTuple):
    """An address, what is done there, and who looks, if anybody.

    In the address, `{what}` in front stands for a project of the gallery, `{site}` for the address of a site.
    """

    address: str
    act: Act = _nothing
    who: str = "admin"


PAGES = {
    "list": Look("/projects"),
    "list of a viewer": Look("/projects", who="viewer"),
    "list with a selection": Look("/projects", _select_three),
    "list with a menu": Look("/projects", _open_menu),
    "list without a match": Look("/projects?q=nothing+like+it"),
    "new daily": Look("/projects/new", _schedule("daily", "0 2 * * *")),
    "new weekly": Look("/projects/new", _schedule("weekly", "0 2 * * 0")),
    "new custom": Look("/projects/new", _schedule("custom", "30 6 * * 1-5")),
    "new by hand": Look("/projects/new", _schedule("none")),
    "new with an error": Look("/projects/new", _fail),
    "new with a dry run": Look("/projects/new?url={site}", _try_new),
    "start": Look("/start"),
    "start of a viewer": Look("/start", who="viewer"),
    **{f"project {state}": Look(f"{{{state}}}", _open_all_details) for state in STATES},
    "project of a viewer": Look("{fresh}", who="viewer"),
    **{f"project {tab}": Look(f"{{fresh}}{tab}") for tab in TABS},
    "project run": Look("{failed}/runs", _open_run),
    "project run with a report": Look("{held}/runs", _read_report),
    "project held run": Look("{held}/runs", _open_held_run),
    "project held changes": Look("{held}/changes", _compare_held),
    "project settings with credentials": Look("{held}/settings"),
    "project settings with a dry run": Look("{held}/settings", _try_settings),
    "project settings for others": Look("{fresh}/settings", _open_for_others),
    "project settings for others of a viewer": Look("{hostile}/settings", _open_for_others, who="viewer"),
    "project missing page": Look("{fresh}/pages", _ask_why),
    "hostile /llmstxt": Look("{hostile}/llmstxt"),
    "hostile /pages": Look("{hostile}/pages"),
    **{f"new {tab}": Look(f"{{new}}{tab}") for tab in ("/llmstxt", "/runs", "/changes", "/pages")},
    "project settings of a viewer": Look("{fresh}/settings", who="viewer"),
    "confirmation": Look("{fresh}/settings", _open_dialog("Delete project…")),
    "scheduler": Look("/scheduler"),
    "notifications": Look("/notifications"),
    "notifications of a viewer": Look("/notifications", who="viewer"),
    "deliveries": Look("/notifications?show=deliveries", _open_first_details),
    "events": Look("/notifications?show=events", _open_first_details),
    "new target": Look("/notifications", _open_dialog("Tell somebody")),
    "new mail address": Look("/notifications", _add_target("email")),
    "new repository": Look("{fresh}/notifications", _add_target("github")),
    "confirmation of an address": Look("/notifications/confirm", who=""),
    "tokens": Look("/tokens", who="viewer"),
    "tokens of all": Look("/tokens?of=all"),
    "new token": Look("/tokens", _open_dialog("New token")),
    "users": Look("/users"),
    "users of a viewer": Look("/users", who="viewer"),
    "invitation": Look("/users", _open_dialog("Invite")),
    "signing out": Look("/users", _sign_somebody_out),
    "audit": Look("/audit"),
    "settings": Look("/settings"),
    "login": Look("/login", who=""),
    "login by token": Look("/login", _with_token, who=""),
    "nowhere": Look("{fresh}/nowhere"),
    "documentation": Look("/api/docs"),
}
# How the names of the pages of single projects begin.
OF_PROJECTS = ("project", "hostile", "new /")
# The answers of 400 and more that belong to a page.
REFUSED = {"new with an error": {422}}


def open_page(gallery: Gallery, tabs: Tabs, name: str, *, width: int = 1280) -> Page:
    """The page of this name, in its state."""
    look = PAGES[name]
    what, _, tab = look.address.lstrip("{").partition("}")
    address = gallery.address(what, tab) if look.address.startswith("{") else look.address
    address = address.replace("{site}", gallery.site)
    session = getattr(gallery.people, look.who) if look.who else None
    tabs.expected |= REFUSED.get(name, set())
    page = tabs.open(gallery.service.url, address, session, width=width)
    settled(page)
    look.act(page)
    return page
