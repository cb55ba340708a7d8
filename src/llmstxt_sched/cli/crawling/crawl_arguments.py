"""The arguments of the command line that say how a site is crawled."""

from __future__ import annotations

import argparse
import math
import re
from typing import get_args

from llmstxt_sched.config import CrawlSettings
from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.domain.project import Languages, no_tags
from llmstxt_sched.domain.start_folder import Extent
from llmstxt_sched.extraction.dom.picks import Picks
from llmstxt_sched.extraction.dom.selectors import check_selector

SEVERAL = "may be given several times"
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def add_crawl_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--max-pages", type=_count, metavar="N", help="stop after so many pages")
    parser.add_argument("--max-depth", type=_count, metavar="N", help="follow links so far from the start")
    parser.add_argument("--include", action="append", default=[], metavar="GLOB", help=f"only these paths; {SEVERAL}")
    parser.add_argument("--exclude", action="append", default=[], metavar="GLOB", help=f"not these paths; {SEVERAL}")
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        type=_selector,
        metavar="CSS",
        help=f"what of a page is its content; {SEVERAL}",
    )
    parser.add_argument(
        "--drop",
        action="append",
        default=[],
        type=_selector,
        metavar="CSS",
        help=f"what is no page's content; {SEVERAL}",
    )
    parser.add_argument(
        "--languages",
        type=_languages,
        default="start",
        metavar="start|all|TAG,TAG",
        help="which translations: that of the start page (by default), all, or those of tags such as en,pt-BR",
    )
    parser.add_argument(
        "--versions",
        choices=("newest", "all"),
        default="newest",
        help="of a site that keeps several, the newest, or the one that the URL names (by default), or all",
    )
    parser.add_argument(
        "--scope", choices=get_args(Extent), help="what of the host: all, the URL's folder, or below it"
    )
    parser.add_argument("--delay", type=_seconds, metavar="SECONDS", help="between two requests")
    parser.add_argument(
        "--max-seconds", type=_some_seconds, metavar="SECONDS", help="finish with what there is by then"
    )


def limits_of(arguments: argparse.Namespace, usual: CrawlSettings) -> Limits:
    """The limits of the crawl: those of the arguments, else the usual ones.

    Raises ValueError for a delay that leaves no time for a page, since robots.txt is asked for before it.
    """
    limits = Limits(
        max_pages=arguments.max_pages or usual.max_pages,
        max_depth=usual.max_depth if arguments.max_depth is None else arguments.max_depth,
        max_seconds=usual.max_seconds if arguments.max_seconds is None else arguments.max_seconds,
        delay_seconds=usual.delay_seconds if arguments.delay is None else arguments.delay,
        connections_per_host=usual.connections_per_host,
        include=tuple(arguments.include),
        exclude=tuple(arguments.exclude),
        picks=Picks(tuple(arguments.keep), tuple(arguments.drop)),
        languages=arguments.languages,
        versions=arguments.versions,
        scope=arguments.scope,
    )
    if limits.delay_seconds and limits.delay_seconds >= limits.max_seconds:
        raise ValueError(
            f"a delay of {limits.delay_seconds:g} seconds leaves no time for a page in {limits.max_seconds:g} seconds: "
            "give --max-seconds more, or --delay less"
        )
    return limits


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number of at least 1 is wanted")
    return int(text)


def _selector(text: str) -> str:
    try:
        check_selector(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _languages(text: str) -> Languages:
    if text == "start":
        return "start"
    if text == "all":
        return "all"
    tags = tuple(tag.strip() for tag in text.split(","))
    if not all(map(_TAG.fullmatch, tags)) or no_tags(tags):
        raise argparse.ArgumentTypeError(
            "start or all alone, or tags of languages by comma, are wanted, such as en,pt-BR"
        )
    return tags


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError("a number of seconds is wanted")
    return seconds


def _some_seconds(text: str) -> float:
    if not _seconds(text):
        raise argparse.ArgumentTypeError("more than no seconds are wanted")
    return _seconds(text)
