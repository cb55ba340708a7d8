"""What others follow a project by, and how its site tells of deployments."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import Page, expect
from tests.browser.live import Live
from tests.browser.shared_tabs import SharedTabs
from tests.support.browser import Tabs


def _open(live: Live, tabs: Tabs, path: str) -> Page:
    return tabs.open(live.service.url, f"{path}/settings", live.people.admin)


def feed_in_head(page: Page) -> str:
    links = page.locator("head link[rel=alternate][type='application/atom+xml']")
    expect(links).to_have_count(2)
    return links.last.get_attribute("href") or ""


def test_a_project_that_is_published_has_a_feed_and_a_badge_for_everybody(live: Live, shared_tabs: SharedTabs) -> None:
    path = live.project("To be followed")
    page = _open(live, shared_tabs, path)
    part = page.get_by_role("region", name="For others")
    part.get_by_text("Feed and badge").click()
    feed = part.get_by_label("address of the feed", exact=True)
    expect(feed).to_have_value(f"{live.service.url}/api{path}/feed.xml")
    expect(part.get_by_role("img")).to_have_count(0)
    assert feed_in_head(page) == f"/api{path}/feed.xml"
    page.get_by_label("Publish at a public address").check()
    page.get_by_role("button", name="Save changes").click()
    public = f"{live.service.url}/p/{live.get(path)['slug']}"
    expect(feed).to_have_value(f"{public}/feed.xml")
    assert feed_in_head(page) == f"{public}/feed.xml"
    badge = f"[![llms.txt]({public}/badge.svg)]({public}/llms.txt)"
    expect(part.get_by_label("badge as Markdown", exact=True)).to_have_value(badge)
    picture = part.get_by_role("img", name="The badge of this project")
    expect(picture).to_be_visible()
    page.wait_for_function("image => image.naturalWidth > 0", arg=picture.element_handle())
    page.get_by_role("link", name="Projects", exact=True).first.click()
    expect(page.locator("head link[rel=alternate]")).to_have_count(1)


def test_a_ping_token_is_shown_once_works_and_is_revoked(live: Live, tabs: Tabs) -> None:
    path = live.project("To be deployed")
    page = _open(live, tabs, path)
    part = page.get_by_role("region", name="For others")
    part.get_by_text("A run after each deployment").click()
    expect(part).to_contain_text("No token yet. No ping yet.")
    address = part.get_by_label("address for pings", exact=True).input_value()
    part.get_by_role("button", name="Make a token").click()
    dialog = page.get_by_role("dialog", name="Ping token")
    token = dialog.get_by_label("token", exact=True).input_value()
    copy = dialog.get_by_role("button", name="Copy token")
    copy.click()
    expect(copy).to_have_class(re.compile(r"\bdone\b"))
    dialog.get_by_role("button", name="Done").click()
    expect(part).to_contain_text("Token made just now")
    headers = {"Authorization": f"Bearer {token}"}
    assert httpx.post(address, headers=headers).json()["run"]["number"] == 1
    page.reload()
    part.get_by_text("A run after each deployment").click()
    expect(part).to_contain_text("Last ping just now.")
    part.get_by_role("button", name="Revoke the token").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(part).to_contain_text("No token yet.")
    assert httpx.post(address, headers=headers).status_code == 401


def test_a_viewer_sees_the_addresses_and_makes_no_token(live: Live, shared_tabs: SharedTabs) -> None:
    path = live.project("To be looked at")
    page = shared_tabs.open(live.service.url, f"{path}/settings", live.people.viewer)
    part = page.get_by_role("region", name="For others")
    part.get_by_text("A run after each deployment").click()
    expect(part.get_by_label("address for pings", exact=True)).to_be_visible()
    expect(part.get_by_role("button", name="Make a token")).to_have_count(0)
