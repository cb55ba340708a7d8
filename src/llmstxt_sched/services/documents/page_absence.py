"""Says why no run has met an address, or what the last one that did found there.  Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from llmstxt_sched.crawler.frontier.traps import trap_of
from llmstxt_sched.crawler.identity.copies import is_source
from llmstxt_sched.crawler.model import PAGES, Outcome
from llmstxt_sched.domain.run import COMPLETE
from llmstxt_sched.domain.urls import Url
from llmstxt_sched.services.documents.outcomes import reason_of
from llmstxt_sched.store.documents.pages import NamingPage, PastVisit
from llmstxt_sched.store.runs import Run

_PAGE = "page"
# Outcomes of pages whose links are known.
_READ = PAGES | {Outcome.NOINDEX, Outcome.DUPLICATE, Outcome.EMPTY}
# Outcomes of addresses that have no links any more.
_PAST = frozenset({Outcome.REDIRECTED, Outcome.GONE})
_TRAPS = {
    "path_segments": "Its path has more parts than a run follows.",
    "repeated_segments": "Its path repeats itself, as the endless addresses of a trap do, and is not followed.",
}


class Traces(NamedTuple):
    """What is stored of an address: the visits by runs that ended well, newest first, and a page that names it.

    `missed_at` is when the first run ended that did not meet it any more.  `original` is the page in the documents of
    which it is another form, if there is one.
    """

    visits: Sequence[PastVisit]
    named_by: NamingPage | None
    last: Run | None
    missed_at: datetime | None = None
    original: str = ""


def out_since(traces: Traces) -> datetime | None:
    """Since when an address that the last run did not meet is no page of the documents, if a run tells."""
    was_page = traces.visits and _kind(traces.visits[0]) == _PAGE
    return traces.missed_at if was_page else since(traces.visits)


def since(visits: Sequence[PastVisit]) -> datetime | None:
    """Since when, without a break, runs have found at an address what the newest of `visits`, newest first, found."""
    same = list(takewhile(lambda visit: _kind(visit) == _kind(visits[0]), visits))
    return same[-1].finished_at if same else None


def why_unmet(address: Url, traces: Traces) -> str:
    """Why the last run did not meet `address`, which belongs to the site and which the project wants."""
    if traces.visits:
        return f"{_last_found(traces.visits[0])} {_why_not_since(traces)}"
    if trap := trap_of(address):
        return _TRAPS[trap]
    if is_source(address):
        return "It is the source of a page, which the site publishes beside it, and is not read."
    if traces.original:
        return f"It is {traces.original} for printing or in Markdown, and is not read beside it."
    if traces.last is None:
        return "No run of this project has ended yet."
    limits = _limits(traces.last)
    if traces.named_by:
        return _why_passed_by(traces.named_by, limits)
    reason = (
        "No run has met it: no page that was read links to it, no sitemap lists it but as a translation that is left "
        "out, or a limit was reached first."
    )
    ended_well = traces.last.status in COMPLETE
    summary = f" The last run: {traces.last.summary}." if ended_well and traces.last.summary else ""
    return f"{reason} {limits}".rstrip() if limits else f"{reason}{summary}"


def _last_found(visit: PastVisit) -> str:
    note = f" ({visit.note})" if visit.note else ""
    return f"The last run that met it, #{visit.number}, found: {reason_of(visit.outcome)}{note}"


def _why_not_since(traces: Traces) -> str:
    limits = _limits(traces.last) if traces.last else ""
    if traces.named_by:
        return _why_passed_by(traces.named_by, limits)
    missing = "Since then, no page that was read links to it, and no sitemap lists it"
    return f"{missing}, or a limit was reached first. {limits}" if limits else f"{missing}."


def _why_passed_by(named_by: NamingPage, limits: str) -> str:
    """Why the last run did not meet what a page names."""
    if named_by.language:
        translation = f"the translation ({named_by.language}) of {named_by.url}"
        return f"It is {translation}, in a language that this project leaves out."
    if named_by.nofollow:
        return f"{named_by.url} links to it, and asks that its links are not followed (nofollow)."
    if named_by.outcome in _PAST:
        past = f"{named_by.url} linked to it, but is no page any more: {reason_of(named_by.outcome)}"
        return f"{past} {limits}".rstrip()
    why = limits or "The page came to do so, or the project to want it, after the last run had passed."
    if named_by.outcome not in _READ:
        why = f"The last run could not read that page: {reason_of(named_by.outcome)}"
    links = "1 link" if named_by.depth == 1 else f"{named_by.depth} links"
    return f"{named_by.url} links to it, {links} from the start. {why}"


def _limits(last: Run) -> str:
    """The limits that the last run reached, in a sentence."""
    named = [f"{limit.name} at {limit.where}" for limit in last.report.limits]
    return f"The last run reached limits, beyond which it met nothing: {', '.join(named)}." if named else ""


def _kind(visit: PastVisit) -> str:
    return _PAGE if visit.outcome in PAGES else visit.outcome
