"""Addresses: deep links, back, forward, links in new tabs, and pages that are not there."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import expect
from tests.browser.shared_tabs import SharedTabs
from tests.support.browser import Tabs, settled
from tests.support.gallery import Gallery
from tests.support.service import until

# What leads from page to page, and the heading that follows.
WAY = [
    ("Acme Docs", "Acme Docs", "/projects/{id}"),
    ("llms.txt", "Acme Docs", "/projects/{id}/llmstxt"),
    ("Runs", "Acme Docs", "/projects/{id}/runs"),
    ("Changes", "Acme Docs", "/projects/{id}/changes"),
    ("Pages", "Acme Docs", "/projects/{id}/pages"),
    ("Settings", "Acme Docs", "/projects/{id}/settings"),
    ("Scheduler", "Scheduler", "/scheduler"),
    ("Notifications", "Notifications", "/notifications"),
    ("API tokens", "API tokens", "/tokens"),
    ("Users", "Users", "/users"),
    ("Audit", "Audit", "/audit"),
]


def test_back_leads_to_where_a_list_was_read(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/projects", gallery.people.admin, width=390)
    settled(page)
    link = page.get_by_role("link", name="Fable Cloud", exact=True)
    link.scroll_into_view_if_needed()
    until(lambda: page.evaluate("history.state?.place > 100"), "the place to be kept")
    before = page.evaluate("scrollY")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fable Cloud")
    settled(page)
    assert page.evaluate("scrollY") == 0
    page.go_back()
    until(lambda: page.evaluate("y => Math.abs(scrollY - y) < 2", before), "the place to be found again")
    expect(link).to_be_in_viewport()


def test_back_asks_before_it_loses_what_was_changed(gallery: Gallery, tabs: Tabs) -> None:
    address = gallery.address("fresh", "/settings")
    page = tabs.open(gallery.service.url, gallery.address("fresh"), gallery.people.editor)
    settled(page)
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Settings").click()
    settled(page)
    page.get_by_label("Name", exact=True).fill("Not saved yet")
    page.once("dialog", lambda question: question.dismiss())
    page.evaluate("history.back()")
    expect(page).to_have_url(f"{gallery.service.url}{address}")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Not saved yet")
    page.once("dialog", lambda question: question.accept())
    page.evaluate("history.back()")
    expect(page).to_have_url(f"{gallery.service.url}{gallery.address('fresh')}")
    expect(page.get_by_role("heading", name="Run history")).to_be_visible()


def test_the_history_is_as_it_was_where_somebody_stays(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, gallery.address("fresh"), gallery.people.editor)
    tab = page.get_by_role("navigation", name="Project")
    for word in ("Settings", "Runs"):
        settled(page)
        tab.get_by_role("link", name=word).click()
        expect(tab.get_by_role("link", name=word)).to_have_attribute("aria-current", "page")
    page.evaluate("history.back()")
    expect(tab.get_by_role("link", name="Settings")).to_have_attribute("aria-current", "page")
    page.get_by_label("Name", exact=True).fill("Not saved yet")
    length = page.evaluate("history.length")
    page.once("dialog", lambda question: question.dismiss())
    with page.expect_event("dialog"):
        page.evaluate("history.forward()")
    expect(page).to_have_url(gallery.service.url + gallery.address("fresh", "/settings"))
    page.on("dialog", lambda question: question.accept())
    page.evaluate("history.back()")
    expect(page).to_have_url(gallery.service.url + gallery.address("fresh"))
    assert page.evaluate("history.length") == length
    for path in ("/settings", "/runs"):
        page.evaluate("history.forward()")
        expect(page).to_have_url(gallery.service.url + gallery.address("fresh", path))


def test_the_link_that_skips_the_bar_leaves_the_page_as_it_is(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    settled(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # Events that the browser sends by itself come before the next frame.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert asked == []


def test_back_and_forward_lead_through_every_page(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    settled(page)
    addresses = ["/projects"] + [path.format(id=gallery.projects["fresh"]) for _, _, path in WAY]
    headings = ["Projects"] + [heading for _, heading, _ in WAY]
    for (word, heading, _), address in zip(WAY, addresses[1:], strict=True):
        page.get_by_role("link", name=word, exact=True).first.click()
        expect(page).to_have_url(f"{gallery.service.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        settled(page)
        assert page.title().startswith(heading)
    for address, heading in zip(reversed(addresses[:-1]), reversed(headings[:-1]), strict=True):
        page.go_back()
        expect(page).to_have_url(f"{gallery.service.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.go_forward()
    expect(page).to_have_url(f"{gallery.service.url}{addresses[1]}")
    # None of them was a new document.
    assert page.evaluate("performance.getEntriesByType('navigation').length") == 1


def test_the_bar_says_where_one_is(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/scheduler", gallery.people.admin)
    settled(page)
    pages = page.get_by_role("navigation", name="Pages")
    expect(pages.locator("[aria-current=page]")).to_have_text("Scheduler")
    pages.get_by_role("link", name="Audit").click()
    expect(pages.locator("[aria-current=page]")).to_have_text("Audit")


@pytest.mark.parametrize("key", ["ControlOrMeta", "Shift"])
def test_a_link_that_is_clicked_with_a_key_is_the_browsers(
    gallery: Gallery, tabs: Tabs, key: Literal["ControlOrMeta", "Shift"]
) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    # The tab is left unopened: Chromium 150's headless shell crashes on any page in one that a click opens.
    page.evaluate(
        """addEventListener("click", (event) => {
          window.isOurs = event.defaultPrevented;
          event.preventDefault();
        })"""
    )
    link = page.get_by_role("link", name="Acme Docs")
    link.click(modifiers=[key])
    assert page.evaluate("window.isOurs") is False
    expect(page).to_have_url(f"{gallery.service.url}/projects")
    link.click()
    assert page.evaluate("window.isOurs") is True
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme Docs")


@pytest.mark.parametrize(
    "path", ["/projects/00000000-0000-0000-0000-000000000000", "/projects/nonsense", "/projects/%7E/runs"]
)
def test_a_project_that_is_not_there_is_said_so(gallery: Gallery, tabs: Tabs, path: str) -> None:
    tabs.expected = {404}
    page = tabs.open(gallery.service.url, path, gallery.people.viewer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not found")
    # Ids are for scripts.
    expect(page.get_by_role("alert")).to_have_text(re.compile("^There is no such (project|page).$"))
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    page.get_by_role("link", name="All projects").click()
    expect(page).to_have_url(f"{gallery.service.url}/projects")


def test_the_theme_is_the_systems_until_one_is_chosen(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/settings", gallery.people.viewer, dark=True)
    ground = "getComputedStyle(document.body).backgroundColor"
    settled(page)
    dark = page.evaluate(ground)
    page.get_by_role("button", name="Switch between light and dark").click()
    light = page.evaluate(ground)
    assert light != dark
    page.reload()
    settled(page)
    assert page.evaluate(ground) == light
    page.get_by_role("button", name="As the system").click()
    assert page.evaluate(ground) == dark


def test_without_scripts_a_page_names_the_api(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", scripts=False)
    note = page.locator("noscript p")
    expect(note).to_be_visible()
    expect(note).to_contain_text("These pages need JavaScript")
    expect(note.locator("a")).to_have_attribute("href", "/api/docs")


def test_an_address_that_is_none_is_a_page_that_says_so(gallery: Gallery, tabs: Tabs) -> None:
    tabs.expected = {404}
    page = tabs.open(gallery.service.url, "/project/17", gallery.people.viewer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not found")


# How far a node is from the left and the right of the window.
ACROSS = "node => { const { left, right } = node.getBoundingClientRect(); return [left, innerWidth - right]; }"
# By how many pixels what is in a list of links reaches out of it.
OVERHANG = "node => { const list = node.closest('ul'); return list.scrollWidth - list.clientWidth; }"


@pytest.mark.parametrize("width", [320, 360, 761, 800, 936, 961])
def test_every_page_can_be_gone_to_at_every_width(gallery: Gallery, shared_tabs: SharedTabs, width: int) -> None:
    page = shared_tabs.open(gallery.service.url, gallery.address("fresh"), gallery.people.admin, width=width)
    settled(page)
    for name, count in (("Pages", 6), ("Project", 7)):
        links = page.get_by_role("navigation", name=name).get_by_role("link")
        expect(links).to_have_count(count)
        for link in links.all():
            assert min(link.evaluate(ACROSS)) >= 0, link.inner_text()
            assert link.evaluate(OVERHANG) == 0


def test_a_long_address_is_seen_to_its_end(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    address = gallery.address("hostile", "/settings")
    page = shared_tabs.open(gallery.service.url, address, gallery.people.viewer, width=360)
    settled(page)
    site = page.get_by_role("region", name="Project").get_by_role("link")
    assert min(site.evaluate(ACROSS)) >= 0


@pytest.mark.parametrize("width", [761, 780, 800])
def test_a_runs_number_stands_on_one_line(gallery: Gallery, shared_tabs: SharedTabs, width: int) -> None:
    page = shared_tabs.open(gallery.service.url, gallery.address("fresh", "/runs"), gallery.people.viewer, width=width)
    settled(page)
    number = page.get_by_role("link", name="#34", exact=True)
    assert number.evaluate("node => node.getClientRects().length") == 1
