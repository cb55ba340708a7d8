from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from msgspec.structs import replace

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.notify.mail.render import Frame, render_confirmation, render_digest, render_incidents
from llmstxt_sched.notify.mail.texts import (
    ChangedPage,
    ConfirmText,
    DigestText,
    IncidentText,
    ProjectChanges,
    ProjectNews,
    Trouble,
)

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
HERE = "https://llms.example.com"
FRAME = Frame("Europe/Berlin", "ann@example.com", f"{HERE}/notifications", f"{HERE}/unsubscribe/token")
FAILED = Trouble(EventKind.RUN_FAILED, NOON, "the start page answered with 503")
HALTED = Trouble(EventKind.SCHEDULE_HALTED, NOON)
PROJECT = ProjectNews("Example Docs", f"{HERE}/projects/1", NOON, (FAILED, HALTED))
WELL = ProjectNews("Other Docs", f"{HERE}/projects/2", NOON + timedelta(hours=1))
CHANGES = ProjectChanges(
    "Example Docs",
    f"{HERE}/projects/1",
    f"{HERE}/projects/1/changes",
    "1 page added, 1 removed",
    (ChangedPage("added", "Install", "https://docs.example.com/install"), ChangedPage("removed", "Old")),
    5,
)


class Found(HTMLParser):
    """The names of the elements of a page, and the addresses that it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links |= {value or "" for name, value in attrs if name in {"href", "src", "action"}}


def test_an_incident_is_told_with_its_reason_in_the_zone_of_the_reader() -> None:
    mail = render_incidents(IncidentText((PROJECT,), ()), FRAME)
    assert mail.subject == "Example Docs: its schedule was halted"
    for text in (mail.text, mail.html):
        assert "the start page answered with 503" in text
        assert "27 Nov 2026, 13:00 CET" in text
        assert "Its schedule was halted" in text
        assert f"{HERE}/projects/1" in text
        assert FRAME.unsubscribe_url in text


def test_many_are_counted_and_the_first_fifty_listed() -> None:
    many = tuple(replace(PROJECT, name=f"Docs {number}.") for number in range(60))
    mail = render_incidents(IncidentText(many, (WELL,)), FRAME)
    assert mail.subject == "60 projects in trouble, 1 well again"
    for text in (mail.text, mail.html):
        assert "Docs 49." in text
        assert "Docs 50." not in text
        assert "And 10 more projects." in text
        assert "Well again since 27 Nov 2026, 14:00 CET." in text


def test_recoveries_alone_are_told_as_such() -> None:
    assert render_incidents(IncidentText((), (WELL,)), FRAME).subject == "Other Docs is well again"
    assert render_incidents(IncidentText((), (WELL, WELL)), FRAME).subject == "2 projects are well again"


def test_a_digest_lists_what_changed_and_counts_the_rest() -> None:
    mail = render_digest(DigestText(is_weekly=False, projects=(CHANGES,)), FRAME)
    assert mail.subject == "Daily digest: Example Docs has changed"
    assert "* added: Install\n    https://docs.example.com/install\n" in mail.text
    assert "* removed: Old\n  And 5 more entries.\n" in mail.text
    for text in (mail.text, mail.html):
        assert "1 page added, 1 removed" in text
        assert "And 5 more entries." in text
    many = render_digest(DigestText(is_weekly=True, projects=(CHANGES,) * 60), FRAME)
    assert many.subject == "Weekly digest: 60 projects have changed"
    assert "And 10 more projects." in many.text


def test_a_digest_of_nothing_says_so() -> None:
    mail = render_digest(DigestText(is_weekly=True, projects=()), FRAME)
    assert mail.subject == "Weekly digest: nothing changed"
    assert "No llms.txt has changed" in mail.text
    assert "No llms.txt has changed" in mail.html


def test_whatever_a_site_or_a_name_says_becomes_no_element_no_line_and_no_link() -> None:
    evil = "</h2><script>alert(1)</script><img src=x>\r\n-- \r\nUnsubscribe: https://evil.example\x00\ud800"
    project = replace(CHANGES, name=evil, entries=(ChangedPage("added", evil, f"javascript:alert(1)//{evil}"),))
    news = replace(PROJECT, name=evil, troubles=(replace(FAILED, reason=evil),))
    for mail, known in (
        (render_digest(DigestText(is_weekly=False, projects=(project,)), FRAME), CHANGES.changes_url),
        (render_incidents(IncidentText((news,), (news,)), FRAME), PROJECT.url),
    ):
        found = Found(mail.html)
        assert not found.names & {"script", "img", "form", "iframe", "link"}
        assert found.links <= {PROJECT.url, known, FRAME.settings_url, FRAME.unsubscribe_url}
        lines = mail.text.splitlines()
        assert [line for line in lines if line.startswith("Unsubscribe:")] == [f"Unsubscribe: {FRAME.unsubscribe_url}"]
        assert lines.count("-- ") == 1
        (mail.text + mail.html + mail.subject).encode()


def test_a_mail_loads_nothing_from_elsewhere_and_follows_the_readers_colours() -> None:
    mail = render_incidents(IncidentText((PROJECT,), (WELL,)), FRAME)
    assert not Found(mail.html).names & {"img", "link", "script"}
    assert "url(" not in mail.html
    assert "prefers-color-scheme: dark" in mail.html


def test_the_confirmation_names_what_it_is_for_and_offers_no_other_link() -> None:
    link = f"{HERE}/notifications/confirm#token=abc"
    for scope, words in (("Example Docs", "the llms.txt of Example Docs"), ("", "every llms.txt that is kept here")):
        mail = render_confirmation(ConfirmText(link, scope, 7), Frame("UTC", "ann@example.com"))
        assert words in mail.text
        assert words in mail.html
        assert Found(mail.html).links == {link}
        assert f"Confirm this address: {link}\n" in mail.text
