"""Every error of the service, on one screen.

    LlmstxtError
    ├─ ConfigError            the environment is wrong; the start is refused
    ├─ StartError             a server or a port that we need is not to be had
    ├─ GaveUp                 a part of the process crashed again and again; the process ends
    ├─ InvalidInput           a field of what was asked for is refused; says which and why
    ├─ NotFound               no such thing, or it is someone else's
    ├─ Conflict               the state forbids it; may name the run in the way
    ├─ Unauthorized           no token, or a wrong one
    ├─ Unavailable            Postgres or Redis does not answer
    ├─ LeaseLost              a result came with a lease that is no longer held
    ├─ CrawlFailed            no page could be crawled; transient or for good
    └─ FetchFailed            one address gave nothing usable
       └─ AddressRefused      the gate does not let this address through

The first argument of each is the sentence that a person reads: what is wrong and what to do.
"""

from __future__ import annotations

from uuid import UUID


class LlmstxtError(Exception):
    """An error that this service raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConfigError(LlmstxtError):
    """The environment holds a value that cannot be used."""


class StartError(LlmstxtError):
    """Something that the process needs at its start is not to be had."""


class GaveUp(LlmstxtError):
    """A member of the process crashed too often to be started again."""


class InvalidInput(LlmstxtError):
    """A field was refused.  `errors` holds (field, message) pairs, one at least."""

    def __init__(self, field: str, message: str, *more: tuple[str, str]) -> None:
        super().__init__(message)
        self.errors = ((field, message), *more)


class NotFound(LlmstxtError):
    """There is no such thing, or it belongs to someone else."""


class Conflict(LlmstxtError):
    """The present state forbids it; `run_id` is the run in the way, where one is."""

    def __init__(self, message: str, run_id: UUID | None = None) -> None:
        super().__init__(message)
        self.run_id = run_id


class Unauthorized(LlmstxtError):
    """The request carries no token, or one that is not valid."""


class Unavailable(LlmstxtError):
    """A server behind us does not answer; asking again later is right."""


class LeaseLost(LlmstxtError):
    """The run is held by another lease, or by none, or is gone."""


class CrawlFailed(LlmstxtError):
    """A crawl gave no page.

    `code` is a stable word for scripts.  `transient` says whether another try may do better,
    `retry_after` how many seconds the site asked us to wait.
    """

    def __init__(self, code: str, message: str, *, transient: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.transient = transient
        self.retry_after = retry_after


class FetchFailed(LlmstxtError):
    """One address gave nothing usable; `code` is one of the outcomes of `crawler.model.Outcome`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class AddressRefused(FetchFailed):
    """The gate does not let this address through; `code` says which rule refused it."""
