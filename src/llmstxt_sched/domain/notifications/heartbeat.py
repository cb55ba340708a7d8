"""How a watchdog is told that a run succeeded, or that one failed.  Pure."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from llmstxt_sched.domain.notifications.event import EventKind

# What tells a monitor of a failure: a path of Healthchecks.io and Better Stack, a parameter of Uptime Kuma or Cronitor.
OnFailure = Literal["", "/fail", "?status=down", "?state=fail"]


class HeartbeatOptions(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The options of a target of kind heartbeat.

    `on_failure` is added to the address after a run that failed; without it the watchdog hears of successes alone, and
    notices that they cease.  A POST has the event in words as its body.
    """

    method: Literal["GET", "POST"] = "GET"
    on_failure: OnFailure = ""

    @property
    def events(self) -> tuple[EventKind, ...]:
        """The events that it is told of."""
        return (EventKind.RUN_COMPLETED, EventKind.RUN_FAILED) if self.on_failure else (EventKind.RUN_COMPLETED,)


def heartbeat_address(address: str, options: HeartbeatOptions, kind: EventKind | None) -> str:
    """The address to ask after an event of this kind."""
    if kind is not EventKind.RUN_FAILED or not options.on_failure:
        return address
    path, _, query = address.partition("?")
    if options.on_failure == "/fail":
        return f"{path.rstrip('/')}/fail" + (f"?{query}" if query else "")
    said = options.on_failure.removeprefix("?")
    name = said.partition("=")[0]
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] != name]
    return f"{path}?{'&'.join([*kept, said])}"
