"""Checks what a user asks for a project: its address, its crawl options, its schedule."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import UNSET, structs

from llmstxt_sched.config import Settings
from llmstxt_sched.domain.address_globs import check_address_glob
from llmstxt_sched.domain.credentials import Credentials, check_credentials
from llmstxt_sched.domain.project import USUAL, CrawlOptions, ProjectDetails, check_options
from llmstxt_sched.domain.schedule import Schedule, SchedulePatch, check_cron, check_zone
from llmstxt_sched.errors import AddressRefused, Conflict, Faults, InvalidInput
from llmstxt_sched.extraction.dom.selectors import check_selector
from llmstxt_sched.outbound.gate import Gate

NO_SCHEDULE = "the project has no schedule: set a cron_expression first"


class ProjectChecks:
    """The checks for which the settings or the gate are needed."""

    def __init__(self, gate: Gate, settings: Settings) -> None:
        self._gate = gate
        self._settings = settings

    async def new(
        self,
        url: str,
        details: ProjectDetails,
        wanted: SchedulePatch,
        blank: Schedule,
        credentials: Credentials | None,
        faults: Faults,
    ) -> tuple[str, str, SchedulePatch]:
        """The start URL, its host, and the patch of its `blank` schedule, of a project that may be created.

        Raises InvalidInput with all that is wrong with it, and with `faults`.
        """
        options, host = structs.asdict(details), ""
        with faults:
            url, host = self.address(url)
            # Of which host they are is not known without an address.
            check_globs(options, [host])
        with faults:
            self.options(options)
        with faults:
            wanted = await self.schedule(wanted, blank)
        if credentials:
            with faults:
                check_credentials(credentials)
        faults.tell()
        return url, host, wanted

    async def schedule(self, patch: SchedulePatch, schedule: Schedule) -> SchedulePatch:
        """Validate `patch` against `schedule` and normalise its expression.

        Raises InvalidInput, and Conflict where what is to be enabled is not there, as a resume does.
        """
        faults = Faults()
        expression, zone = patch.resolved(schedule)
        if (expression, zone) != (schedule.cron_expression, schedule.timezone):
            with faults:
                expression = await self._cron(expression, zone)
        if patch.is_enabled is True and expression is None:
            if patch.cron_expression is UNSET:
                raise Conflict(NO_SCHEDULE)
            faults.note("is_enabled", "only a project with a cron_expression can be enabled")
        faults.tell()
        return structs.replace(patch, cron_expression=expression, timezone=zone)

    def options(self, changes: Mapping[str, object]) -> None:
        """Check the crawl options that `changes` names, and no other.  Raises InvalidInput."""
        given = {name: value for name, value in changes.items() if name in CrawlOptions.__struct_fields__}
        limits = self._settings.crawl
        options = structs.replace(USUAL, **given)
        faults = Faults()
        with faults:
            check_options(options, limits.max_pages_ceiling, limits.delay_seconds)
        for name, selectors in (("keep", options.keep), ("drop", options.drop)):
            _check_each(f"crawl.{name}", selectors, check_selector, faults)
        faults.tell()

    def address(self, url: str) -> tuple[str, str]:
        """The start URL in canonical form, and its host.  Raises InvalidInput."""
        try:
            address = self._gate.check_url(url.strip())
        except AddressRefused as refusal:
            raise InvalidInput("url", refusal.message) from None
        return str(address), address.host

    async def _cron(self, expression: str | None, zone: str) -> str | None:
        """Validate and normalise; done in a thread, because a hostile expression takes a tenth of a second."""
        if expression is None:
            check_zone(zone)
            return None
        # The time is only needed to find out whether the expression is ever due, so the local clock is good enough.
        min_period = self._settings.scheduler.min_period_seconds
        return (await asyncio.to_thread(check_cron, expression, zone, datetime.now(UTC), min_period)).expression


def check_globs(changes: Mapping[str, Any], hosts: Sequence[str]) -> None:
    """Check the globs in `changes`, which may name `hosts` alone.  Raises InvalidInput."""
    faults = Faults()
    for name in ("include", "exclude"):
        _check_each(f"crawl.{name}", changes.get(name, ()), lambda glob: check_address_glob(glob, hosts), faults)
    faults.tell()


def _check_each(field: str, values: Iterable[str], check: Callable[[str], None], faults: Faults) -> None:
    for value in values:
        try:
            check(value)
        except ValueError as error:
            faults.note(field, str(error))
