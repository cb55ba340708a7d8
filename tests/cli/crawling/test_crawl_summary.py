from __future__ import annotations

from llmstxt_sched.cli.crawling.crawl_summary import crawl_summary
from llmstxt_sched.crawler.model import Report
from llmstxt_sched.domain.run import Progress


def test_many_long_patterns_are_not_all_told() -> None:
    report = Report("", Progress(), unmatched_globs=tuple(f"/{number}{'a' * 400}" for number in range(100)))
    said = crawl_summary(report, 1, {}, "listed")
    assert "/4aaa" in said
    assert said.endswith("aaa…, 95 more.")
    assert len(said) < 700


def test_selectors_that_matched_nothing_are_told() -> None:
    report = Report("", Progress(), unmatched_selectors=(".contnt", "nav"))
    assert crawl_summary(report, 1, {}, "listed") == (
        "1 page listed. Selectors that matched nothing on these pages: .contnt, nav."
    )
