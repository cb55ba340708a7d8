"""What mails say, before it is put into words by the templates."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind


class Trouble(Struct, frozen=True):
    """Something about a project that somebody should look at; `reason` is a sentence of the service, or empty."""

    kind: EventKind
    at: datetime
    reason: str = ""


class ProjectNews(Struct, frozen=True):
    """A project that is in trouble, or well again since `at`; `url` is its page here."""

    name: str
    url: str
    at: datetime
    troubles: tuple[Trouble, ...] = ()


class IncidentText(Struct, frozen=True):
    """A mail about incidents: the projects in trouble and those that are well again; one of both is not empty."""

    troubled: tuple[ProjectNews, ...]
    recovered: tuple[ProjectNews, ...]


class ChangedPage(Struct, frozen=True):
    """An entry of a llms.txt and what happened to it, in a word or two; one that is there no more has no `url`."""

    change: str
    title: str
    url: str = ""


class ProjectChanges(Struct, frozen=True):
    """What changed in one project; `pages` counts its pages in words, `more` the entries that are not listed."""

    name: str
    url: str
    changes_url: str
    pages: str
    entries: tuple[ChangedPage, ...] = ()
    more: int = 0


class DigestText(Struct, frozen=True):
    """A digest of what changed since the last one."""

    is_weekly: bool
    projects: tuple[ProjectChanges, ...]


class ConfirmText(Struct, frozen=True):
    """The mail by which an address is confirmed; `scope` is the name of the project, or empty for all."""

    confirm_url: str
    scope: str
    days: int


class NoteText(Struct, frozen=True):
    """One thing that happened, in words of its own; `url` is the page that shows more, or empty."""

    title: str
    text: str
    url: str
