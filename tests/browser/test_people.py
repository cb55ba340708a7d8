"""Signing in and out, inviting others, and what a role does not get to see."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
from playwright.sync_api import Page, expect
from tests.browser.live import Live
from tests.support.browser import COOKIE, Tabs, settled
from tests.support.people import invite, sign_in


def _end_session(live: Live, session: str) -> None:
    """As if it had run out."""
    headers = {"Cookie": f"{COOKIE}={session}", "Sec-Fetch-Site": "same-origin"}
    assert httpx.delete(f"{live.service.url}/api/sessions/current", headers=headers).status_code == 204


def _invite(page: Page, name: str, role: str) -> str:
    page.get_by_role("button", name="Invite").click()
    form = page.get_by_role("dialog", name="Invite somebody")
    form.get_by_label("Name").fill(name)
    form.get_by_role("radio", name=role).check()
    form.get_by_role("button", name="Make the invitation").click()
    shown = page.get_by_role("dialog", name=f"Sign-in link for {name}")
    link = shown.get_by_role("textbox", name="link").input_value()
    # Who closes it without a copy is told so first.
    shown.get_by_role("button", name="Done").click()
    expect(shown.get_by_role("alert")).to_contain_text("not been copied")
    shown.get_by_role("button", name="Done").click()
    expect(shown).to_be_hidden()
    return link


def test_a_viewer_is_invited_signs_in_sees_no_buttons_and_signs_out(live: Live, tabs: Tabs) -> None:
    path = live.project("For everybody", cron_expression="0 2 * * *", is_enabled=True)
    live.becomes(path, "fresh")
    page = tabs.open(live.service.url, "/users", live.people.admin)
    link = _invite(page, "Vera", "Viewer")
    expect(page.get_by_role("table", name="Users")).to_contain_text("Vera")
    assert link not in page.content()

    hers = tabs.open(live.service.url, link.removeprefix(live.service.url))
    expect(hers.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    expect(hers.get_by_role("link", name="For everybody")).to_be_visible()
    assert not hers.url.endswith(link.partition("#")[2])
    for where in (
        "/projects",
        path,
        f"{path}/runs",
        f"{path}/pages",
        f"{path}/changes",
        f"{path}/settings",
        "/scheduler",
    ):
        hers.goto(where)
        settled(hers)
        buttons = re.compile(r"^(Run|Pause|Resume|Cancel run|Delete|New project|Save|Process now|Select|Publish|More)")
        assert hers.locator("main").get_by_role("button", name=buttons).all_inner_texts() == [], where
        assert hers.locator("main").get_by_role("checkbox", disabled=False).count() == 0, where
        assert hers.locator("main").get_by_role("switch").count() == 0, where
    for where in ("/users", "/audit"):
        assert hers.get_by_role("navigation", name="Pages").get_by_role("link", name=where[1:].title()).count() == 0
        hers.goto(where)
        expect(hers.get_by_text("Only admins see this page")).to_be_visible()
    hers.goto("/projects/new")
    settled(hers)
    expect(hers.get_by_role("dialog")).to_have_count(0)

    hers.get_by_role("button", name="Account of Vera").click()
    hers.get_by_role("menuitem", name="Sign out").click()
    expect(hers.get_by_role("heading", name="Sign in")).to_be_visible()
    tabs.expected = {401}
    hers.goto(path)
    expect(hers).to_have_url(f"{live.service.url}/login?next={path.replace('/', '%2F')}")


def test_a_role_is_changed_and_a_person_removed(live: Live, tabs: Tabs) -> None:
    session = sign_in(live.service, invite(live.service, "Roland", "viewer"))
    page = tabs.open(live.service.url, "/users", live.people.admin)
    page.get_by_role("combobox", name="Role of Roland").select_option(label="Editor")
    page.get_by_role("button", name="Save the role of Roland").click()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("Roland: Editor now.")
    his = tabs.open(live.service.url, "/projects", session)
    expect(his.get_by_role("link", name="New project")).to_be_visible()
    page.get_by_role("button", name="Sign out Roland everywhere").click()
    page.get_by_role("dialog").get_by_label("Revoke the API tokens, too").check()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("Roland is signed out everywhere")
    tabs.expected = {401}
    his.get_by_role("link", name="Scheduler").click()
    expect(his).to_have_url(f"{live.service.url}/login?next=%2Fscheduler")
    page.get_by_role("button", name="Remove Roland").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("Roland is removed.")
    # The only admin cannot be.
    me = page.get_by_role("row").filter(has_text="you")
    expect(me.get_by_role("button", name=re.compile("^Remove"))).to_be_disabled()


def test_a_password_is_set_and_signs_in_and_a_wrong_one_says_nothing_about_the_name(live: Live, tabs: Tabs) -> None:
    session = sign_in(live.service, invite(live.service, "Petra", "editor"))
    page = tabs.open(live.service.url, "/settings", session)
    tabs.expected = {401, 422}
    page.get_by_label("New password").fill("password123")
    page.get_by_role("button", name="Set password").click()
    expect(page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("New password").fill("a long and good sentence")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Notices")).to_contain_text("Your password is saved")
    # The card knows of it at once, and who sent it by keyboard goes on there.
    expect(page.get_by_text("You have none")).to_have_count(0)
    expect(page.get_by_role("button", name="Change password")).to_be_focused()
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    said = []
    for name in ("Petra", "Nobody"):
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill("not the right one")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").first).to_be_visible()
        said.append(page.get_by_role("alert").first.inner_text())
        expect(page.get_by_label("Password")).to_be_focused()
        page.reload()
    assert said[0] == said[1]
    page.get_by_label("Name").fill("Petra")
    page.get_by_label("Password").fill("a long and good sentence")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Projects")).to_be_visible()


def test_a_token_is_made_signs_in_and_is_revoked(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/tokens", live.people.editor)
    page.get_by_role("button", name="New token").first.click()
    form = page.get_by_role("dialog", name="New API token")
    form.get_by_label("Name").fill("Reader")
    form.get_by_role("radio", name="Read").check()
    form.get_by_role("button", name="Create token").click()
    shown = page.get_by_role("dialog", name="Token “Reader”")
    token = shown.get_by_role("textbox", name="token").input_value()
    assert token.startswith("llms_")
    copy = shown.get_by_role("button", name="Copy token")
    copy.click()
    expect(copy).to_have_class(re.compile(r"\bdone\b"))
    shown.get_by_role("button", name="Done").click()
    expect(shown).to_be_hidden()
    other = tabs.open(live.service.url, "/login")
    other.get_by_role("button", name="Use an API token").click()
    other.get_by_label("API token").fill(token)
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    expect(other.get_by_role("link", name="New project")).to_have_count(0)
    page.get_by_role("button", name="Revoke Reader").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("region", name="Notices")).to_contain_text("“Reader” is revoked.")
    tabs.expected = {401}
    other.reload()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_session_that_ends_in_a_filled_form_loses_nothing(live: Live, tabs: Tabs) -> None:
    # Without a project, a sign-in leads to the page for the first.
    live.project("There before")
    session = sign_in(live.service, invite(live.service, "Expired", "editor"))
    page = tabs.open(live.service.url, "/projects/new", session)
    form = page.get_by_role("dialog", name="New project")
    form.get_by_label("Site address").fill(live.docs.url)
    form.get_by_role("combobox", name="Schedule").select_option(label="Weekly")
    _end_session(live, session)
    tabs.expected = {401}
    form.get_by_role("button", name="Create and crawl now").click()
    expect(form.get_by_role("alert")).to_contain_text("Sign in again in another tab")
    expect(form.get_by_label("Site address")).to_have_value(live.docs.url)
    other = page.context.new_page()
    link = live.service.json("POST", f"/api/users/{_id_of(live, 'Expired')}/link", expect=201)["link"]
    other.goto(link)
    expect(other.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    form.get_by_role("button", name="Create and crawl now").click()
    expect(page.get_by_role("region", name="Schedule")).to_be_visible()
    assert live.get(page.url.removeprefix(live.service.url))["cron_expression"] == "0 2 * * 0"


def test_a_session_that_ends_leads_to_the_sign_in_and_back(live: Live, tabs: Tabs) -> None:
    path = live.project("To come back to")
    session = sign_in(live.service, invite(live.service, "Returning", "viewer"))
    page = tabs.open(live.service.url, path, session)
    settled(page)
    _end_session(live, session)
    tabs.expected = {401}
    page.get_by_role("link", name="Pages", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    token = live.service.json("POST", "/api/tokens", {"name": "Return", "scope": "read"}, expect=201)["token"]
    page.get_by_role("button", name="Use an API token").click()
    page.get_by_label("API token").fill(token)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.service.url}{path}/pages")


def test_what_a_button_is_told_without_a_session_is_told_to_people(live: Live, tabs: Tabs) -> None:
    path = live.project("Asked too late")
    session = sign_in(live.service, invite(live.service, "Late", "editor"))
    page = tabs.open(live.service.url, path, session)
    settled(page)
    _end_session(live, session)
    tabs.expected = {401}
    page.get_by_role("button", name="Run now").first.click()
    notice = page.get_by_role("region", name="Notices").get_by_role("alert")
    expect(notice).to_have_text("Your session has ended. Sign in again.")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example", "javascript:alert(1)"]


def test_next_leads_to_no_other_site(live: Live, tabs: Tabs) -> None:
    token = live.service.json("POST", "/api/tokens", {"name": "Next", "scope": "read"}, expect=201)["token"]
    for address in ELSEWHERE:
        page = tabs.open(live.service.url, f"/login?next={quote(address, safe='')}")
        page.get_by_role("button", name="Use an API token").click()
        page.get_by_label("API token").fill(token)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{live.service.url}/projects")


def test_the_audit_log_tells_who_did_what(live: Live, tabs: Tabs) -> None:
    page = tabs.open(live.service.url, "/users", live.people.admin)
    _invite(page, "Audra", "Editor")
    page.get_by_role("link", name="Audit").click()
    log = page.get_by_role("table", name="Audit log")
    newest = log.get_by_role("row").nth(1)
    expect(newest).to_contain_text("added a user")
    expect(newest).to_contain_text("Audra")
    page.get_by_label("What").select_option(label="signed in")
    expect(log.get_by_role("row").nth(1)).to_contain_text("signed in")
    page.reload()
    expect(page.get_by_label("What")).to_have_value("session.create")


def _id_of(live: Live, name: str) -> str:
    users = live.service.json("GET", "/api/users?limit=200")["items"]
    return str(next(user["id"] for user in users if user["name"] == name))


def test_who_signs_in_in_one_tab_is_signed_in_in_the_others(live: Live, tabs: Tabs) -> None:
    path = live.project("Seen in two tabs")
    session = sign_in(live.service, invite(live.service, "Of two tabs", "viewer"))
    page = tabs.open(live.service.url, path, session)
    settled(page)
    _end_session(live, session)
    tabs.expected = {401}
    page.get_by_role("link", name="Pages", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    other = page.context.new_page()
    other.goto(live.service.json("POST", f"/api/users/{_id_of(live, 'Of two tabs')}/link", expect=201)["link"])
    expect(other.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    expect(page).to_have_url(f"{live.service.url}{path}/pages")
