"""What differs between two versions of a project's documents."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser.shared_tabs import SharedTabs
from tests.support.browser import Tabs, settled
from tests.support.gallery import Gallery


def _open(gallery: Gallery, tabs: Tabs, query: str = "", width: int = 1280) -> Page:
    address = gallery.address("fresh", f"/changes{query}")
    page = tabs.open(gallery.service.url, address, gallery.people.viewer, width=width)
    settled(page)
    return page


def test_the_newest_version_is_compared_with_the_one_before(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = _open(gallery, shared_tabs)
    text = page.get_by_role("region", name="Text")
    expect(text.get_by_role("heading", name="llms.txt")).to_be_visible()
    expect(text.get_by_role("row").filter(has_text="Retention")).to_have_class("removed")
    links = page.get_by_role("region", name="Links of llms.txt")
    expect(links.get_by_role("group").filter(has_text="Removed")).to_contain_text("Retention")


def test_any_two_versions_are_compared(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = _open(gallery, shared_tabs)
    before, after = page.get_by_label("From"), page.get_by_label("To")
    before.select_option(index=3)
    after.select_option(index=2)
    links = page.get_by_role("region", name="Links of llms.txt")
    expect(links.get_by_role("group").filter(has_text="Added")).to_contain_text("Backups")
    expect(links.get_by_role("group").filter(has_text="Renamed")).to_contain_text("Error codes")
    expect(links.get_by_role("group").filter(has_text="Described anew")).to_contain_text("snapshots")
    # Words that differ are marked.
    expect(
        page.get_by_role("region", name="Text").get_by_role("deletion").filter(has_text="views").first
    ).to_be_visible()
    page.reload()
    settled(page)
    expect(links.get_by_role("group").filter(has_text="Added")).to_contain_text("Backups")


def test_the_text_of_a_page_is_compared_inline_and_side_by_side(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = _open(gallery, shared_tabs)
    page.get_by_label("From").select_option(index=3)
    page.get_by_label("To").select_option(index=2)
    page.get_by_role("region", name="Pages").get_by_role("link", name="Quickstart").click()
    text = page.get_by_role("region", name="Text")
    expect(text.get_by_role("heading", name="guides/quickstart")).to_be_visible()
    expect(text.get_by_role("row").filter(has_text="Edition 1")).to_contain_text("Edition 2")
    text.get_by_role("button", name="Inline").click()
    expect(text.get_by_role("row").filter(has_text="Edition 1")).not_to_contain_text("Edition 2")
    text.get_by_role("button", name="Show").last.click()
    expect(text.get_by_text("Part 12", exact=False).first).to_be_visible()
    page.go_back()
    expect(text.get_by_role("heading", name="llms.txt")).to_be_visible()


def test_keys_lead_from_change_to_change(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = _open(gallery, shared_tabs)
    page.get_by_label("From").select_option(index=3)
    text = page.get_by_role("region", name="Text")
    # A row that only this comparison has.
    expect(text.get_by_role("row").filter(has_text="Error codes").first).to_be_visible()
    text.get_by_role("button", name="Next change").click()
    expect(text.get_by_text("1 of")).to_be_visible()
    page.keyboard.press("n")
    expect(text.get_by_text("2 of")).to_be_visible()
    page.keyboard.press("p")
    expect(text.get_by_text("1 of")).to_be_visible()


def test_where_nothing_differs_there_is_no_next_change(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = _open(gallery, shared_tabs)
    newest = page.get_by_label("To").input_value()
    page.get_by_label("From").select_option(newest)
    text = page.get_by_role("region", name="Text")
    expect(text.get_by_text("is the same in both versions")).to_be_visible()
    text.get_by_role("button", name="Next change").click()
    page.keyboard.press("p")
    # Without a mistake that the console would tell of.
    expect(text.get_by_text("is the same in both versions")).to_be_visible()


def test_a_narrow_window_shows_one_column(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = _open(gallery, shared_tabs, width=390)
    expect(page.get_by_role("button", name="Inline")).to_have_attribute("aria-pressed", "true")
