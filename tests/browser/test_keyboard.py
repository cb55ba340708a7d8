"""The ways that matter, without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect
from tests.browser.live import Live
from tests.browser.shared_tabs import SharedTabs
from tests.support.browser import Tabs, settled

# More stops than any page has on the way to what is wanted.
MOST_STOPS = 80


def _go_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is there, and see that it shows."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if wanted.evaluate("node => node === document.activeElement"):
            assert wanted.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
            return
    raise AssertionError(f"{MOST_STOPS} times {key} did not lead to {wanted}")


def test_a_project_is_made_watched_paused_and_deleted(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/projects", live.people.editor)
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    _go_to(page, page.get_by_role("link", name="New project"))
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="New project")
    expect(form.get_by_label("Site address")).to_be_focused()
    page.keyboard.type(live.docs.url)
    _go_to(page, form.get_by_role("combobox", name="Schedule"))
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("combobox", name="Schedule")).to_have_value("weekly")
    # The focus stays in the dialog.
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
    _go_to(page, form.get_by_text("More:"))
    page.keyboard.press("Enter")
    _go_to(page, form.get_by_label("Name"))
    page.keyboard.type("By keyboard")
    live.docs.hold()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keyboard")
    _go_to(page, page.get_by_role("button", name="Cancel run"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Run 1", exact=True)).to_contain_text("Canceled")
    live.docs.release()
    page.reload()
    settled(page)
    _go_to(page, page.get_by_role("button", name="Run now").first)
    page.keyboard.press("Enter")
    file = page.get_by_role("region", name="llms.txt", exact=True)
    expect(file.get_by_role("link", name="Quickstart")).to_be_visible()
    _go_to(page, page.get_by_role("button", name="Pause"), "Shift+Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Resume")).to_be_focused()
    _go_to(page, page.get_by_role("link", name="Pages", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Pages")).to_be_visible()
    _go_to(page, page.get_by_role("button", name="More actions"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Delete…")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More actions")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    sure = page.get_by_role("dialog", name="Delete this project?")
    # Who presses Enter too often deletes nothing.
    expect(sure.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.service.url}/projects")


def test_rows_of_the_list_are_reached_and_selected(live: Live, shared_tabs: SharedTabs) -> None:
    live.project("Reached by keys", cron_expression="0 2 * * *")
    page = shared_tabs.open(live.service.url, "/projects?q=Reached", live.people.editor)
    settled(page)
    _go_to(page, page.get_by_role("checkbox", name="Select Reached by keys"))
    page.keyboard.press("Space")
    selected = page.get_by_role("region", name="Selected projects")
    _go_to(page, selected.get_by_role("button", name="Clear the selection"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(selected).to_be_hidden()
    _go_to(page, page.get_by_role("button", name="More for Reached by keys"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Open")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reached by keys")


def test_a_new_page_begins_at_its_beginning(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/projects", live.people.editor)
    settled(page)
    _go_to(page, page.get_by_role("link", name="Scheduler"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Scheduler")
    expect(page.get_by_role("status").filter(has_text="Scheduler").first).to_be_attached()
    expect(page.get_by_role("main")).to_be_focused()
