"""What `generate` says at its end.  Pure."""

from __future__ import annotations

from collections.abc import Mapping

from llmstxt_sched.crawler.model import Report

OTHER_EDITIONS = "of another language or version"


def crawl_summary(report: Report, pages: int, left_out: Mapping[str, int], place: str) -> str:
    """How many `pages` were written and where, which limits were reached, and what was left out, by kind."""
    parts = [f"{pages} {'page' if pages == 1 else 'pages'} {place}."]
    if report.reached:
        limits = ", ".join(f"{limit.name} at {limit.where}" if limit.where else limit.name for limit in report.reached)
        parts.append(f"Limits reached: {limits}.")
    kinds = [f"{number} {kind.replace('_', ' ')}" for kind, number in sorted(left_out.items()) if number]
    if kinds:
        parts.append(f"Left out: {', '.join(kinds)}.")
    return " ".join(parts)


def is_whole(report: Report, left_out: Mapping[str, int]) -> bool:
    """Whether the documents hold all that the crawl met."""
    return not report.reached and not any(left_out.values())
