"""The dialog that makes a project."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from tests.browser.live import Live
from tests.support.browser import Tabs, settled


class Choice(NamedTuple):
    """A schedule as it is chosen, and what becomes of it."""

    kind: str
    time: str | None
    day: str | None
    cron: str | None
    stored: str | None
    words: str


CHOICES = {
    "daily": Choice("Daily", None, None, None, "0 2 * * *", "Daily 02:00"),
    "daily at another time": Choice("Daily", "06:30", None, None, "30 6 * * *", "Daily 06:30"),
    "weekly": Choice("Weekly", None, None, None, "0 2 * * 0", "Weekly, Sun 02:00"),
    "weekly on another day": Choice("Weekly", "23:05", "Wednesday", None, "5 23 * * 3", "Weekly, Wed 23:05"),
    "custom": Choice("Custom (cron)", None, None, "15 */6 * * 1-5", "15 */6 * * 1-5", "Custom"),
    "by hand": Choice("Only by hand", None, None, None, None, "None"),
}


def _open_dialog(live: Live, tabs: Tabs) -> tuple[Page, Locator]:
    page = tabs.open(live.service.url, "/projects", live.people.editor)
    page.get_by_role("link", name="New project").click()
    expect(page).to_have_url(f"{live.service.url}/projects/new")
    form = page.get_by_role("dialog", name="New project")
    expect(form.get_by_label("Site address")).to_be_focused()
    return page, form


@pytest.mark.parametrize("path", ["/projects", "/projects/new"])
def test_who_does_not_wait_for_the_list_gets_one_form(live: Live, tabs: Tabs, path: str) -> None:
    page = tabs.open(live.service.url, "/settings", live.people.editor)
    held: list[Route] = []
    hold = held.append
    page.route("**/api/projects?*", lambda route: hold(route))
    with page.expect_request("**/api/projects?*"):
        page.goto(f"{live.service.url}{path}")
    page.get_by_role("link", name="New project").click()
    form = page.get_by_role("dialog", name="New project")
    expect(form).to_be_visible()
    hold = Route.continue_
    for route in held:
        route.continue_()
    expect(page.locator(".page.list")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(200)
    expect(form).to_have_count(1)


def test_two_clicks_open_one_form(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/projects", live.people.editor)
    settled(page)
    held: list[Route] = []
    page.route("**/projects/create.js", lambda route: held.append(route))
    page.evaluate("for (let click = 0; click < 2; click++) document.querySelector('a[href=\"/projects/new\"]').click()")
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    form = page.get_by_role("dialog", name="New project")
    expect(form).to_have_count(1)
    form.get_by_role("button", name="Cancel").click()
    expect(form).to_have_count(0)
    page.get_by_role("link", name="New project").dblclick()
    expect(form).to_be_visible()


@pytest.mark.parametrize("name", CHOICES)
def test_each_schedule_is_kept_as_it_was_chosen(live: Live, tabs: Tabs, name: str) -> None:
    choice = CHOICES[name]
    page, form = _open_dialog(live, tabs)
    form.get_by_label("Site address").fill(live.docs.url)
    form.get_by_role("combobox", name="Schedule").select_option(label=choice.kind)
    if choice.time:
        form.get_by_label("Time", exact=True).fill(choice.time)
    if choice.day:
        form.get_by_label("Day", exact=True).select_option(label=choice.day)
    if choice.cron:
        form.get_by_label("Cron expression").fill(choice.cron)
    means = form.get_by_role("group", name="What this schedule means")
    if choice.stored:
        expect(means.get_by_role("listitem")).to_have_count(5)
        expect(means).to_contain_text(choice.stored)
    else:
        expect(means).to_be_hidden()
    form.get_by_text("More:").click()
    form.get_by_label("Name").fill(f"Made {name}")
    form.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1, name=f"Made {name}")).to_be_visible()
    made = live.get(page.url.removeprefix(live.service.url))
    assert (made["cron_expression"], made["is_enabled"]) == (choice.stored, choice.stored is not None)
    assert choice.stored is None or made["timezone"] == "Europe/Berlin"
    page.get_by_role("link", name="Projects", exact=True).first.click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader").get_by_text(f"Made {name}", exact=True))
    expect(row).to_contain_text(choice.words)
    expect(row.get_by_text("Auto-enabled")).to_be_visible(visible=choice.stored is not None)


def test_a_time_that_is_taken_out_is_kept(live: Live, tabs: Tabs) -> None:
    page, form = _open_dialog(live, tabs)
    form.get_by_label("Site address").fill(live.docs.url)
    time = form.get_by_label("Time", exact=True)
    time.fill("06:30")
    time.fill("")
    expect(form.get_by_role("group", name="What this schedule means")).to_contain_text("30 6 * * *")
    form.get_by_role("combobox", name="Time zone").focus()
    expect(time).to_have_value("06:30")
    time.fill("")
    time.press("Enter")
    expect(page.get_by_role("region", name="Schedule")).to_be_visible()
    assert live.get(page.url.removeprefix(live.service.url))["cron_expression"] == "30 6 * * *"


def test_a_schedule_can_wait_to_be_enabled(live: Live, tabs: Tabs) -> None:
    page, form = _open_dialog(live, tabs)
    form.get_by_label("Site address").fill(live.docs.url)
    form.get_by_label("Enable scheduled runs").uncheck()
    form.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("heading", name="No llms.txt yet")).to_be_visible()
    assert live.get(page.url.removeprefix(live.service.url))["is_enabled"] is False


def test_a_project_begins_with_labels(live: Live, tabs: Tabs) -> None:
    page, form = _open_dialog(live, tabs)
    tabs.expected = {422}
    form.get_by_label("Site address").fill(live.docs.url)
    form.get_by_label("Enable scheduled runs").uncheck()
    form.get_by_text("More:").click()
    form.get_by_label("Labels").fill("x" * 51)
    form.get_by_text("More:").click()
    form.get_by_role("button", name="Create", exact=True).click()
    expect(form.get_by_label("Labels")).to_be_focused()
    form.get_by_label("Labels").fill("team a\n\nprod")
    form.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("main").get_by_role("link", name="prod")).to_be_visible()
    assert live.get(page.url.removeprefix(live.service.url))["labels"] == ["team a", "prod"]


def test_a_message_for_somebody_is_no_site(live: Live, tabs: Tabs) -> None:
    _, form = _open_dialog(live, tabs)
    tabs.expected = {422}
    for address in ("mailto:me@example.com", "javascript:alert(1)", "C:/docs/index.html"):
        form.get_by_label("Site address").fill(address)
        form.get_by_label("Site address").press("Enter")
        expect(form.get_by_label("Site address")).to_have_accessible_description(
            re.compile("The URL must begin with http:// or https://.")
        )


def test_an_address_needs_no_scheme_and_an_enter_is_enough(live: Live, tabs: Tabs) -> None:
    page, form = _open_dialog(live, tabs)
    tabs.expected = {422}
    form.get_by_label("Site address").fill("docs.invalid/guide")
    form.get_by_label("Enable scheduled runs").uncheck()
    form.get_by_label("Site address").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("docs.invalid")


def test_what_the_server_refuses_stands_below_its_field(live: Live, tabs: Tabs) -> None:
    page, form = _open_dialog(live, tabs)
    tabs.expected = {422}
    address, cron, pages = (form.get_by_label(label) for label in ("Site address", "Cron expression", "Page limit"))
    create = form.get_by_role("button", name="Create and crawl now")
    create.click()
    expect(address).to_be_focused()
    expect(address).to_have_accessible_description(re.compile("Write the address of the site."))
    address.fill("ftp://docs.example")
    create.click()
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill(live.docs.url)
    form.get_by_role("combobox", name="Schedule").select_option(label="Custom (cron)")
    cron.fill("61 * * *")
    create.click()
    expect(cron).to_be_focused()
    expect(cron).to_have_attribute("aria-invalid", "true")
    cron.fill("0 4 * * *")
    form.get_by_text("More:").click()
    pages.fill("999999999")
    form.get_by_text("More:").click()
    create.click()
    # The field is opened for its error.
    expect(pages).to_be_focused()
    expect(address).to_have_value(live.docs.url)
    pages.fill("20")
    create.click()
    expect(page).to_have_url(re.compile(r"/projects/[0-9a-f-]{36}$"))
    made = live.get(page.url.removeprefix(live.service.url))
    assert (made["cron_expression"], made["crawl"]["max_pages"]) == ("0 4 * * *", 20)


@pytest.mark.parametrize(("month", "words"), [("3", "clocks go forward"), ("10", "clocks go back")])
def test_hours_that_the_clock_skips_or_repeats_are_marked(live: Live, tabs: Tabs, month: str, words: str) -> None:
    _, form = _open_dialog(live, tabs)
    form.get_by_role("combobox", name="Schedule").select_option(label="Custom (cron)")
    # The last Sunday of the month is among the next five.
    form.get_by_label("Cron expression").fill(f"30 2 * {month} 0")
    expect(form.get_by_role("group", name="What this schedule means").get_by_text(words)).to_be_visible()


def test_what_was_typed_is_not_thrown_away_by_a_key_or_by_back(live: Live, tabs: Tabs) -> None:
    page, form = _open_dialog(live, tabs)
    sure = page.get_by_role("dialog", name="Throw away what you typed?")
    form.get_by_label("Site address").fill("docs.example")
    page.keyboard.press("Escape")
    expect(sure).to_be_visible()
    sure.get_by_role("button", name="Cancel").click()
    expect(form.get_by_label("Site address")).to_have_value("docs.example")
    page.go_back()
    expect(sure).to_be_visible()
    sure.get_by_role("button", name="Throw away").click()
    expect(form).to_be_hidden()
    settled(page)
    expect(page).to_have_url(f"{live.service.url}/projects")


def test_the_browser_asks_before_it_loads_a_filled_form_anew(live: Live, tabs: Tabs) -> None:
    page, form = _open_dialog(live, tabs)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    address = form.get_by_label("Site address")
    address.press_sequentially("docs.example.com")
    # Not awaited: it does not come where somebody stays.
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload())")
    assert asked == ["beforeunload"]
    expect(address).to_have_value("docs.example.com")
    # Nothing is lost once it was thrown away.
    form.get_by_role("button", name="Cancel").click()
    page.get_by_role("dialog").last.get_by_role("button", name="Throw away").click()
    page.reload()
    settled(page)
    assert asked == ["beforeunload"]


def test_what_would_be_fetched_is_told_before_anything_is_created(live: Live, tabs: Tabs) -> None:
    tabs.expected = {422}
    page, form = _open_dialog(live, tabs)
    form.get_by_text("More:").click()
    ask = form.get_by_role("button", name="What would be fetched?")
    ask.click()
    expect(form.get_by_label("Site address")).to_be_focused()
    form.get_by_label("Site address").fill(live.docs.url)
    form.get_by_label("Exclude").fill("/guides/*")
    ask.click()
    expect(form.get_by_text("A run would begin with 5 addresses")).to_be_visible()
    expect(form.get_by_text("4 addresses that an exclude pattern matches")).to_be_visible()
    expect(form.get_by_text("1 address that robots.txt forbids")).to_be_visible()
    form.get_by_text("Its addresses, all 5").click()
    expect(form.get_by_text(f"{live.docs.url}reference/events, linked from the start page")).to_be_visible()
    assert page.url == f"{live.service.url}/projects/new"
    form.get_by_label("Exclude").fill("[a")
    ask.click()
    expect(form.get_by_label("Exclude")).to_be_focused()
