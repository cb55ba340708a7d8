"""A project: its details, its status, and the options of its crawls."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from llmstxt_sched.domain.start_folder import Extent
from llmstxt_sched.errors import Faults

MAX_SLUG = 60
# Which translations of a site its documents hold: those in the start page's language, all, or those with these BCP 47
# tags.  Which versions: the newest, or the one that the start page belongs to; or all.
Languages = Literal["start", "all"] | tuple[str, ...]
Versions = Literal["newest", "all"]
# They have the form of a tag, and a list with one of them would hold pages of no such language.
NO_TAGS = frozenset({"start", "all"})


class ProjectStatus(StrEnum):
    """The status of a project: the first of these, in this order, that applies.

    HELD is for a version that waits to be accepted or rejected.
    """

    RUNNING = "running"
    QUEUED = "queued"
    RETRYING = "retrying"
    HELD = "held"
    FAILED = "failed"
    PAUSED = "paused"
    STALE = "stale"
    FRESH = "fresh"
    NEW = "new"


class CrawlOptions(Struct, frozen=True, kw_only=True):
    """A project's options for its crawls; None means the service's default.

    `include` and `exclude` are globs over paths; `keep` and `drop` are CSS selectors of what is content of a page.
    `scope` says what of its host the project covers, None that the start page does.
    """

    max_pages: int | None = None
    max_depth: int | None = None
    delay_seconds: float | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    languages: Languages = "start"
    versions: Versions = "newest"
    scope: Extent | None = None


USUAL = CrawlOptions()


class MadeBy(CrawlOptions, frozen=True, kw_only=True):
    """The options by which documents were made; `url` is the start page as the project named it, '' if not known."""

    url: str = ""


class ProjectDetails(CrawlOptions, frozen=True, kw_only=True):
    """What the owner sets for a project, apart from its address and schedule; each field is a column of `projects`."""

    name: str
    description: str = ""
    is_public: bool = False
    labels: tuple[str, ...] = ()


def check_options(options: CrawlOptions, max_pages: int, delay_seconds: float) -> None:
    """Raise InvalidInput for more pages or a shorter delay (in seconds) than the service allows, or for no language."""
    faults = Faults()
    if options.max_pages is not None and options.max_pages > max_pages:
        faults.note("crawl.max_pages", f"{options.max_pages} is more than the {max_pages} that are allowed")
    if options.delay_seconds is not None and options.delay_seconds < delay_seconds:
        faults.note("crawl.delay_seconds", f"the least delay between two requests is {delay_seconds:g} seconds")
    if not isinstance(options.languages, str) and (words := no_tags(options.languages)):
        word = words[0]
        faults.note(
            "crawl.languages", f'{word} is no language tag: send "{word.lower()}" in place of the list, or only tags'
        )
    faults.tell()


def no_tags(languages: Iterable[str]) -> list[str]:
    """Those of a list of languages that stand for others when they are alone."""
    return [tag for tag in languages if tag.lower() in NO_TAGS]


def slug(name: str, unique: str) -> str:
    """The project's part of its public URLs: its name in ASCII letters and digits, and `unique` to tell it apart."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower())[:MAX_SLUG].strip("-")
    return f"{plain}-{unique}" if plain else unique
