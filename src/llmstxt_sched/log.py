"""The log: one line for each event on standard error, readable on a terminal, JSON elsewhere.

    log = structlog.get_logger()
    log.info("run finished", run_id=run.id, pages=12)

What libraries log through the standard library's `logging` is written in the same form, if it is at least a warning.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOBase
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Fields that may span several lines; line breaks in all others are escaped.
_BLOCKS = ("exception", "stack")


def configure(level: str = "info", format: str = "", stream: TextIO | None = None) -> None:  # noqa: A002
    """Configure all logging to write to `stream` (None means standard error).

    `level` is the lowest level that is logged; `format` is `console`, `json`, or empty for `console` on a terminal and
    `json` elsewhere.
    """
    lines = cast("TextIO", _Unfailing(stream or sys.stderr))
    is_console = format == "console" or (not format and lines.isatty())
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render = _console(colors=lines.isatty()) if is_console else _json()
    structlog.configure(
        processors=[*common, *render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=lines),
    )
    handler = logging.StreamHandler(lines)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*common, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)


class _Unfailing(TextIOBase):
    """Another stream, on which a line that cannot be written is lost, and nothing else.

    Where a log fills its disk, or its reader has gone, every member of the service would end by what it has to say.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def isatty(self) -> bool:
        return self._stream.isatty()

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def _json() -> Sequence[Processor]:
    # structlog would by default log the local variables of each frame, which contain passwords and page bodies.
    tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return (structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer())


def _console(*, colors: bool) -> Sequence[Processor]:
    # Plain tracebacks for the same reason: the default ones show local variables.
    renderer = structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)
    return (structlog.processors.format_exc_info, escape_controls, renderer)


def escape_controls(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    """Escape line breaks, terminal sequences and other control characters.

    Otherwise a URL or a title from a crawled site could forge log lines or send sequences to the terminal.  JSON needs
    no such step, because it escapes these characters anyway.
    """
    for key, value in event_dict.items():
        if isinstance(value, str):
            lines = value.split("\n") if key in _BLOCKS else [value]
            event_dict[key] = "\n  ".join(_printable(line) for line in lines)
    return event_dict


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
