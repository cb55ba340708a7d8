"""Who is told: adding a webhook, its secret, a test, its deliveries; and the link that confirms an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from playwright.sync_api import expect
from tests.browser.live import Live
from tests.browser.shared_tabs import SharedTabs
from tests.support.browser import Tabs, settled, sideways_scroll
from tests.support.service import until


class Hook(BaseHTTPRequestHandler):
    """Takes what is posted."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"taken with thanks")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class' name)
        return


@contextmanager
def open_hook() -> Iterator[str]:
    """The address of a receiver."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook"
        server.shutdown()


def test_a_webhook_is_added_tested_and_told_of_a_run(live: Live, tabs: Tabs) -> None:
    tabs.expected.add(422)
    project = live.service.json("POST", "/api/projects", {"url": live.docs.url, "name": "Told"}, expect=201)
    page = tabs.open(live.service.url, f"/projects/{project['id']}/notifications", live.people.editor)
    with open_hook() as address:
        page.get_by_role("button", name="Tell somebody").first.click()
        page.get_by_label("Name", exact=True).fill("Deploy script")
        page.get_by_label("Address", exact=True).fill("gopher://nowhere")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_label("Address", exact=True)).to_have_attribute("aria-invalid", "true")
        page.get_by_label("Address", exact=True).fill(address)
        page.get_by_role("button", name="Add", exact=True).click()
        shown = page.get_by_role("dialog", name="Secret of “Deploy script”")
        expect(shown.locator("input")).to_have_value(re.compile("^whsec_"))
        shown.get_by_role("button", name="Copy").click()
        shown.get_by_role("button", name="Done").click()
        page.get_by_role("button", name="Test Deploy script").click()
        expect(page.get_by_role("dialog")).to_contain_text("200")
        expect(page.get_by_role("dialog")).to_contain_text("taken with thanks")
        page.get_by_role("button", name="Done").click()
        live.service.run_now(project["id"])
        log = f"/api/deliveries?project_id={project['id']}&status=DELIVERED"
        until(lambda: len(live.service.json("GET", log)["items"]) == 2, "the test and the run to be delivered")
        page.goto(f"/projects/{project['id']}/notifications?show=deliveries")
        newest = page.get_by_role("table", name="Deliveries").get_by_role("row").nth(1)
        expect(newest).to_contain_text("A run completed")
        expect(newest).to_contain_text("Delivered")
        newest.get_by_role("button", name="Send again to Deploy script").click()
        expect(page.get_by_role("status").filter(has_text="sent to “Deploy script” again")).to_be_visible()


def test_a_test_that_starts_a_deployment_is_asked_for(live: Live, tabs: Tabs) -> None:
    project = live.service.json("POST", "/api/projects", {"url": live.docs.url, "name": "Deployed"}, expect=201)
    with open_hook() as address:
        target = {"project_id": project["id"], "kind": "deploy_hook", "name": "Our site", "address": address}
        live.service.json("POST", "/api/targets", target, expect=201)
        page = tabs.open(live.service.url, f"/projects/{project['id']}/notifications", live.people.editor)
        test, asked = page.get_by_role("button", name="Test Our site"), page.get_by_role("dialog")
        test.click()
        expect(asked).to_contain_text("It starts a deployment.")
        asked.get_by_role("button", name="Cancel").click()
        assert live.service.json("GET", f"/api/deliveries?project_id={project['id']}")["items"] == []
        test.click()
        asked.get_by_role("button", name="Test").click()
        expect(asked).to_contain_text("taken with thanks")


def test_mail_is_not_offered_where_there_is_no_server_for_it_and_what_to_set_is_told(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/notifications", live.people.admin)
    page.get_by_role("button", name="Tell somebody").first.click()
    mail = page.get_by_role("dialog", name="Tell somebody").get_by_role("option", name="E-mail")
    expect(mail).to_be_disabled()
    expect(mail).to_contain_text("LLMSTXT_SMTP__HOST")


def test_what_was_typed_about_a_target_is_not_thrown_away_by_a_key(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/notifications", live.people.admin)
    form, sure = page.get_by_role("dialog", name="Tell somebody"), page.get_by_role("dialog", name="Throw away")
    add = page.get_by_role("button", name="Tell somebody").first
    add.click()
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    add.click()
    form.get_by_label("Address", exact=True).fill("https://hooks.example/1")
    page.keyboard.press("Escape")
    sure.get_by_role("button", name="Cancel").click()
    expect(form.get_by_label("Address", exact=True)).to_have_value("https://hooks.example/1")
    form.get_by_role("button", name="Close").click()
    sure.get_by_role("button", name="Throw away").click()
    expect(form).to_have_count(0)


def test_a_name_that_was_written_stays_with_another_kind(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/notifications", live.people.admin)
    page.get_by_role("button", name="Tell somebody").first.click()
    form = page.get_by_role("dialog", name="Tell somebody")
    how, name = form.get_by_label("How", exact=True), form.get_by_label("Name", exact=True)
    how.select_option("slack")
    expect(name).to_have_value("Slack")
    name.fill("On call")
    how.select_option("discord")
    expect(name).to_have_value("On call")


def test_a_target_that_is_told_of_nothing_is_said_in_words(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/notifications", live.people.admin)
    page.get_by_role("button", name="Tell somebody").first.click()
    form = page.get_by_role("dialog", name="Tell somebody")
    form.get_by_label("Address", exact=True).fill("https://hooks.example/1")
    for box in form.get_by_role("group", name="Tells that").get_by_role("checkbox").all():
        box.uncheck()
    form.get_by_role("button", name="Add", exact=True).click()
    # Of all of them, not of the first.
    expect(form.get_by_role("group", name="Tells that").locator("> .field-error")).to_have_text("Tick at least one.")


def test_a_link_that_is_not_valid_says_so_only_when_it_is_used(live: Live, tabs: Tabs) -> None:
    tabs.expected.add(404)
    page = tabs.open(live.service.url, "/notifications/confirm#token=wrong")
    page.get_by_role("button", name="Send me mail").click()
    expect(page.get_by_role("alert")).to_contain_text("not valid any more")


def test_a_long_address_makes_no_page_wider_than_its_window(live: Live, shared_tabs: SharedTabs) -> None:
    target = {
        "kind": "webhook",
        "name": "W" * 200,
        "address": f"http://127.0.0.1:9/{'p' * 300}",
        "events": ["run.failed"],
    }
    made = live.service.json("POST", "/api/targets", target, expect=201)
    for width in (1280, 800, 320):
        page = shared_tabs.open(live.service.url, "/notifications", live.people.admin, width=width)
        settled(page)
        expect(page.get_by_role("table")).to_contain_text("ppppp")
        assert sideways_scroll(page) == 0, width
        # Nor the table wider than its card.
        assert page.locator(".scrolls").evaluate("each => each.scrollWidth - each.clientWidth") == 0, width
    live.service.json("DELETE", f"/api/targets/{made['id']}", expect=204)
