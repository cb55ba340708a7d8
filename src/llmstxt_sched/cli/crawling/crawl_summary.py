"""What `generate` says at its end.  Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from llmstxt_sched.crawler.model import Report

# There may be a hundred patterns of 500 characters.
_MAX_PATTERNS, _MAX_PATTERN = 5, 100

OTHER_EDITIONS = "of another language or version, or for printing"


def crawl_summary(report: Report, pages: int, left_out: Mapping[str, int], place: str) -> str:
    """How many `pages` were written and where, which limits were reached, and what was left out, by kind.

    Also which pages need their scripts, and which patterns and selectors matched nothing, for they may be misspelt.
    """
    parts = [f"{pages} {'page' if pages == 1 else 'pages'} {place}."]
    if report.reached:
        limits = ", ".join(f"{limit.name} at {limit.where}" if limit.where else limit.name for limit in report.reached)
        parts.append(f"Limits reached: {limits}.")
    kinds = [f"{number} {kind.replace('_', ' ')}" for kind, number in sorted(left_out.items()) if number]
    if kinds:
        parts.append(f"Left out: {', '.join(kinds)}.")
    unrendered = report.needs_rendering
    if unrendered.count:
        parts.append(f"Without text until their scripts run: {unrendered.count}, the first at {unrendered.urls[0]}.")
    if report.unmatched_globs:
        parts.append(f"Patterns that matched no address: {_some_of(report.unmatched_globs)}.")
    if report.unmatched_selectors:
        parts.append(f"Selectors that matched nothing on these pages: {_some_of(report.unmatched_selectors)}.")
    return " ".join(parts)


def _some_of(patterns: Sequence[str]) -> str:
    shown = [f"{each[:_MAX_PATTERN]}…" if len(each) > _MAX_PATTERN else each for each in patterns[:_MAX_PATTERNS]]
    more = len(patterns) - len(shown)
    return ", ".join([*shown, f"{more} more"] if more else shown)
