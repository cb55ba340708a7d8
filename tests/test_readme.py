from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import fields

from llmstxt_sched.cli.main import COMMANDS, parser
from llmstxt_sched.config import Settings, groups_of, variable

README = (Path(__file__).parents[1] / "README.md").read_text()
PLAIN = {"DATABASE_URL", "REDIS_URL", "REDIS_KEY_PREFIX"}


def test_the_readme_lists_every_setting_and_no_other() -> None:
    groups = groups_of(Settings)
    known = {variable(group, each.encode_name) for group, kind in groups.items() for each in fields(kind)}
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == known | PLAIN


def test_the_readme_states_the_defaults() -> None:
    stated = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^ |]+) \|", README, re.MULTILINE))
    for group, kind in groups_of(Settings).items():
        for each in fields(kind):
            if isinstance(each.default, bool):
                assert stated[variable(group, each.encode_name)] == str(each.default).lower()
            elif isinstance(each.default, int | float):
                assert float(stated[variable(group, each.encode_name)]) == each.default


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_option(command: str) -> None:
    row = next(line for line in README.splitlines() if re.match(rf"\| (?:`[^|]*`, )?`{command}\b", line))
    assert [option for option in _options(parser(command)) if option not in row] == []


def _options(of: argparse.ArgumentParser) -> Iterator[str]:
    """The options of a parser and of the commands below it, but those for help and for the version."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _options(below)
        else:
            yield from set(action.option_strings) - {"-h", "--help", "--version"}
