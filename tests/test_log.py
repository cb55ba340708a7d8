from __future__ import annotations

import errno
import io
import json
import logging
import warnings
from collections.abc import Iterator

import pytest
import structlog

from llmstxt_sched import log


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_json_has_one_object_a_line_with_time_level_and_fields() -> None:
    stream = io.StringIO()
    log.configure(stream=stream)
    structlog.get_logger().info("run finished", pages=12)
    record = json.loads(stream.getvalue())
    assert record.pop("timestamp").endswith("Z")
    assert record == {"event": "run finished", "level": "info", "pages": 12}


@pytest.mark.parametrize("style", ["json", "console"])
def test_text_from_the_network_cannot_break_a_line(style: str) -> None:
    hostile = "a\nb\r\x1b[31m\u2028\u202e\x00\ud800"
    stream = io.StringIO()
    log.configure(format=style, stream=stream)
    structlog.get_logger().warning(hostile, url=hostile, tags=[hostile])
    logging.getLogger("library").warning("%s", hostile)
    lines = stream.getvalue().split("\n")
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)
    assert "[31m" in lines[0]
    assert "[31m" in lines[1]


def test_an_exception_is_one_structured_field_without_variables() -> None:
    stream = io.StringIO()
    log.configure(stream=stream)
    secret = "hunter2"
    try:
        raise ValueError("no\nsuch page")
    except ValueError:
        structlog.get_logger().exception("crawl failed")
    assert len(stream.getvalue().splitlines()) == 1
    (raised,) = json.loads(stream.getvalue())["exception"]
    assert (raised["exc_type"], raised["exc_value"]) == ("ValueError", "no\nsuch page")
    assert secret not in stream.getvalue()


def test_an_exception_on_the_console_keeps_its_lines_but_no_terminal_sequence() -> None:
    stream = io.StringIO()
    log.configure(format="console", stream=stream)
    try:
        raise ValueError("\x1b[2Jgone\nforged 2026")
    except ValueError:
        structlog.get_logger().exception("crawl failed")
    text = stream.getvalue()
    assert "ValueError: \\x1b[2Jgone" in text
    assert "\n  forged 2026" in text


def test_a_terminal_gets_the_console_and_all_else_gets_json() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        log.configure(stream=stream)
        structlog.get_logger().info("started")
    assert not terminal.getvalue().startswith("{")
    assert "\x1b[" in terminal.getvalue()
    assert pipe.getvalue().startswith("{")


def test_what_is_below_the_level_is_not_written() -> None:
    stream = io.StringIO()
    log.configure(level="warning", stream=stream)
    structlog.get_logger().info("quiet")
    logging.getLogger("uvicorn.error").info("quiet")
    structlog.get_logger().warning("loud")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["loud"]


def test_libraries_and_python_warnings_come_out_the_same_way() -> None:
    stream = io.StringIO()
    log.configure(stream=stream)
    logging.getLogger("asyncio").error("slow %s", "callback")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", stacklevel=1)
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["event"], first["logger"], first["level"]) == ("slow callback", "asyncio", "error")
    assert second["logger"] == "py.warnings"
    assert "old" in second["event"]


def test_the_context_is_in_every_line() -> None:
    stream = io.StringIO()
    log.configure(stream=stream)
    with structlog.contextvars.bound_contextvars(run_id="r1"):
        structlog.get_logger().info("page fetched")
    assert json.loads(stream.getvalue())["run_id"] == "r1"


class Full(io.StringIO):
    """A file on a full disk."""

    is_full = True

    def flush(self) -> None:
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")


def test_a_line_that_cannot_be_written_costs_nothing_else() -> None:
    stream = Full()
    log.configure(stream=stream)
    structlog.get_logger().error("a member ended")
    logging.getLogger("library").error("so did this")
    stream.is_full = False
    structlog.get_logger().info("run finished")
    assert json.loads(stream.getvalue().splitlines()[-1])["event"] == "run finished"
