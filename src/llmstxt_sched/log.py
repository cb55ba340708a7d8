"""The log: one event a line on standard error, for a person on a terminal, else JSON.

    log = structlog.get_logger()
    log.info("run finished", run_id=run.id, pages=12)

What libraries write by the standard library's logging comes out the same way, from warnings on.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# These may have several lines; every other field is one.
_BLOCKS = ("exception", "stack")


def configure(level: str = "info", format: str = "", stream: TextIO | None = None) -> None:  # noqa: A002
    """Sends every log to `stream` (None: standard error).

    `level` is that of `Settings.log`; `format` is `console`, `json`, or empty for console on a
    terminal and json elsewhere.
    """
    stream = stream or sys.stderr
    is_console = format == "console" or (not format and stream.isatty())
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render = _console(colors=stream.isatty()) if is_console else _json()
    structlog.configure(
        processors=[*common, *render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*common, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)


def _json() -> Sequence[Processor]:
    # Without the variables of each frame, structlog's default: they hold passwords and page bodies.
    tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return (structlog.processors.ExceptionRenderer(tracebacks), structlog.processors.JSONRenderer())


def _console(*, colors: bool) -> Sequence[Processor]:
    # Plain for the same reason: the default shows variables.
    renderer = structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)
    return (structlog.processors.format_exc_info, escape_controls, renderer)


def escape_controls(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    """Writes line breaks, terminal sequences and the like as escapes: a URL or a title from the network
    must neither begin a line of its own nor reach the terminal.  JSON escapes them by itself.
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
