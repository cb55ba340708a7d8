"""Events in words, for people: a title of one line, a text of a few, and the page that shows more.  Pure."""

from __future__ import annotations

from typing import NamedTuple

from llmstxt_sched.domain.notifications.payload import (
    DeliveryDisabled,
    Payload,
    ProjectRecovered,
    ProjectStale,
    RunCompleted,
    RunCompletedData,
    RunFailed,
    ScheduleHalted,
    ScheduleResumed,
    ToldEntry,
    ToldProject,
    VersionHeld,
)
from llmstxt_sched.domain.plural import plural
from llmstxt_sched.domain.run import HeldVersion

# So many changes of entries are named in a text for people.
NAMED_ENTRIES = 10


class Words(NamedTuple):
    """What is said of an event; `url` may be empty."""

    title: str
    text: str
    url: str


def words_of(payload: Payload) -> Words:
    """The event in words."""
    match payload:
        case RunCompleted(data=data):
            return Words(_completed_title(data), _completed_text(data), data.changes_page)
        case RunFailed(data=data):
            return _said(data.project, f"run #{data.run.number} failed", data.error.message)
        case ScheduleHalted(data=data):
            return _said(data.project, "its schedule has halted", _halted_text(data.reason))
        case ScheduleResumed(data=data):
            return _said(data.project, "its schedule goes on", "The schedule was halted, and runs by itself again.")
        case VersionHeld(data=data):
            title = _titled(data.project, f"the version of run #{data.run.number} is held")
            lost = plural(data.pages.removed, "page")
            text = f"{lost} would vanish. What is published stays until somebody decides."
            return Words(title, text, data.changes_page)
        case ProjectStale(data=data):
            since = f"The documents should have been renewed before {data.stale_after:%Y-%m-%d %H:%M} UTC."
            return _said(data.project, "its documents are stale", since)
        case ProjectRecovered(data=data):
            text = f"It had been in trouble since {data.troubled_since:%Y-%m-%d %H:%M} UTC."
            return _said(data.project, "it is well again", text)
        case DeliveryDisabled(data=data):
            where = data.project.page if data.project else ""
            return Words(f"{data.target.name} is told nothing any more", f"{_sentence(data.reason)}.", where)
        case _:
            probe = payload.data
            where = probe.project.page if probe.project else ""
            return Words("A test", f"Somebody asked to test {probe.target.name}. It works.", where)


def _completed_title(data: RunCompletedData) -> str:
    if data.held is HeldVersion.ACCEPTED:
        return _titled(data.project, f"the held version of run #{data.run.number} was accepted")
    return _titled(data.project, "its documents changed" if data.documents_changed else "nothing has changed")


def _completed_text(data: RunCompletedData) -> str:
    pages = data.pages
    added = plural(pages.added, "page")
    counts = f"Run #{data.run.number}: {added} added, {pages.changed} changed, {pages.removed} removed."
    named = data.entries[:NAMED_ENTRIES]
    more = data.entries_total - len(named)
    lines = [counts, *map(_entry_line, named), *([f"… and {more} more"] if more > 0 else [])]
    return "\n".join(lines)


def _entry_line(entry: ToldEntry) -> str:
    return f"{entry.kind.replace('_', ' ')}: {entry.title or entry.url}"


def _halted_text(reason: str) -> str:
    if reason == "failed":
        return "A run failed, and no other is started by itself until one succeeds or somebody resumes the schedule."
    return "There is no next time at which it should run."


def _said(project: ToldProject, what: str, text: str) -> Words:
    return Words(_titled(project, what), _sentence(text), project.page)


def _titled(project: ToldProject, what: str) -> str:
    return f"{project.name}: {what}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
