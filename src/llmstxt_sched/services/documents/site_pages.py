"""The pages of a project's site: listing them, and telling why an address is not among them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import NamedTuple
from urllib.parse import urljoin
from uuid import UUID

from msgspec.structs import replace

from llmstxt_sched.crawler.identity.copies import printed_page
from llmstxt_sched.crawler.robots import robots_txt
from llmstxt_sched.crawler.robots.robots_copies import NO_COPIES, RobotsCopies
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.address_globs import address_glob
from llmstxt_sched.domain.markdown_copies import pages_of
from llmstxt_sched.domain.project import Languages
from llmstxt_sched.domain.urls import DEFAULT_PORTS, Scope, Url, scope_of
from llmstxt_sched.errors import AddressRefused, InvalidInput, NotFound
from llmstxt_sched.services.documents.outcomes import reason_of
from llmstxt_sched.services.documents.page_absence import Traces, out_since, since, why_unmet
from llmstxt_sched.store import projects, runs
from llmstxt_sched.store.documents import pages
from llmstxt_sched.store.documents.pages import PageFilter, PageRow
from llmstxt_sched.store.postgres.database import Database
from llmstxt_sched.store.postgres.statements import Connection
from llmstxt_sched.store.projects import Project

# So many visits of one address are read, to find the first of those with the same outcome.
MAX_VISITS = 500


class Verdict(StrEnum):
    """What is known of an address."""

    LISTED = "listed"
    MET = "met"
    UNKNOWN = "unknown"
    OUT_OF_SCOPE = "out_of_scope"
    EXCLUDED = "excluded"
    DISALLOWED = "disallowed"


class Explanation(NamedTuple):
    """What is known of an address, and a sentence why.

    `page` is what the last run that met it found there; `since` is when the first of the runs ended that found it so
    without a break, or that did not meet a page any more; None where no run tells.
    """

    url: str
    verdict: Verdict
    reason: str
    page: PageRow | None
    since: datetime | None = None


class SitePages:
    """Use cases of a project's pages.  Every method raises NotFound if there is no such project."""

    def __init__(self, database: Database, robots_copies: RobotsCopies = NO_COPIES) -> None:
        self._database = database
        self._robots_copies = robots_copies

    async def page(self, project_id: UUID, wanted: PageFilter, after: tuple[int, str], limit: int) -> list[PageRow]:
        """At most `limit` pages in crawl order, those after `after`."""
        async with self._database.connection() as connection:
            await get_project(connection, project_id)
            return await pages.page(connection, project_id, wanted, after, limit)

    async def counts(self, project_id: UUID, wanted: PageFilter) -> dict[str, int]:
        """The number of pages by outcome; the filter by outcome does not count."""
        async with self._database.connection() as connection:
            return await pages.counts(connection, project_id, wanted)

    async def explain(self, project_id: UUID, url: str) -> Explanation:
        """Why an address is in the documents or not, by what is stored and the project's rules; nothing is fetched.

        `url` may be a path that begins with a slash.  Raises InvalidInput.
        """
        async with self._database.connection() as connection:
            project = await get_project(connection, project_id)
            address = _read_address(project.url, url)
            scope = await site_scope(connection, project)
            spellings = list(_spellings(address, scope)) if scope.holds_host(address) else []
            page = await pages.at(connection, project_id, spellings)
            visits = await pages.visits_to(connection, project_id, spellings, MAX_VISITS)
            named_by = None if page else await pages.naming(connection, project_id, spellings)
            missed_at = await pages.missed_at(connection, project_id, visits[0].number, spellings) if visits else None
            last = await runs.get(connection, project.last_run_id) if project.last_run_id else None
            forms = [] if page else [*pages_of(address), *filter(None, [printed_page(address)])]
            original = await pages.at(connection, project_id, list(map(str, forms))) if forms else None
        if named_by and named_by.language and not _leaves_out(project.languages, named_by.language):
            named_by = replace(named_by, language=None)
        copied = original.url if original and original.path is not None else ""
        found = _explained(project, address, scope, page, Traces(visits, named_by, last, missed_at, copied))
        if found.page or found.verdict is Verdict.OUT_OF_SCOPE or not await self._is_disallowed(address):
            return found
        reason = f"robots.txt forbids it, as a run of the last 24 hours read it. {found.reason}"
        verdict = found.verdict if found.verdict is Verdict.EXCLUDED else Verdict.DISALLOWED
        return found._replace(verdict=verdict, reason=reason)

    async def _is_disallowed(self, address: Url) -> bool:
        copy = await self._robots_copies.get(address.origin)
        # In a thread, because the longest file takes a fifth of a second.
        return copy is not None and bool(
            await asyncio.to_thread(lambda: robots_txt.from_content(copy.body).refusal(address))
        )


