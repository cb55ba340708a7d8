"""Parses pages in worker processes, because a hostile page may keep a parser busy and only a process can be killed.

A page cannot harm the service: a worker is killed after PAGE_SECONDS of CPU time, its address space is limited, and
what it returns is read as plain data.  Time on the clock would be a page's bad luck on a busy machine.  All that a
worker loads is `parser_process`, which nobody else loads.
"""

from __future__ import annotations

import signal
from types import TracebackType

import msgspec

from llmstxt_sched.crawler.model import PAGE_SECONDS
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.picks import NO_PICKS, Picks
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.process.child_pool import ChildEnded, ChildPool
from llmstxt_sched.process.child_process import Named

# On the clock, for a worker that neither computes nor ends; even on a busy machine a page gets its CPU time sooner.
_IDLE_SECONDS = 12 * PAGE_SECONDS
# In bytes.  A page of 10 MiB needs a few hundred MiB as a tree and as Markdown.
WORKER_ADDRESS_SPACE = 2 * 1024**3
# In bytes, with links and all.  What a worker that a page has taken over packs into it is read within a second.
_LARGEST_CONTENT = 32 * 1024**2
# Of pages that are slow to read: those of one site hold up the small ones of others as little as can be.
_BYTES_A_SECOND = 100_000

_PARSE = Named("llmstxt_sched.crawler.parser_process:parse")
_write = msgspec.msgpack.encode
_ANSWER = msgspec.msgpack.Decoder(Content | str)


class ParserPool:
    """A PageParser that runs in `workers` processes, one page each at a time; an async context manager."""

    def __init__(self, workers: int) -> None:
        self._pool = ChildPool(workers, _PARSE, address_space=WORKER_ADDRESS_SPACE, largest_answer=_LARGEST_CONTENT)

    async def __aenter__(self) -> ParserPool:
        await self._pool.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.close()

    async def parse(self, body: bytes, url: str, content_type: str, picks: Picks = NO_PICKS) -> Content:
        """Parse the page at `url`; `picks` are the project's own selectors.

        Raises FetchFailed: "parse_error" if it cannot be parsed, took more than PAGE_SECONDS of CPU time or crashed its
        worker, which a second try would not change; "timeout" if the worker stood still or none can be started.
        """
        try:
            parsed: Content | str = await self._pool.call(
                lambda: _write((body, url, content_type, picks)),
                _ANSWER.decode,
                _IDLE_SECONDS,
                effort=len(body) / _BYTES_A_SECOND,
            )
        except ChildEnded as ended:
            raise FetchFailed("parse_error", f"{url} was not parsed: {_reason(ended)}") from None
        except TimeoutError:
            raise FetchFailed("timeout", f"{url} was not parsed within {_IDLE_SECONDS:g} s") from None
        except OSError as error:
            raise FetchFailed("timeout", f"{url} was not parsed: no worker can be started ({error})") from None
        # msgspec's own error, and that of text that is none, are ValueErrors.
        except (ValueError, RecursionError, MemoryError) as error:
            raise FetchFailed("parse_error", f"{url} was not parsed: its worker answers nonsense ({error})") from None
        if isinstance(parsed, str):
            raise FetchFailed("parse_error", f"{url} was not parsed: {parsed}")
        return parsed


def _reason(ended: ChildEnded) -> str:
    if ended.exit_code == -signal.SIGPROF:
        return f"it takes more than {PAGE_SECONDS:g} s of CPU time"
    # No process that is at work ends so by itself.
    return "it brought its worker down" if ended.exit_code else "there is no worker any more"
