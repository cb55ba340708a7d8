"""What mails say about projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from llmstxt_sched.domain.notifications.digest import ProjectDigest
from llmstxt_sched.domain.notifications.event import EventKind
from llmstxt_sched.domain.notifications.payload import ToldCounts, ToldEntry, read_payload
from llmstxt_sched.domain.notifications.wording import words_of
from llmstxt_sched.notify.mail.render import MAX_LISTED
from llmstxt_sched.notify.mail.texts import ChangedPage, DigestText, IncidentText, ProjectChanges, ProjectNews, Trouble
from llmstxt_sched.store.notifications.incidents import Incident, TroubleEvent

# So many entries are listed in a digest, and in any case a few of each project: some readers cut mails off at 100 KB.
MAX_ENTRIES = 200
MIN_ENTRIES = 4
CHANGES = {
    "redescribed": "described anew",
    "site_renamed": "the site was renamed",
    "site_redescribed": "the site was described anew",
}


def incident_text(incidents: Sequence[Incident], troubles: Iterable[TroubleEvent], public_url: str) -> IncidentText:
    """The mail that tells the beginning of some incidents and the end of others."""
    of_project: dict[UUID, list[Trouble]] = {}
    for event in sorted(troubles, key=lambda event: event.number):
        of_project.setdefault(event.project_id, []).append(Trouble(event.kind, event.at, _reason(event)))
    in_order = sorted(incidents, key=lambda each: (each.untold_since, each.project_id))
    news = [(each, _news(each, of_project, public_url)) for each in in_order]
    return IncidentText(
        troubled=tuple(told for each, told in news if each.told_by is None),
        recovered=tuple(told for each, told in news if each.told_by is not None),
    )


def digest_text(digests: Sequence[ProjectDigest], before: Mapping[UUID, UUID], *, is_weekly: bool) -> DigestText:
    """The digest of what changed; `before` are the runs before the first of each project."""
    listed = max(MIN_ENTRIES, MAX_ENTRIES // max(1, min(len(digests), MAX_LISTED)))
    return DigestText(is_weekly, tuple(_changes(each, before.get(each.first), listed) for each in digests))


def _news(incident: Incident, troubles: Mapping[UUID, list[Trouble]], public_url: str) -> ProjectNews:
    return ProjectNews(
        name=incident.name,
        url=f"{public_url}/projects/{incident.project_id}",
        at=incident.untold_since,
        troubles=tuple(troubles.get(incident.project_id, ())) if incident.told_by is None else (),
    )


def _reason(event: TroubleEvent) -> str:
    return words_of(read_payload(EventKind(event.kind), event.payload)).text if event.payload else ""


def _changes(digest: ProjectDigest, before: UUID | None, most: int) -> ProjectChanges:
    page = digest.project.page
    sides = f"from={before}&to={digest.last}" if before else f"to={digest.last}"
    return ProjectChanges(
        name=digest.project.name,
        url=page,
        changes_url=f"{page}/changes?{sides}",
        pages=_counted(digest.pages),
        entries=tuple(map(_entry, digest.entries[:most])),
        more=digest.more + max(0, len(digest.entries) - most),
    )


def _counted(pages: ToldCounts) -> str:
    counts = {"added": pages.added, "changed": pages.changed, "removed": pages.removed}
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"Pages: {told}" if told else "The pages stayed as they were"


def _entry(entry: ToldEntry) -> ChangedPage:
    is_there = entry.kind != "removed"
    return ChangedPage(CHANGES.get(entry.kind, entry.kind), entry.title or entry.url, entry.url if is_there else "")
