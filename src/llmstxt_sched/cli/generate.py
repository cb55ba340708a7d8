"""The `generate` command: crawls one site without Postgres or Redis; prints llms.txt or writes all documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from llmstxt_sched.cli.crawling.crawl_arguments import add_crawl_arguments, limits_of
from llmstxt_sched.cli.crawling.crawl_summary import crawl_summary
from llmstxt_sched.cli.crawling.credential_arguments import add_credential_arguments, credentials_of
from llmstxt_sched.cli.crawling.output_files import check_folder
from llmstxt_sched.cli.standard_streams import forget_output
from llmstxt_sched.config import Settings
from llmstxt_sched.crawler.parser_pool import ParserPool
from llmstxt_sched.documents.text import one_line
from llmstxt_sched.domain import urls
from llmstxt_sched.domain.address_globs import check_address_glob
from llmstxt_sched.domain.credentials import check_credentials
from llmstxt_sched.errors import AddressRefused, ConfigError, CrawlFailed, InvalidInput
from llmstxt_sched.outbound.gate import Gate
from llmstxt_sched.outbound.headers import user_agent

if TYPE_CHECKING:
    from llmstxt_sched.cli.crawling.crawled_site import CrawledSite

WRITTEN, NOTHING, BAD_ARGUMENTS = 0, 1, 2
# The addresses that met a limit are told at the end.
_MAX_MESSAGE = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "url", metavar="URL", help="the page to start from; a path restricts the crawl to its folder (see --scope)"
    )
    parser.add_argument("--out", type=_folder, metavar="DIR", help="write llms.txt, llms-full.txt and the pages here")
    add_crawl_arguments(parser)
    add_credential_arguments(parser)
    parser.set_defaults(command=generate)


async def generate(arguments: argparse.Namespace, settings: Settings) -> int:
    """Crawl the site and write its documents; the exit status is 0, 1 if the crawl failed, 2 for bad arguments."""
    try:
        host = urls.parse(arguments.url).host
        for option, pattern in _patterns(arguments):
            _check_pattern(option, pattern, host)
        gate = Gate(settings.egress.allow)
        credentials = credentials_of(arguments)
        check_credentials(credentials)
        limits = limits_of(arguments, settings.crawl)
        if arguments.out:
            check_folder(arguments.out)
    except (AddressRefused, ConfigError, InvalidInput) as error:
        return _complain(error.message, BAD_ARGUMENTS)
    except ValueError as error:
        return _complain(str(error), BAD_ARGUMENTS)
    except (FileExistsError, NotADirectoryError):
        return _complain(f"--out {arguments.out}: that is a file, or below one; name a folder", BAD_ARGUMENTS)
    except OSError as error:
        return _complain(f"--out {arguments.out}: {error.strerror}", BAD_ARGUMENTS)
    waits = partial(_say, f"another run writes to {arguments.out}: this one waits until it is done")
    agent = user_agent(version("llmstxt-sched"), settings.api.public_url)
    try:
        async with ParserPool(settings.crawl.parsers) as parser:
            # Not above, because it takes as long to load as the parser's processes take to start.
            from llmstxt_sched.cli.crawling.crawled_site import crawled, write
            from llmstxt_sched.outbound.client import open_client
            from llmstxt_sched.outbound.dial import read_nameservers

            nameservers = read_nameservers(settings.egress.nameservers)
            async with (
                open_client(gate, agent, nameservers) as client,
                crawled(arguments.url, limits, client, parser, credentials.request_headers()) as site,
            ):
                write(site, arguments.out, waits)
                _tell(site, arguments.out)
    except ConfigError as error:
        return _complain(error.message, BAD_ARGUMENTS)
    except CrawlFailed as error:
        return _complain(error.message, NOTHING)
    except OSError as error:
        forget_output()
        place = error.filename or arguments.out or "standard output"
        return _complain(f"{place} cannot be written: {error.strerror}", NOTHING)
    return WRITTEN


def _patterns(arguments: argparse.Namespace) -> Iterator[tuple[str, str]]:
    yield from (("--include", pattern) for pattern in arguments.include)
    yield from (("--exclude", pattern) for pattern in arguments.exclude)


def _check_pattern(option: str, pattern: str, host: str) -> None:
    try:
        check_address_glob(pattern, [host])
    except ValueError as error:
        raise ValueError(f"{option}: {error}") from None


def _folder(text: str) -> Path:
    # A variable of a script that is not set; it would be the working directory.
    if not text:
        raise argparse.ArgumentTypeError("a folder is wanted; . is the one that this command is called in")
    return Path(text)


def _tell(site: CrawledSite, folder: Path | None) -> None:
    place = "listed" if folder is None else f"written to {folder}"
    _say(crawl_summary(site.report, len(site.pages), site.left_out, place))


def _complain(message: str, status: int) -> int:
    _say(message)
    return status


def _say(message: str) -> None:
    print(f"llmstxt-sched: {one_line(message, _MAX_MESSAGE)}", file=sys.stderr)  # noqa: T201 - a command's own voice
