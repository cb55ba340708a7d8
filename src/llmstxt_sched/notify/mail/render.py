"""Puts mails into words, each once as text and once as HTML, by the templates beside.

They are Jinja2's because a list within a list is more than the standard library's templates can, and because it escapes
what it puts into HTML unless told otherwise.  Whatever is put in, from wherever, stands on one line.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.notify.mail.plain import one_line
from llmstxt_sched.notify.mail.texts import ConfirmText, DigestText, IncidentText, NoteText, ProjectNews

# More projects than this are counted, not listed.
MAX_LISTED = 50
# A text that is put in has no more characters.  Addresses may be long, and would be none if they were cut.
MAX_LENGTH = 2000
WORDS = {
    EventKind.RUN_FAILED: "its last run failed",
    EventKind.SCHEDULE_HALTED: "its schedule was halted",
    EventKind.VERSION_HELD: "a new version is held back and waits for you",
    EventKind.PROJECT_STALE: "its llms.txt is out of date",
}


class Rendered(NamedTuple):
    """A mail in words."""

    subject: str
    text: str
    html: str


class Frame(Struct, frozen=True):
    """What every mail has around it: the zone of its times, who it is for, and how to unsubscribe, if one can."""

    zone: str
    recipient: str
    settings_url: str = ""
    unsubscribe_url: str = ""


def render_incidents(text: IncidentText, frame: Frame) -> Rendered:
    """A mail about incidents."""
    return _render("incident", _incident_subject(text), text, frame)


def render_digest(text: DigestText, frame: Frame) -> Rendered:
    """A digest."""
    period = "Weekly" if text.is_weekly else "Daily"
    what = "nothing changed"
    if len(text.projects) == 1:
        what = f"{one_line(text.projects[0].name, 80)} has changed"
    elif text.projects:
        what = f"{len(text.projects)} projects have changed"
    subject = f"{period} digest: {what}"
    return _render("digest", subject, text, frame)


def render_confirmation(text: ConfirmText, frame: Frame) -> Rendered:
    """The mail by which an address is confirmed."""
    return _render("confirm", "Confirm that you want mail about llms.txt", text, frame)


def render_note(text: NoteText, frame: Frame) -> Rendered:
    """A mail about one thing that happened."""
    return _render("note", one_line(text.title, 200), text, frame)


def _render(name: str, subject: str, text: Struct, frame: Frame) -> Rendered:
    values = {"mail": text, "frame": frame, "subject": subject}
    plain, html = (_TEMPLATES.get_template(f"{name}.{form}").render(values) for form in ("txt", "html"))
    return Rendered(subject, plain.strip() + "\n", html)


def _incident_subject(text: IncidentText) -> str:
    troubled, recovered = len(text.troubled), len(text.recovered)
    if troubled and recovered:
        return f"{_count(troubled, 'project')} in trouble, {recovered} well again"
    if troubled > 1:
        return f"{troubled} projects are in trouble"
    if troubled:
        return f"{one_line(text.troubled[0].name, 80)}: {_trouble_of(text.troubled[0])}"
    if recovered > 1:
        return f"{recovered} projects are well again"
    return f"{one_line(text.recovered[0].name, 80)} is well again"


def _trouble_of(project: ProjectNews) -> str:
    """The trouble to name first: a schedule that was halted stays so until somebody acts."""
    kinds = [each.kind for each in project.troubles]
    return next((WORDS[kind] for kind in (EventKind.SCHEDULE_HALTED, *kinds) if kind in kinds), "is in trouble")


def _count(number: int, noun: str, nouns: str = "") -> str:
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%d %b %Y, %H:%M %Z}".lstrip("0")


def _link(url: str) -> str:
    """An address that may be opened from a mail; empty if it is none."""
    return url if url.startswith(("https://", "http://")) and len(url) <= MAX_LENGTH else ""


def _finalize(value: object) -> object:
    return value if isinstance(value, Markup) else one_line(str(value), MAX_LENGTH)


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    finalize=_finalize,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(local=_local, link=_link, count=_count, sentence=_sentence)
_TEMPLATES.globals.update(WORDS=WORDS, MAX_LISTED=MAX_LISTED)
