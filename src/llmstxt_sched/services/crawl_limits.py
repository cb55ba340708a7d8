"""The limits of a project's crawls."""

from __future__ import annotations

from msgspec import Struct

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.services.documents.writing.reading import picks_of


class EffectiveLimits(Struct, frozen=True):
    """The limits in force for a project's crawls: its own within those of the service."""

    max_pages: int
    max_depth: int
    max_seconds: float
    delay_seconds: float


def effective_limits(options: CrawlOptions, settings: CrawlSettings) -> EffectiveLimits:
    """The limits in force: those of the project, within those of the service."""
    return EffectiveLimits(
        max_pages=min(options.max_pages or settings.max_pages, settings.max_pages_ceiling),
        max_depth=options.max_depth or settings.max_depth,
        max_seconds=settings.max_seconds,
        delay_seconds=max(options.delay_seconds or 0, settings.delay_seconds),
    )


def limits_of(options: CrawlOptions, settings: CrawlSettings, folder: str | None = None) -> Limits:
    """The limits of a project's crawl, with what else its options say; `folder` is the one that its last run found."""
    effective = effective_limits(options, settings)
    return Limits(
        max_pages=effective.max_pages,
        max_depth=effective.max_depth,
        max_seconds=effective.max_seconds,
        delay_seconds=settings.delay_seconds,
        own_delay_seconds=options.delay_seconds or 0,
        connections_per_host=settings.connections_per_host,
        include=options.include,
        exclude=options.exclude,
        picks=picks_of(options),
        languages=options.languages,
        versions=options.versions,
        scope=options.scope,
        folder=folder,
    )
