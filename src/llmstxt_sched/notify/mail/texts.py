"""What mails say, before it is put into words by the templates."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

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


class Entry(Struct, frozen=True):
    """An entry of a llms.txt that was added, changed or removed."""

    change: Literal["added", "changed", "removed"]
    title: str
    url: str


class ProjectChanges(Struct, frozen=True):
    """What changed in one project: the entries that are listed, and how many there are in all."""

    name: str
    url: str
    changes_url: str
    entries: tuple[Entry, ...]
    total: int


class DigestText(Struct, frozen=True):
    """A digest of what changed since the last one."""

    is_weekly: bool
    projects: tuple[ProjectChanges, ...]


class ConfirmText(Struct, frozen=True):
    """The mail by which an address is confirmed; `scope` is the name of the project, or empty for all."""

    confirm_url: str
    scope: str
    days: int
