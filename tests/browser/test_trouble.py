"""The server away, a project deleted meanwhile, two tabs: nothing is lost, and a sentence says what to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from playwright.sync_api import Dialog, Page, Route, expect
from tests.browser.live import Live
from tests.support.browser import Tabs, settled
from tests.support.gallery import Gallery


def _treated(page: Page, addresses: str, treat: Callable[[Route], object]) -> Callable[[], None]:
    """Have requests treated in some way, until what is returned is called.

    They are looked at to the end: what is asked for just as a browser stops looking at requests may get no answer.
    """
    is_over = False

    def end() -> None:
        nonlocal is_over
        is_over = True

    page.route(addresses, lambda route: route.continue_() if is_over else treat(route))
    return end


def _cut_off(page: Page, addresses: str = "**/api/**") -> Callable[[], None]:
    return _treated(page, addresses, Route.abort)


def _unanswered(page: Page, addresses: str) -> Callable[[], None]:
    return _treated(page, addresses, lambda _: None)


def _ask_again(page: Page) -> None:
    """Pages ask anew when somebody comes back to them."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_list_keeps_its_rows_while_the_server_is_away(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    settled(page)
    reconnect = _cut_off(page)
    _ask_again(page)
    banner = page.get_by_role("alert").filter(has_text="does not answer")
    expect(banner).to_be_visible()
    expect(page.get_by_role("link", name="Acme Docs")).to_be_visible()
    reconnect()
    banner.get_by_role("button", name="Try again").click()
    expect(banner).to_be_hidden()


def test_a_list_that_never_came_says_so_and_shows_no_loading(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/settings", gallery.people.viewer)
    settled(page)
    reconnect = _cut_off(page, "**/api/projects?*")
    page.get_by_role("link", name="Projects").first.click()
    banner = page.get_by_role("alert").filter(has_text="does not answer")
    expect(banner).to_be_visible()
    expect(page.locator(".page.list")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".skeleton").filter(visible=True)).to_have_count(0)
    reconnect()
    banner.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="Acme Docs")).to_be_visible()
    expect(banner).to_be_hidden()


def test_a_project_keeps_what_it_shows_while_the_server_is_away(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, gallery.address("fresh"), gallery.people.viewer)
    settled(page)
    reconnect = _cut_off(page)
    _ask_again(page)
    banner = page.get_by_role("alert").filter(has_text="does not answer")
    expect(banner).to_be_visible()
    expect(page.get_by_role("link", name="Quickstart")).to_be_visible()
    reconnect()
    banner.get_by_role("button", name="Try again").click()
    expect(banner).to_be_hidden()


def test_a_page_that_could_not_be_loaded_can_be_tried_again(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    settled(page)
    for word in ("Scheduler", "Notifications", "API tokens", "Users", "Audit"):
        reconnect = _cut_off(page)
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=word).click()
        expect(page.get_by_role("alert")).to_contain_text("does not answer")
        reconnect()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_have_text(word)


def test_a_slow_answer_shows_that_something_comes(gallery: Gallery, tabs: Tabs) -> None:
    held: list[Route] = []
    hold = held.append
    page = tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    settled(page)
    page.route("**/api/projects/*", lambda route: hold(route))
    with page.expect_request("**/api/projects/*"):
        page.get_by_role("link", name="Acme Docs").click()
    expect(page.get_by_role("main").get_by_text("Loading")).to_be_attached()
    hold = Route.continue_
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme Docs")


