"""The list of projects: finding, ordering, and doing one thing with many."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.browser.live import Live
from tests.browser.shared_tabs import SharedTabs
from tests.support.axe import axe_violations
from tests.support.browser import Tabs, settled, sideways_scroll
from tests.support.gallery import Gallery
from tests.support.service import until

# How far things on the page have moved (Layout Instability API).
SHIFTED = """
() => new Promise(resolve => {
    let sum = 0;
    const seen = new PerformanceObserver(shifts => { for (const { value } of shifts.getEntries()) sum += value; });
    seen.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 500);
})
"""


def _names(page: Page) -> Locator:
    return page.get_by_role("table", name="Projects").get_by_role("rowheader").get_by_role("link")


def test_a_chip_shows_the_projects_of_its_status_and_back_leads_back(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    everything = len(gallery.projects)
    expect(_names(page)).to_have_count(everything)
    chips = page.get_by_role("navigation", name="Projects by status")
    expected = {
        "Failed": "Tundra Learn",
        "Stale": "Willow Handbook",
        "Retrying": "Harbor CLI",
        "Running": "Northwind Handbook",
        "Queued": "Lumen Guides",
        "Paused": "Parcel Wiki",
        "New": "Quartz API",
    }
    for word, project in expected.items():
        chips.get_by_role("link", name=word).click()
        expect(_names(page)).to_have_text([project])
        expect(page).to_have_url(f"{gallery.service.url}/projects?status={word.lower()}")
        expect(chips.get_by_role("link", name=word)).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(_names(page)).to_have_text(["Parcel Wiki"])
    page.reload()
    expect(_names(page)).to_have_text(["Parcel Wiki"])
    chips.get_by_role("link", name="All").click()
    expect(_names(page)).to_have_count(everything)


def test_what_is_no_filter_leaves_the_address(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects?status=nope&schedule=daily&sort=upwards", gallery.people.viewer)
    expect(page).to_have_url(f"{gallery.service.url}/projects?schedule=daily")
    expect(page.get_by_role("combobox", name="Schedule")).to_have_value("daily")
    for path in (
        "/notifications?show=deliveries&status=nope",
        "/notifications?show=events&kind=nope",
        f"{gallery.address('fresh')}/pages?outcome=nope&listed=nope",
    ):
        page.goto(path)
        settled(page)
        expect(page.get_by_role("main").get_by_role("alert")).to_have_count(0)
        assert "=nope" not in page.url
    page = tabs.open(gallery.service.url, "/audit?action=nope&since=nope", gallery.people.admin)
    expect(page.get_by_role("table", name="Audit log")).to_contain_text("created a project")
    expect(page).to_have_url(f"{gallery.service.url}/audit")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_label_leads_to_the_projects_that_have_it(live: Live, tabs: Tabs, width: int) -> None:
    team = f"team {width}"
    paths = [live.project(f"Labelled {n}", labels=[team, "x" * 50][: n + 1]) for n in range(2)]
    paths.append(live.project("Without a label"))
    page = tabs.open(live.service.url, "/projects?q=label", live.people.editor, width=width)
    # Below a name that is a link as well.
    page.get_by_role("link", name=team).first.click()
    expect(page).to_have_url(f"{live.service.url}/projects?label=team+{width}")
    rows = page.get_by_role("table", name="Projects").get_by_role("rowheader")
    expect(rows).to_contain_text(["Labelled 0", "Labelled 1"])
    assert axe_violations(page) == []
    assert sideways_scroll(page) == 0
    page.get_by_role("button", name=f"Label: {team}").click()
    expect(page).to_have_url(f"{live.service.url}/projects")
    expect(rows.filter(has_text="Without a label")).to_be_visible()
    page.goto(paths[1])
    expect(page.get_by_role("main").get_by_role("link", name="x" * 50)).to_be_visible()
    assert sideways_scroll(page) == 0
    page.goto(f"{paths[1]}/settings")
    page.get_by_label("Labels").fill(f"one\n\n two \n{'y' * 51}")
    tabs.expected = {422}
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_label("Labels")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Labels").fill("one\n\n two ")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("link", name="two")).to_be_visible()
    assert live.get(paths[1])["labels"] == ["one", "two"]
    for path in paths:
        live.service.json("DELETE", f"/api{path}", expect=204)


def test_all_that_match_a_label_are_those_that_have_it(live: Live, shared_tabs: SharedTabs) -> None:
    lines = [f'{{"url": "{live.docs.url}{n}/", "labels": ["crowd"], "is_enabled": false}}' for n in range(51)]
    headers = {"Content-Type": "application/jsonl"}
    made = live.service.client.post("/api/projects.jsonl", content="\n".join(lines), headers=headers)
    assert made.json()["created"] == 51
    page = shared_tabs.open(live.service.url, "/projects?label=crowd", live.people.editor)
    page.get_by_role("checkbox", name="Select all that are shown").check()
    selected = page.get_by_role("region", name="Selected projects")
    selected.get_by_role("button", name="Select all 51 that match").click()
    with page.expect_request("**/api/projects/bulk") as asked:
        selected.get_by_role("button", name="Run now").click()
    assert (asked.value.post_data_json or {})["filter"]["label"] == "crowd"
    expect(page.get_by_role("region", name="Notices")).to_contain_text("51 projects queued.")
    live.service.json("POST", "/api/projects/bulk", {"action": "delete", "filter": {"label": "crowd"}, "expected": 51})


def test_what_needs_attention_comes_first(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    expect(_names(page).nth(0)).to_have_text("Tundra Learn")
    expect(_names(page).nth(1)).to_have_text("Meadow Manual")
    expect(_names(page).nth(2)).to_have_text("Willow Handbook")
    row = page.get_by_role("row").filter(has_text="Tundra Learn")
    expect(row).to_contain_text("robots.txt forbids", ignore_case=True)
    page.get_by_label("Order").select_option(label="Name")
    expect(_names(page).nth(1)).to_have_text("Acme Docs")
    expect(page).to_have_url(f"{gallery.service.url}/projects?sort=name")


def test_the_filters_stand_before_the_projects_come(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/settings", gallery.people.viewer)
    held: list[Route] = []
    hold = held.append
    page.route("**/api/projects?*", lambda route: hold(route))
    with page.expect_request("**/api/projects?*"):
        page.goto("/projects")
    expect(page.get_by_role("searchbox", name="Search name or address")).to_be_visible()
    expect(page.locator(".page")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".skeleton")).to_be_visible()
    expect(page.get_by_role("navigation", name="Projects by status").get_by_role("link")).to_have_text(["All "])
    hold = Route.continue_
    for route in held:
        route.continue_()
    expect(_names(page)).to_have_count(len(gallery.projects))
    expect(page.locator(".skeleton")).to_be_hidden()
    settled(page)


def test_nothing_that_is_seen_moves_once_it_is_there(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    settled(page)
    assert page.evaluate(SHIFTED) < 0.01


def test_a_search_before_the_projects_come_is_waited_for(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/settings", gallery.people.viewer)
    settled(page)
    held: list[Route] = []
    hold = held.append
    page.route("**/api/projects?*", lambda route: hold(route))
    page.get_by_role("link", name="Projects").first.click()
    while not held:
        page.wait_for_timeout(20)
    page.get_by_role("searchbox").fill("tundra")
    while len(held) < 2:
        page.wait_for_timeout(20)
    expect(page.locator(".page.list")).to_have_attribute("aria-busy", "true")
    hold = Route.continue_
    held[-1].continue_()
    expect(_names(page)).to_have_text(["Tundra Learn"])
    settled(page)


def test_a_name_has_room_at_every_width(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/projects", gallery.people.editor)
    settled(page)
    cell = page.get_by_role("row").filter(has_text="Acme Docs").get_by_role("rowheader")
    for width in (768, 911, 1024, 1071, 1221):
        page.set_viewport_size({"width": width, "height": 800})
        box = cell.bounding_box()
        assert box, width
        assert box["width"] >= 180, width
        assert sideways_scroll(page) <= 0, width
        assert page.locator(".brand").evaluate("node => node.offsetHeight") < 40, width


def test_a_cards_times_say_of_what_they_are(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/projects", gallery.people.viewer, width=390)
    settled(page)
    row = page.get_by_role("row").filter(has_text="Acme Docs")
    before = "node => getComputedStyle(node, '::before').content"
    for cell, label in (("at-last", '"Last run: "'), ("at-next", '"Next: "')):
        time = row.locator(f".{cell} time-ago")
        expect(time).to_have_text(re.compile("ago|just now|^in "))
        assert time.evaluate(before) == label
        page.set_viewport_size({"width": 1280, "height": 800})
        # There the heading of the column says it.
        assert time.evaluate(before) == "none"
        page.set_viewport_size({"width": 390, "height": 800})


def test_a_double_click_asks_for_one_run(live: Live, tabs: Tabs) -> None:
    path = live.project("To be run once")
    live.docs.hold()
    page = tabs.open(live.service.url, "/projects?q=To+be+run+once", live.people.editor)
    settled(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.get_by_role("button", name="Run To be run once now").dblclick()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("Run 1 of To be run once is queued.")
    assert [each for each in asked if "POST" in each] == [f"POST {live.service.url}/api{path}/runs"]


def test_a_slash_leads_to_the_search(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    settled(page)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search name or address")
    expect(search).to_be_focused()
    page.keyboard.type("handBOOK")
    expect(_names(page)).to_have_text(["Willow Handbook", "Northwind Handbook"])
    expect(page).to_have_url(f"{gallery.service.url}/projects?q=handBOOK")
    page.keyboard.type(" of nothing/")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(_names(page)).to_have_count(len(gallery.projects))
    expect(search).to_be_focused()
    page.get_by_role("combobox", name="Schedule").select_option(label="Weekly")
    expect(_names(page)).to_have_count(2)


def test_the_first_key_of_a_search_asks_at_once_and_the_next_after_a_moment(gallery: Gallery, tabs: Tabs) -> None:
    page = tabs.open(gallery.service.url, "/projects", gallery.people.viewer)
    settled(page)
    # From here on no timer fires by itself.
    page.clock.install()
    page.clock.pause_at(time.time() + 60)
    search = page.get_by_role("searchbox", name="Search name or address")
    with page.expect_request("**/api/projects?q=h&*"):
        search.press("h")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for key in "andb":
        search.press(key)
    assert asked == []
    with page.expect_request("**/api/projects?q=handb&*"):
        page.clock.run_for(80)
    expect(_names(page)).to_have_text(["Willow Handbook", "Northwind Handbook"])


def test_the_menu_of_a_row_reaches_over_the_next_one(gallery: Gallery, shared_tabs: SharedTabs) -> None:
    page = shared_tabs.open(gallery.service.url, "/projects", gallery.people.editor)
    page.get_by_role("button", name="More for Tundra Learn").click()
    page.get_by_role("menuitem", name="Edit settings").click()
    expect(page).to_have_url(f"{gallery.service.url}{gallery.address('failed')}/settings")


def test_several_projects_are_paused_and_resumed_at_once(live: Live, tabs: Tabs) -> None:
    paths = [live.project(f"Several {n}", cron_expression="0 2 * * *", is_enabled=True) for n in range(3)]
    for path in paths:
        live.becomes(path, "fresh")
    page = tabs.open(live.service.url, "/projects?q=Several&sort=name", live.people.editor)
    for n in (0, 2):
        page.get_by_role("checkbox", name=f"Select Several {n}").check()
    selected = page.get_by_role("region", name="Selected projects")
    expect(selected).to_contain_text("2 selected")
    selected.get_by_role("button", name="Pause").click()
    notices = page.get_by_role("region", name="Notices")
    expect(notices).to_contain_text("2 projects paused.")
    assert [live.get(path)["is_enabled"] for path in paths] == [False, True, False]
    expect(selected).to_be_hidden()
    notices.get_by_role("button", name="Undo").click()
    expect(notices).to_contain_text("2 projects resumed.")
    page.get_by_role("checkbox", name="Select all that are shown").check()
    expect(selected).to_contain_text("3 selected")
    selected.get_by_role("button", name="Change schedule…").click()
    form = page.get_by_role("dialog", name="Change schedule")
    form.get_by_role("combobox", name="Schedule").select_option(label="Custom (cron)")
    form.get_by_role("textbox", name="Cron expression").fill("never")
    tabs.expected = {422}
    form.get_by_role("button", name="Change 3 projects").click()
    expect(form.get_by_role("textbox", name="Cron expression")).to_have_attribute("aria-invalid", "true")
    form.get_by_role("combobox", name="Schedule").select_option(label="Weekly")
    form.get_by_role("button", name="Change 3 projects").click()
    expect(notices).to_contain_text("3 projects changed.")
    assert {live.get(path)["cron_expression"] for path in paths} == {"0 2 * * 0"}
    live.docs.hold()
    page.get_by_role("checkbox", name="Select all that are shown").check()
    selected.get_by_role("button", name="Run now").click()
    expect(notices).to_contain_text("3 projects queued.")
    assert all(live.get(path)["active_run"] for path in paths)


def test_all_that_match_are_deleted_after_their_number_was_typed(live: Live, tabs: Tabs) -> None:
    for n in range(55):
        live.project(f"Crowd {n}")
    page = tabs.open(live.service.url, "/projects?q=Crowd", live.people.editor)
    expect(_names(page)).to_have_count(50)
    page.get_by_role("checkbox", name="Select all that are shown").check()
    selected = page.get_by_role("region", name="Selected projects")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    selected.get_by_role("button", name="Select all 55 that match").focus()
    # A key that is held down is pressed again and again.
    for _ in range(3):
        page.keyboard.down("Enter")
    expect(selected).to_contain_text("All 55 selected")
    # The button that had the focus is gone; the focus stays in the bar, where the key does nothing.
    expect(selected.get_by_text("All 55 selected")).to_be_focused()
    page.keyboard.up("Enter")
    assert "POST" not in asked
    # Who takes one out does not mean all.
    rows = page.get_by_role("table").get_by_role("checkbox")
    rows.nth(3).uncheck()
    expect(selected).to_contain_text("49 selected")
    rows.nth(3).check()
    selected.get_by_role("button", name="Select all 55 that match").click()
    selected.get_by_role("button", name="Delete…").click()
    sure = page.get_by_role("dialog", name="Delete 55 projects?")
    delete = sure.get_by_role("button", name="Delete", exact=True)
    expect(delete).to_be_disabled()
    sure.get_by_label("Type 55 to confirm").fill("55")
    delete.click()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("55 projects deleted.")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()


def test_what_could_not_be_done_is_said_until_it_is_read_and_stays_selected(live: Live, tabs: Tabs) -> None:
    scheduled = live.project("Mixed 0", cron_expression="0 2 * * *", is_enabled=False)
    live.project("Mixed 1")
    page = tabs.open(live.service.url, "/projects?q=Mixed&sort=name", live.people.editor)
    settled(page)
    page.clock.install()
    page.get_by_role("checkbox", name="Select all that are shown").check()
    selected = page.get_by_role("region", name="Selected projects")
    selected.get_by_role("button", name="Resume").click()
    notice = page.get_by_role("region", name="Notices").get_by_role("alert")
    expect(notice).to_contain_text("1 project resumed. Not 1: Mixed 1: the project has no schedule: set one first.")
    assert live.get(scheduled)["is_enabled"] is True
    expect(selected).to_contain_text("1 selected")
    expect(page.get_by_role("checkbox", name="Select Mixed 0")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Select Mixed 1")).to_be_checked()
    bar, said = selected.bounding_box(), notice.bounding_box()
    assert bar
    assert said
    assert said["y"] + said["height"] <= bar["y"]
    # A notice of what was done is gone by then.
    page.clock.run_for(60_000)
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Close the notice").click()
    expect(notice).to_be_hidden()


@pytest.mark.parametrize("count", [1, 3])
def test_who_deletes_several_keeps_a_place_on_the_page(live: Live, tabs: Tabs, count: int) -> None:
    for n in range(3):
        live.project(f"Fleeting {count} {n}")
    page = tabs.open(live.service.url, f"/projects?q=Fleeting+{count}&sort=name", live.people.editor)
    settled(page)
    for n in range(count):
        page.get_by_role("checkbox", name=f"Select Fleeting {count} {n}").check()
    page.get_by_role("region", name="Selected projects").get_by_role("button", name="Delete…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).press("Enter")
    # Rows stay as long as something points at them.
    page.mouse.move(0, 0)
    expect(_names(page)).to_have_count(3 - count)
    heading, boxes = page.get_by_role("heading", name="Projects"), page.get_by_label("Select all that are shown")
    expect(heading if count == 3 else boxes).to_be_focused()


def test_more_rows_come_below_the_first_fifty(live: Live, shared_tabs: SharedTabs) -> None:
    for n in range(52):
        live.project(f"Heap {n:02}")
    page = shared_tabs.open(live.service.url, "/projects?q=Heap&sort=name", live.people.editor)
    expect(page.get_by_text("50 of 52")).to_be_visible()
    # Rows that are far out of sight cost no layout.
    is_drawn = "cell => cell.checkVisibility({ contentVisibilityAuto: true })"
    assert [_names(page).nth(n).evaluate(is_drawn) for n in (0, 49)] == [True, False]
    more, search = page.get_by_role("button", name="Show more"), page.get_by_role("searchbox")
    # What is there after a search whose answer did not come has no next page by it.
    page.route("**/api/projects?q=Hea&*", lambda route: route.abort())
    search.fill("Hea")
    expect(page.get_by_role("alert").filter(has_text="does not answer")).to_be_visible()
    expect(more).to_be_hidden()
    search.fill("Heap")
    more.click()
    expect(_names(page)).to_have_count(52)
    # The focus goes on where the new rows begin.
    expect(_names(page).nth(50)).to_be_focused()
    live.service.json("POST", "/api/projects/bulk", {"action": "delete", "filter": {"q": "Heap"}, "expected": 52})


def test_how_far_a_crawl_is_is_told_in_the_list_and_among_the_runs(live: Live, tabs: Tabs) -> None:
    path = live.project("Under way", crawl={"delay_seconds": 1.5})
    live.service.json("POST", f"/api{path}/runs", {}, expect=202)
    until(lambda: live.get(path)["active_run"]["progress"]["found"], "the start page to be read")
    page = tabs.open(live.service.url, "/projects?q=Under+way", live.people.editor)
    expect(page.get_by_role("row").filter(has_text="Under way")).to_contain_text(re.compile(r"1 of \d+ pages"))
    asked = itertools.count(1)

    def read_one_more(route: Route) -> None:
        answer = route.fetch()
        runs = answer.json()
        runs["items"][0]["progress"]["fetched"] = next(asked)
        route.fulfill(response=answer, json=runs)

    page.route("**/runs?*", read_one_more)
    page.goto(f"{path}/runs")
    expect(page.get_by_role("row").filter(has_text="#1").locator("[data-title=Pages]")).to_have_text("3")
    page.unroute("**/runs?*")


def test_rows_stay_in_their_places_below_the_pointer(live: Live, shared_tabs: SharedTabs) -> None:
    """A list that is asked for anew does not move what somebody is about to click."""
    paths = [live.project(f"Steady {name}", cron_expression="0 2 * * *") for name in ("one", "two")]
    for path in paths:
        live.becomes(path, "fresh")
    page = shared_tabs.open(live.service.url, "/projects?q=Steady", live.people.editor)
    expect(_names(page)).to_have_text(["Steady one", "Steady two"])
    _names(page).nth(0).hover()
    live.docs.robots = "User-agent: *\nDisallow: /\n"
    live.run(paths[1])
    # The page asks when somebody comes back to it.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("row").filter(has_text="Steady two")).to_contain_text("Failed")
    expect(_names(page)).to_have_text(["Steady one", "Steady two"])
    page.mouse.move(0, 0)
    expect(_names(page)).to_have_text(["Steady two", "Steady one"])
