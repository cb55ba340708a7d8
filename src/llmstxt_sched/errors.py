"""All errors that the service raises on purpose.

    LlmstxtError
    ├─ ConfigError            an environment variable cannot be used; the service does not start
    ├─ StartError             something needed at the start, such as a server or a port, is not available
    ├─ GaveUp                 a member of the process crashed too often; the process ends
    ├─ InvalidInput           a field of a request is invalid; says which and why
    ├─ NotFound               the requested object does not exist
    ├─ Conflict               the current state does not allow the request; may name the run that is in the way
    ├─ Unauthorized           the request has no token and no session, or one that is not valid
    ├─ Forbidden              who asks may not do this
    ├─ TooManyRequests        a client does something more often than it may
    ├─ Unavailable            Postgres or Redis does not answer
    ├─ LeaseLost              the run is no longer held by the lease of the caller
    ├─ CrawlFailed            no page of a site could be crawled; temporary or permanent
    │  └─ NoSuchHost          the name of the site's host does not exist
    └─ FetchFailed            one address could not be fetched
       └─ AddressRefused      the gate does not allow this address

The message of each error is a sentence for people: what is wrong and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from uuid import UUID

# An answer with an error for each of a hundred thousand unknown names helps nobody, and holds all others up.
MOST_ERRORS = 20


class LlmstxtError(Exception):
    """The base class of all errors that this service raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConfigError(LlmstxtError):
    """An environment variable has a value that cannot be used."""


class StartError(LlmstxtError):
    """Something that the process needs at its start is not available."""


class GaveUp(LlmstxtError):
    """A member of the process crashed too often to be restarted."""


class InvalidInput(LlmstxtError):
    """One or more fields are invalid.  `errors` holds at least one pair of field and message."""

    def __init__(self, field: str, message: str, *more: tuple[str, str]) -> None:
        super().__init__(message)
        self.errors = ((field, message), *more)

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What who asked is told of `errors`."""
        return bounded(iter(self.errors))

    @property
    def sentence(self) -> str:
        """All that is wrong, and with which fields: a message alone may have no subject."""
        return with_fields(self.told)


class Faults:
    """What several checks find wrong, so that all of it is told at once.

    A check that raises InvalidInput runs in a `with` of its own; `tell` comes after the last one.  Of a field that is
    among those of `known` errors, nothing more is told: it was left out of what is checked.
    """

    def __init__(self, *known: tuple[str, str]) -> None:
        self._errors = list(known)
        self._known = {field for field, _ in known}

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        if isinstance(error, Conflict) and self._errors:
            # What is wrong comes first: nobody knows what would be in conflict if it were right.
            return True
        if not isinstance(error, InvalidInput):
            return False
        for each in error.errors:
            self.note(*each)
        return True

    def knows(self, field: str) -> bool:
        """Whether a field, or one that it is part of, was wrong before anything was checked."""
        return any(field == each or field.startswith(f"{each}.") for each in self._known)

    def note(self, field: str, message: str) -> None:
        """Note what is wrong with a field."""
        if not self.knows(field):
            self._errors.append((field, message))

    def tell(self) -> None:
        """Raise InvalidInput with all that was found so far, if there is anything."""
        if self._errors:
            first, *more = self._errors
            raise InvalidInput(*first, *more)


class WrongSettings:
    """The ConfigErrors of several checks, so that all of them are told at once, a line each.

    A check runs in a `with` of its own; `tell` comes after the last one.
    """

    def __init__(self) -> None:
        self._messages: list[str] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        if not isinstance(error, ConfigError):
            return False
        self._messages.append(error.message)
        return True

    def tell(self) -> None:
        """Raise ConfigError with all that was found, if there is anything."""
        if self._messages:
            raise ConfigError("\n".join(self._messages))


class NotFound(LlmstxtError):
    """The requested object does not exist."""


class Conflict(LlmstxtError):
    """The current state does not allow the request; `run_id` is the run that is in the way, if there is one."""

    def __init__(self, message: str, run_id: UUID | None = None) -> None:
        super().__init__(message)
        self.run_id = run_id


class Unauthorized(LlmstxtError):
    """The request has no token and no session, or one that is not valid."""


class Forbidden(LlmstxtError):
    """Who asks is known, and may not do this."""


class TooManyRequests(LlmstxtError):
    """A client does something more often than it may; `retry_after` is the number of seconds it should wait."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(LlmstxtError):
    """Postgres or Redis does not answer; it makes sense to try again later.

    The message is for the log and the start, and may name addresses; `public` is what clients are told, by default the
    same.
    """

    def __init__(self, message: str, public: str | None = None) -> None:
        super().__init__(message)
        self.public = message if public is None else public


class LeaseLost(LlmstxtError):
    """The run is no longer held by the caller's lease: it has another lease or none, or it was deleted."""


class CrawlFailed(LlmstxtError):
    """A crawl found no page.

    `code` is a stable identifier for scripts.  `transient` says whether another attempt may succeed; `retry_after` is
    the number of seconds that the site asked us to wait, if it did.
    """

    def __init__(self, code: str, message: str, *, transient: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.transient = transient
        self.retry_after = retry_after


class NoSuchHost(CrawlFailed):
    """The name of the site's host does not exist, as its name servers say.

    Permanent, unless the site was reached before: then the name may come back.  `start` is the address whose redirects
    led to it, if any did.
    """

    def __init__(self, host: str, start: str = "") -> None:
        message = f"there is no host named {host}: most likely the address is misspelt"
        if start:
            message = f"{start} redirects to {host}, and there is no host of this name"
        super().__init__("dns_error", message, transient=False)


class FetchFailed(LlmstxtError):
    """One address could not be fetched; `code` is one of the values of `crawler.model.Outcome`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class AddressRefused(FetchFailed):
    """The gate does not allow this address; `code` says by which rule."""


def with_fields(errors: Iterable[tuple[str, str]]) -> str:
    """Pairs of a field and what is wrong with it as a sentence; of the whole request, the field is empty."""
    return "; ".join(": ".join(filter(None, each)) for each in errors)


def bounded(errors: Iterator[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The first MOST_ERRORS of what is wrong, and how many more there are."""
    told = tuple(islice(errors, MOST_ERRORS))
    more = sum(1 for _ in errors)
    return (*told, ("", f"and {more} more")) if more else told


def said(error: BaseException) -> str:
    """The kind of an error and its message, if it has one, which a time-out often has not."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
