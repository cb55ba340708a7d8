"""From the link that a first start prints to a finished llms.txt, by somebody who has read nothing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.support.axe import axe_violations
from tests.support.browser import Tabs, settled, sideways_scroll
from tests.support.docs_site import serve_docs
from tests.support.people import first_link, sign_in
from tests.support.service import COMMAND, Service


@pytest.fixture(scope="module")
def service(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that nobody has used."""
    made = Service(tmp_path_factory.mktemp("first"))
    try:
        made.start()
        yield made
    finally:
        made.close()


def test_two_enters_lead_from_the_printed_link_to_the_finished_file(service: Service, tabs: Tabs) -> None:
    link = first_link(service)
    assert link in service.log
    assert (service.data / "servers" / "sign-in-link").stat().st_mode & 0o777 == 0o600
    with serve_docs() as docs:
        docs.hold()
        # The first Enter is that of the address bar.
        page = tabs.open(service.url, link.removeprefix(service.url))
        expect(page).to_have_url(f"{service.url}/start")
        expect(page.get_by_label("Site address")).to_be_focused()
        page.keyboard.type(docs.url)
        page.keyboard.press("Enter")
        run = page.get_by_role("region", name="Run 1", exact=True)
        expect(run.get_by_role("heading", name="Run #1 is crawling")).to_be_visible()
        expect(run.get_by_role("progressbar")).to_be_visible()
        docs.release()
        file = page.get_by_role("region", name="llms.txt", exact=True)
        expect(file.get_by_role("heading", name="Acme Docs")).to_be_visible()
        expect(file.get_by_role("link", name="Quickstart")).to_be_visible()
    schedule = page.get_by_role("region", name="Schedule")
    expect(schedule).to_contain_text("02:00")
    expect(schedule).to_contain_text("Europe/Berlin")
    expect(schedule.get_by_role("switch")).to_be_checked()


def test_a_zone_that_the_server_does_not_know_becomes_utc(service: Service, tabs: Tabs) -> None:
    tabs.expected = {422}
    with serve_docs() as docs:
        page = tabs.open(service.url, _new_link(service).removeprefix(service.url))
        page.add_init_script(
            "const asked = Intl.DateTimeFormat.prototype.resolvedOptions;"
            "Intl.DateTimeFormat.prototype.resolvedOptions = function () {"
            " return { ...asked.call(this), timeZone: 'Mars/Olympus_Mons' }; };"
        )
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page).not_to_have_url(re.compile("/login"))
        page.goto(f"{service.url}/start")
        page.get_by_label("Site address").fill(docs.url)
        page.keyboard.press("Enter")
        schedule = page.get_by_role("region", name="Schedule")
        expect(schedule).to_contain_text("02:00")
        expect(schedule).to_contain_text("UTC")


def test_the_printed_link_works_once(service: Service, tabs: Tabs) -> None:
    link = _new_link(service)
    sign_in(service, link)
    tabs.expected = {401}
    page = tabs.open(service.url, link.removeprefix(service.url))
    expect(page.get_by_role("alert").filter(has_text="sign-in")).to_be_visible()
    expect(page).to_have_url(f"{service.url}/login")
    expect(page.get_by_label("Name")).to_be_visible()


EMPTY = {"/projects": "No projects yet", "/scheduler": "Nothing to come", "/tokens": "No token yet"}


@pytest.mark.parametrize("path", EMPTY)
def test_a_page_without_anything_says_what_to_do(service: Service, tabs: Tabs, path: str) -> None:
    for project in service.json("GET", "/api/projects")["items"]:
        service.json("DELETE", f"/api/projects/{project['id']}", expect=204)
    page = tabs.open(service.url, path, sign_in(service, _new_link(service)))
    settled(page)
    expect(page.get_by_role("heading", name=EMPTY[path])).to_be_visible()
    assert axe_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert sideways_scroll(page) <= 0
    page.goto("/")
    expect(page).to_have_url(f"{service.url}/start")


def _new_link(service: Service) -> str:
    done = subprocess.run([COMMAND, "sign-in"], env=service.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
