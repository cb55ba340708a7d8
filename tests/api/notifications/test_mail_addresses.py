from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from tests.support.mail_server import MailServer
from tests.support.mailing import text_of
from tests.support.service import Service, Site, free_port, until

# Each of its fixtures starts a service, or stands beside one.
pytestmark = pytest.mark.server

FORM = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServer]:
    """A mail server in a thread."""
    server = MailServer()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture(scope="module")
def mailing_service(tmp_path_factory: pytest.TempPathFactory, mail: MailServer) -> Iterator[Service]:
    """A service that sends mail by it, at once."""
    settings = {
        "LLMSTXT_SMTP__HOST": "127.0.0.1",
        "LLMSTXT_SMTP__PORT": str(mail.port),
        "LLMSTXT_SMTP__SECURITY": "none",
        "LLMSTXT_SMTP__FROM": "docs@example.com",
        "LLMSTXT_SMTP__GATHER_SECONDS": "0",
    }
    running = Service(tmp_path_factory.mktemp("service"), settings)
    running.start()
    yield running
    running.close()


def next_mail(mail: MailServer) -> EmailMessage:
    """The next mail that comes."""
    until(lambda: mail.envelopes, "a mail")
    message = mail.messages[0]
    del mail.envelopes[0]
    return message


def test_an_address_is_asked_confirmed_told_and_unsubscribed_without_an_account(
    mailing_service: Service, mail: MailServer, site: Site
) -> None:
    service, stranger = mailing_service, httpx.Client(base_url=mailing_service.url)
    (Path(site.folder) / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    project = service.json("POST", "/api/projects", {"url": site.url, "name": "Docs"}, expect=201)
    wanted = {"kind": "email", "name": "Ann", "address": "ann@BÜCHER.example", "project_id": project["id"]}
    made = service.json("POST", "/api/targets", {**wanted, "options": {"digest": "weekly"}}, expect=201)
    assert (made["address"], made["confirmed_at"]) == ("ann@xn--bcher-kva.example", None)
    assert made["options"]["digest_day"] == "monday"
    assert service.client.post(f"/api/targets/{made['id']}/test").status_code == 409
    token = _found(r"/notifications/confirm#token=([\w-]+)", next_mail(mail))
    confirmed = stranger.post("/api/notifications/confirm", json={"token": token})
    assert confirmed.json() == {"address": "ann@xn--bcher-kva.example", "project_name": "Docs"}
    assert service.client.post(f"/api/targets/{made['id']}/confirmation").status_code == 409
    assert service.json("POST", f"/api/targets/{made['id']}/test")["error"] == ""
    assert next_mail(mail)["Subject"] == "A test"
    service.json("POST", f"/api/projects/{project['id']}/runs", expect=202)
    told = next_mail(mail)
    assert told["Subject"] == "Docs: its last run failed"
    path = _found(r"Unsubscribe: http://[^/]+(/\S+)", told)
    # Scanners of mail follow links: that ends nothing.
    page = stranger.get(path)
    assert (page.status_code, '<form method="post">' in page.text) == (200, True)
    assert service.json("GET", f"/api/targets/{made['id']}")["is_enabled"]
    assert stranger.post(path, data={"List-Unsubscribe": "No"}).status_code == 422
    assert stranger.post(path).status_code == 422
    for _ in range(2):
        assert stranger.post(path, data=FORM).status_code == 200
    ended = service.json("GET", f"/api/targets/{made['id']}")
    assert (ended["is_enabled"], ended["disabled_reason"]) == (False, "its reader has unsubscribed")
    stranger.close()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("in_parts", [True, False])
def test_a_form_is_read_no_further_than_a_form_of_one_click_goes(
    mailing_service: Service, kind: str, in_parts: bool
) -> None:
    body = b"List-Unsubscribe=One-Click&x=" + b"x" * 2000
    content = iter([body[:500], body[500:]]) if in_parts else body
    with httpx.Client(base_url=mailing_service.url) as stranger:
        path, headers = f"/api/notifications/unsubscribe/{'A' * 75}", {"Content-Type": kind}
        assert stranger.post(path, content=content, headers=headers).status_code == 413


@pytest.mark.parametrize("token", ["x", "A" * 75, "%00", "%F0%9F%98%80", "a" * 5000])
def test_a_link_that_is_not_ours_tells_nothing(mailing_service: Service, token: str) -> None:
    with httpx.Client(base_url=mailing_service.url) as stranger:
        path = f"/api/notifications/unsubscribe/{token}"
        answers = {stranger.get(path).status_code, stranger.post(path, data=FORM).status_code}
        assert answers == {404}
        assert stranger.post("/api/notifications/confirm", json={"token": "A" * 54}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "Ann <ann@example.com>"}, "address"),
        ({"address": "ann@example.com\r\nBcc: eve@example.com"}, "address"),
        ({"options": {"timezone": "Berlin"}}, "options.timezone"),
        ({"options": {"quiet_from": "22:00"}}, "options.quiet_until"),
        ({"options": {"digest": "hourly"}}, "options.digest"),
        ({"options": {"colour": "red"}}, "options.colour"),
    ],
)
def test_what_cannot_be_followed_is_refused_and_named(
    mailing_service: Service, wrong: dict[str, Any], field: str
) -> None:
    asked = {"kind": "email", "name": "Ann", "address": "ann@example.com", **wrong}
    refused = mailing_service.json("POST", "/api/targets", asked, expect=422)
    assert [error["field"] for error in refused["errors"]] == [field]


def test_a_service_without_a_mail_server_says_what_to_set(service: Service) -> None:
    refused = service.json(
        "POST", "/api/targets", {"kind": "email", "name": "Ann", "address": "ann@example.com"}, expect=409
    )
    assert "LLMSTXT_SMTP__HOST" in refused["detail"]
    assert service.json("GET", "/api/me")["sends_mail"] is False


def test_a_service_with_a_mail_server_says_so(mailing_service: Service) -> None:
    assert mailing_service.json("GET", "/api/me")["sends_mail"] is True


def _found(pattern: str, message: EmailMessage) -> str:
    found = re.search(pattern, text_of(message))
    assert found, text_of(message)
    return found[1]
