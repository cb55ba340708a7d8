"""A project: its names, and the limits that its crawls may have."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from llmstxt_sched.errors import InvalidInput

MAX_SLUG = 60


class ProjectStatus(StrEnum):
    """How a project stands, in the order in which the first that holds is named."""

    RUNNING = "running"
    QUEUED = "queued"
    FAILED = "failed"
    PAUSED = "paused"
    STALE = "stale"
    FRESH = "fresh"
    NEW = "new"


class CrawlOptions(Struct, frozen=True, kw_only=True):
    """What a project asks of its crawls; None means the service's default."""

    max_pages: int | None = None
    max_depth: int | None = None
    delay_seconds: float | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class ProjectDetails(CrawlOptions, frozen=True, kw_only=True):
    """What its owner says of a project, beside its address and its schedule: a column of `projects` each."""

    name: str
    description: str = ""
    is_public: bool = False


def check_options(options: CrawlOptions, max_pages: int, delay_seconds: float) -> None:
    """Raises InvalidInput where a project asks for more pages or a shorter delay than the service allows."""
    if options.max_pages is not None and options.max_pages > max_pages:
        raise InvalidInput("crawl.max_pages", f"{options.max_pages} is more than the {max_pages} that are allowed")
    if options.delay_seconds is not None and options.delay_seconds < delay_seconds:
        raise InvalidInput("crawl.delay_seconds", f"the least delay between two requests is {delay_seconds:g} seconds")


def slug(name: str, unique: str) -> str:
    """The word in a project's public address: its name in plain letters, and `unique` so that no two are alike."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower())[:MAX_SLUG].strip("-")
    return f"{plain}-{unique}" if plain else unique
