from __future__ import annotations

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.domain.project import CrawlOptions
from llmstxt_sched.services.crawl_limits import EffectiveLimits, effective_limits, limits_of

SETTINGS = CrawlSettings(
    max_pages=100, max_pages_ceiling=1000, max_depth=5, max_seconds=60, delay_seconds=0.5, connections_per_host=3
)


def test_a_project_without_options_has_the_limits_of_the_service() -> None:
    assert effective_limits(CrawlOptions(), SETTINGS) == EffectiveLimits(100, 5, 60, 0.5)


def test_a_project_may_ask_for_more_pages_up_to_the_ceiling_and_for_no_shorter_delay() -> None:
    asked = CrawlOptions(max_pages=5000, max_depth=9, delay_seconds=0.1)
    assert effective_limits(asked, SETTINGS) == EffectiveLimits(1000, 9, 60, 0.5)
    fewer = CrawlOptions(max_pages=7, max_depth=1, delay_seconds=2)
    assert effective_limits(fewer, SETTINGS) == EffectiveLimits(7, 1, 60, 2)


def test_the_crawl_keeps_the_projects_own_delay_apart_from_that_of_the_service() -> None:
    limits = limits_of(CrawlOptions(delay_seconds=2, include=("/docs/*",)), SETTINGS, "/docs/")
    assert (limits.delay_seconds, limits.own_delay_seconds) == (0.5, 2)
    assert (limits.max_pages, limits.connections_per_host) == (100, 3)
    assert (limits.include, limits.folder) == (("/docs/*",), "/docs/")
    assert limits_of(CrawlOptions(), SETTINGS).own_delay_seconds == 0
