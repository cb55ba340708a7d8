"""The limits on how often somebody may try to sign in, create projects and trigger runs."""

from __future__ import annotations

import hashlib
import math
import unicodedata

from msgspec import Struct

from llmstxt_sched.config import LimitSettings
from llmstxt_sched.domain.rate_limits import Limit, counted_as
from llmstxt_sched.errors import TooManyRequests
from llmstxt_sched.jobs.rate_limits import RateCounters


class Asker(Struct, frozen=True):
    """Who asks: the id of a token or, where a person is signed in, of the user; and from which address."""

    id: str
    is_token: bool
    address: str


class RateLimits:
    """Each method counts one attempt, and raises TooManyRequests where that is one too many.

    The narrower limit comes first, so that one client that exceeds it does not use up what others share.
    """

    def __init__(self, counters: RateCounters, settings: LimitSettings) -> None:
        self._counters = counters
        self._settings = settings

    async def sign_in(self, address: str, name: str | None = None) -> None:
        """An attempt to sign in; with `name`, that of a user, whether or not there is one."""
        limits = [Limit("sign_in_address", counted_as(address), self._settings.sign_ins_per_address)]
        if name is not None:
            limits.append(Limit("sign_in_name", _digest(name), self._settings.sign_ins_per_name))
        await self._attempt("tries to sign in", limits)

    async def create(self, asker: Asker) -> None:
        """The creation of a project."""
        per_person, per_token = self._settings.creates_per_person, self._settings.creates_per_token
        await self._attempt("new projects", _limits("create", asker, per_person, per_token))

    async def trigger(self, asker: Asker) -> None:
        """A request for a run, or for an action on many projects."""
        per_person, per_token = self._settings.triggers_per_person, self._settings.triggers_per_token
        await self._attempt("runs asked for", _limits("trigger", asker, per_person, per_token))

    async def _attempt(self, what: str, limits: list[Limit]) -> None:
        wait = await self._counters.attempt(limits)
        if wait > 0:
            raise TooManyRequests(f"too many {what}: try again in {math.ceil(wait)} seconds", wait)


def _limits(what: str, asker: Asker, per_person: int, per_token: int) -> list[Limit]:
    kind, most = ("token", per_token) if asker.is_token else ("person", per_person)
    return [Limit(f"{what}_{kind}", asker.id, most), Limit(f"{what}_address", counted_as(asker.address), per_token)]


def _digest(name: str) -> str:
    """A name as it goes into a key: names may be long and hold any character.

    Names that may be one user's get one key, however they are written.
    """
    plain = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
