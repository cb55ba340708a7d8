"""The limits of a project's crawls."""

from __future__ import annotations

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.services.documents.reading import picks_of


def limits_of(options: CrawlOptions, settings: CrawlSettings) -> Limits:
    """The limits of a project's crawl: those of the project, within those of the service."""
    return Limits(
        max_pages=min(options.max_pages or settings.max_pages, settings.max_pages_ceiling),
        max_depth=options.max_depth or settings.max_depth,
        max_seconds=settings.max_seconds,
        delay_seconds=settings.delay_seconds,
        own_delay_seconds=options.delay_seconds or 0,
        connections_per_host=settings.connections_per_host,
        include=options.include,
        exclude=options.exclude,
        picks=picks_of(options),
        languages=options.languages,
        versions=options.versions,
        scope=options.scope,
    )