async def get_project(connection: Connection, project_id: UUID) -> Project:
    """One project.  Raises NotFound."""
    project = await projects.get(connection, project_id)
    if project is None:
        raise NotFound(f"there is no project {project_id}")
    return project


async def site_home(connection: Connection, project: Project) -> Url:
    """The project's start page, after redirects if a run has met any."""
    return urls.parse(await pages.home(connection, project.id) or project.url)


async def site_scope(connection: Connection, project: Project) -> Scope:
    """The extent of the project's site, as its last run saw it."""
    scope = scope_of(urls.parse(project.url), await site_home(connection, project), project.scope)
    return replace(scope, folder=project.folder) if project.folder else scope


def why_excluded(target: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> str:
    """The project's rule that keeps a path and query out, as a sentence; empty if there is none."""
    for pattern in exclude:
        if address_glob(pattern).matches(target):
            return f"It matches {pattern}, which this project excludes."
    if include and not any(address_glob(pattern).matches(target) for pattern in include):
        return f"It matches nothing of what this project includes: {', '.join(include)}."
    return ""


def _explained(project: Project, address: Url, scope: Scope, page: PageRow | None, traces: Traces) -> Explanation:
    excluded = why_excluded(address.target, project.include, project.exclude)
    if page:
        is_listed = page.path is not None
        reason = reason_of(page.outcome, is_listed=is_listed)
        if page.url != str(address):
            reason = f"It is known as {page.url}. {reason}"
        if excluded:
            reason = f"{reason} {excluded} Runs no longer visit it."
        verdict = Verdict.LISTED if is_listed else Verdict.MET
        return Explanation(str(address), verdict, reason, page, since(traces.visits))
    moment = out_since(traces)
    if not scope.holds(address):
        return Explanation(str(address), Verdict.OUT_OF_SCOPE, _why_outside(address, scope), None, moment)
    if excluded:
        return Explanation(str(address), Verdict.EXCLUDED, excluded, None, moment)
    verdict = Verdict.MET if traces.visits else Verdict.UNKNOWN
    return Explanation(str(address), verdict, why_unmet(address, traces), None, moment)


def _leaves_out(languages: Languages, language: str) -> bool:
    """Whether a project that wants these languages leaves out a translation into another one."""
    return language != "x-default" and languages != "all" and (languages == "start" or language not in languages)


def _why_outside(address: Url, scope: Scope) -> str:
    if not scope.holds_host(address):
        return f"It is on another host: the site of this project is {_host_of(scope)}."
    return f"It is not below {scope.folder}, the folder in which this project's site begins."


def _host_of(scope: Scope) -> str:
    return f"{scope.host}:{scope.port}" if scope.port else scope.host


def _read_address(base: str, url: str) -> Url:
    text = url.strip()
    try:
        return urls.parse(urljoin(base, text) if text.startswith("/") else text)
    except AddressRefused as refusal:
        raise InvalidInput("url", refusal.message) from None
    except ValueError:
        raise InvalidInput("url", "this is no address") from None


def _spellings(address: Url, scope: Scope) -> Iterator[str]:
    """Addresses that name the same page of a site, `address` first: with www. or not, and a slash at the end or not."""
    yield str(address)
    paths = (address.path, address.path.rstrip("/") or "/", f"{address.path.rstrip('/')}/")
    for path, scheme, www in product(paths, DEFAULT_PORTS, ("", "www.")):
        port = scope.port or DEFAULT_PORTS[scheme]
        yield str(replace(address, scheme=scheme, host=f"{www}{scope.host}", port=port, path=path))
