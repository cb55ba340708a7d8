from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.service import COMMAND

from llmstxt_sched.cli.main import COMMANDS, parser


@pytest.mark.slow
def test_the_help_names_every_command() -> None:
    done = subprocess.run([COMMAND, "--help"], env={}, capture_output=True, text=True, check=True)
    assert re.findall(r"^    ([a-z-]+) ", done.stdout, re.MULTILINE) == [*COMMANDS]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser(name).parse_args([name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: llmstxt-sched {name} ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_says_what_it_is_for_and_whether_it_may_be_repeated(name: str) -> None:
    def arguments(of: argparse.ArgumentParser) -> Iterator[argparse.Action]:
        for each in of._actions:
            if isinstance(each, argparse._SubParsersAction):
                for nested in each.choices.values():
                    yield from arguments(nested)
            else:
                yield each

    top = parser(name)
    commands = next(each for each in top._actions if isinstance(each, argparse._SubParsersAction))
    for argument in arguments(commands.choices[name]):
        assert argument.help, argument.dest
        if isinstance(argument, argparse._AppendAction):
            assert re.search("several times|twice", argument.help), argument.dest


@pytest.mark.slow
@pytest.mark.parametrize("words", ["", "nothing of the kind", "--wrong serve"])
def test_a_command_that_is_none_is_refused_with_the_usage(words: str) -> None:
    done = subprocess.run([COMMAND, *words.split()], env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith("usage: llmstxt-sched ")) == (2, True)


@pytest.mark.slow
def test_a_command_loads_nothing_of_another() -> None:
    """The crawl's client takes half a second to load, and tokens need none."""
    script = "import sys; from llmstxt_sched.cli.main import parser; parser('token'); print('aiohttp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.slow
def test_a_command_does_not_load_what_draws_progress_bars() -> None:
    """The log's library would, wherever it finds it, and so take twice as long to load."""
    script = (
        "import atexit, sys; from llmstxt_sched.cli.main import main; "
        "atexit.register(lambda: print('structlog' in sys.modules, 'rich' in sys.modules)); main(['check', 'nothing'])"
    )
    done = subprocess.run([sys.executable, "-c", script], env={}, capture_output=True, text=True, check=False)
    assert done.stdout == "True False\n"


@pytest.mark.slow
def test_a_process_that_parses_pages_does_not_load_what_the_command_line_needs() -> None:
    """It imports the main module of its parent again, which made its start take twice as long."""
    script = (
        "import sys, llmstxt_sched.cli.main; "
        "import llmstxt_sched.process.child_process, llmstxt_sched.crawler.parser_process; "
        "print({'asyncio', 'rich', 'structlog', 'uvloop'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.slow
def test_only_the_processes_that_parse_pages_load_what_reads_them() -> None:
    """The service started a third of a second later, and `generate` as well."""
    script = (
        "import sys, llmstxt_sched.app, llmstxt_sched.cli.generate, llmstxt_sched.cli.crawling.crawled_site; "
        "print({'llmstxt_sched.extraction.extract', 'lxml', 'markdown_it'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.slow
@pytest.mark.parametrize("environment", [{}, {"PYTHONUNBUFFERED": "1"}])
@pytest.mark.parametrize(
    "words", ["check /dev/stdin", "check --json /dev/stdin", "--help", "check --help", "--version"]
)
def test_an_output_without_room_is_told_in_a_sentence(words: str, environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, *words.split()], env=environment, input=b"x", stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.stderr.endswith(b"llmstxt-sched: what is written finds no room: No space left on device\n")
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)


@pytest.mark.slow
@pytest.mark.parametrize("words", ["check /dev/stdin", "--help", "check --help", "--version"])
def test_an_output_that_nobody_reads_ends_the_command_without_a_word(words: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [COMMAND, *words.split()], env={}, input=b"x", stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, b"Error" in done.stderr) == (1, False)


@pytest.mark.slow
def test_ctrl_c_while_a_command_is_loaded_shows_no_traceback() -> None:
    script = (
        "import os, signal, sys; from llmstxt_sched.cli.main import main\n"
        # It is ignored by what a shell has started in the background, and so by what that starts.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'llmstxt_sched.cli.check': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupts()); main(['check', 'nothing'])"
    )
    done = subprocess.run([sys.executable, "-c", script], env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")