def test_a_page_that_was_left_while_it_came_shows_nothing_over_the_next(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    settled(page)
    page.clock.install()
    reconnect = _unanswered(page, "**/views/tokens.js")
    page.evaluate("for (const path of ['/tokens', '/scheduler']) document.querySelector(`a[href='${path}']`).click()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Scheduler")
    page.clock.run_for(1_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Scheduler")
    reconnect()


def test_an_answer_that_never_comes_is_waited_for_no_longer_than_half_a_minute(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    settled(page)
    page.clock.install()
    reconnect = _unanswered(page, "**/api/projects/*")
    with page.expect_request("**/api/projects/*"):
        page.get_by_role("link", name="Acme Docs").click()
    # The clock goes on beside it.
    page.clock.run_for(15_000)
    expect(page.get_by_role("main").get_by_text("Loading")).to_be_attached()
    page.clock.run_for(15_000)
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    reconnect()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme Docs")


@pytest.mark.parametrize(
    ("link", "module", "beside"),
    [("API tokens", "views/tokens.js", None), ("Acme Docs", "views/project/overview.js", "**/api/projects/*")],
)
def test_code_that_never_comes_is_waited_for_no_longer_than_half_a_minute(
    gallery: Gallery, tabs: Tabs, link: str, module: str, beside: str | None
) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    settled(page)
    page.clock.install()
    reconnect = _unanswered(page, f"**/{module}")
    # What is asked for beside it has a time limit of its own, so its answer is to be there and read.
    answer = page.expect_response(beside) if beside else nullcontext()
    with answer, page.expect_request(f"**/{module}"):
        page.get_by_role("link", name=link).click()
    page.evaluate("fetch('/api/me').then((answer) => answer.text())")
    # The clock goes on beside it.
    page.clock.run_for(15_000)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.clock.run_for(15_000)
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    reconnect()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(link)


def test_code_that_could_not_be_loaded_is_asked_for_again(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    settled(page)
    reconnect = _cut_off(page, "**/views/tokens.js")
    page.get_by_role("link", name="API tokens").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    reconnect()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("API tokens")


def test_code_for_a_dialog_that_could_not_be_loaded_comes_with_another_load_of_the_list(
    gallery: Gallery, tabs: Tabs
) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.admin)
    settled(page)
    reconnect = _cut_off(page, "**/views/projects/create.js")
    page.get_by_role("link", name="New project").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    reconnect()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("link", name="New project").click()
    expect(page.get_by_role("dialog", name="New project")).to_be_visible()


def test_a_form_is_kept_while_the_server_is_away_and_makes_one_project(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/projects/new", live.people.editor)
    form = page.get_by_role("dialog", name="New project")
    form.get_by_label("Site address").fill(live.docs.url)
    form.get_by_text("More:").click()
    form.get_by_label("Name").fill("Made once")
    reconnect = _cut_off(page)
    create = form.get_by_role("button", name="Create and crawl now")
    create.click()
    expect(form.get_by_role("alert")).to_contain_text("does not answer")
    reconnect()
    lost: list[Route] = []

    def lose_first(route: Route) -> None:
        """The request arrives, and its answer is lost."""
        if lost:
            route.continue_()
            return
        lost.append(route)
        route.fetch()
        route.abort()

    page.route("**/api/projects", lose_first)
    create.click()
    expect(form.get_by_role("alert")).to_contain_text("does not answer")
    create.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Made once")
    assert live.get("/projects?q=Made+once")["counts"]["all"] == 1


def test_a_project_that_was_deleted_in_another_tab_says_so(live: Live, tabs: Tabs) -> None:
    path = live.project("Soon gone")
    page = tabs.open(live.service.url, path, live.people.editor)
    other = tabs.open(live.service.url, "/projects?q=Soon+gone", live.people.editor)
    settled(page)
    settled(other)
    live.service.json("DELETE", f"/api{path}", expect=204)
    tabs.expected = {404}
    page.get_by_role("button", name="Run now").first.click()
    expect(page.get_by_role("region", name="Notices")).to_be_visible()
    _ask_again(page)
    expect(page.get_by_role("alert").filter(has_text="This project was deleted")).to_be_visible()
    other.get_by_role("button", name="Run Soon gone now").click()
    expect(other.get_by_role("region", name="Notices")).to_contain_text("not there any more")
    expect(other.get_by_role("link", name="Soon gone")).to_have_count(0)


def test_two_tabs_of_one_project_come_to_say_the_same(live: Live, tabs: Tabs) -> None:
    path = live.project("In two tabs", cron_expression="0 2 * * *", is_enabled=True)
    live.becomes(path, "fresh")
    first = tabs.open(live.service.url, path, live.people.editor)
    second = tabs.open(live.service.url, path, live.people.editor)
    settled(second)
    first.get_by_role("button", name="Pause").click()
    expect(first.get_by_role("button", name="Resume")).to_be_visible()
    _ask_again(second)
    expect(second.get_by_role("button", name="Resume")).to_be_visible()


def test_the_scheduler_works_off_what_is_due(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/scheduler", live.people.editor)
    settled(page)
    page.get_by_role("button", name="Process now").click()
    expect(page.get_by_role("status").filter(has_text="The tick took")).to_be_visible()


def test_a_browser_that_denies_the_clipboard_is_said(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, gallery.address("fresh"), gallery.people.viewer)
    settled(page)
    page.context.clear_permissions()
    copy = page.get_by_role("button", name="Copy", exact=True)
    copy.click()
    said = page.get_by_role("region", name="Notices").get_by_text("select the text and copy it yourself")
    expect(said).to_be_visible()
    # As by plain http from another machine.
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false"
    )
    copy.click()
    expect(said).to_have_count(2)
    expect(copy).to_be_focused()


def test_a_secret_counts_as_copied_only_where_it_was(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/tokens", live.people.editor)
    page.get_by_role("button", name="New token").first.click()
    form = page.get_by_role("dialog", name="New API token")
    form.get_by_label("Name").fill("Not copied")
    form.get_by_role("button", name="Create token").click()
    shown = page.get_by_role("dialog", name="Token “Not copied”")
    page.context.clear_permissions()
    shown.get_by_role("button", name="Copy token").click()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("select the text and copy it yourself")
    page.keyboard.press("Escape")
    expect(shown.get_by_role("alert")).to_contain_text("has not been copied")
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()


def test_a_switch_that_was_not_heard_says_so_and_goes_back(live: Live, tabs: Tabs) -> None:
    path = live.project("To be switched", cron_expression="0 2 * * *", is_enabled=True)
    live.becomes(path, "fresh")
    page = tabs.open(live.service.url, path, live.people.editor)
    settled(page)
    reconnect = _cut_off(page, "**/pause")
    page.get_by_role("switch").click()
    # What was asked for may be done, though the answer is lost.
    expect(page.get_by_role("region", name="Notices")).to_contain_text("does not answer. It may be done all the same")
    expect(page.get_by_role("switch")).to_be_checked()
    reconnect()
    page.get_by_role("switch").uncheck()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()


def test_a_decision_is_said_though_the_page_learns_nothing_after_it(live: Live, tabs: Tabs) -> None:
    tabs.expected = {409}
    path = live.project("To be decided about")
    live.run(path)
    live.docs.guides = live.docs.reference = {}
    live.run(path)
    page = tabs.open(live.service.url, path, live.people.editor)
    settled(page)
    _cut_off(page, f"**/api{path}")
    notices = page.get_by_role("region", name="Notices")
    page.get_by_role("button", name="Accept").click()
    expect(notices).to_contain_text("The held version is published.")
    page.get_by_role("button", name="Accept").click()
    expect(notices.get_by_role("alert")).to_contain_text("no version that waits")
    expect(notices).not_to_contain_text("does not answer")


def test_a_question_that_was_not_heard_may_be_asked_again(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, gallery.address("fresh", "/settings"), gallery.people.editor)
    _cut_off(page, "**/dry-run")
    page.get_by_role("button", name="What would be fetched?").click()
    expect(page.get_by_text("The service does not answer. Try again.")).to_be_visible()


def test_a_sign_out_that_was_not_heard_says_so(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    settled(page)
    _cut_off(page, "**/api/sessions/current")
    said: list[str] = []

    def read(notice: Dialog) -> None:
        said.append(notice.message)
        notice.accept()

    page.on("dialog", read)
    page.get_by_role("button", name="Account of").click()
    with page.expect_event("dialog"):
        page.get_by_role("menuitem", name="Sign out").click()
    assert "does not answer" in said[0]
    expect(page).to_have_url(f"{gallery.service.url}/projects")


LOST = {
    "/tokens": ("New token", "Create token", "/api/tokens"),
    "/users": ("Invite", "Make the invitation", "/api/users"),
    "/notifications": ("Tell somebody", "Add", "/api/targets"),
}


@pytest.mark.parametrize("path", LOST)
def test_a_form_whose_answer_was_lost_makes_one_thing_and_may_be_changed(live: Live, tabs: Tabs, path: str) -> None:
    opens, sends, address = LOST[path]
    page = tabs.open(live.service.url, path, live.people.admin)
    settled(page)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{address}", lose)
    page.get_by_role("button", name=opens).first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("Lost on the way")
    if path == "/tokens":
        form.get_by_label("Expires").select_option(label="In 30 days")
    if path == "/notifications":
        form.get_by_label("Address", exact=True).fill("https://example.com/hooks")
    for _ in range(2):
        form.get_by_role("button", name=sends).click()
        expect(form.get_by_role("alert")).to_contain_text("It may be done all the same")
    # The same once more is the same one, and its answer is that of the first time.
    form.get_by_role("button", name=sends).click()
    expect(page.get_by_role("dialog", name="Lost on the way")).to_be_visible()
    assert lost == [201, 201]
    made = [each for each in live.get(address.removeprefix("/api"))["items"] if each["name"] == "Lost on the way"]
    assert len(made) == 1 or path == "/tokens"
    # What is written anew is another one.
    page.reload()
    settled(page)
    lost.clear()
    page.get_by_role("button", name=opens).first.click()
    form.get_by_label("Name", exact=True).fill("Lost again")
    if path == "/notifications":
        form.get_by_label("Address", exact=True).fill("https://example.com/hooks")
    form.get_by_role("button", name=sends).click()
    expect(form.get_by_role("alert")).to_contain_text("It may be done all the same")
    lost.append(0)
    form.get_by_label("Name", exact=True).fill("Written anew")
    form.get_by_role("button", name=sends).click()
    expect(page.get_by_role("dialog", name="Written anew")).to_be_visible()
