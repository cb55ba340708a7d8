from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import walk_packages

import llmstxt_sched.extraction
from llmstxt_sched.extraction.lazy_pattern import LazyPattern


def test_a_pattern_finds_what_one_that_is_compiled_does() -> None:
    pattern, text = LazyPattern("b+", re.IGNORECASE), "abBc"
    assert pattern.pattern == "b+"
    found = [pattern.match(text), pattern.match(text, 1), pattern.match(text, 1, 2), pattern.search(text)]
    assert [match and match.span() for match in found] == [None, (1, 3), (1, 2), (1, 3)]
    assert [pattern.fullmatch(each) is not None for each in (text, "bB")] == [False, True]
    assert pattern.sub("-", text) == pattern.sub(lambda _: "-", text) == "a-c"


def test_every_pattern_of_the_reader_can_be_compiled() -> None:
    names = [each.name for each in walk_packages(llmstxt_sched.extraction.__path__, "llmstxt_sched.extraction.")]
    patterns = [each for name in names for each in _patterns_in(vars(import_module(name)).values())]
    assert patterns
    for each in patterns:
        each.search("")


def _patterns_in(values: Iterable[object]) -> Iterable[LazyPattern]:
    for value in values:
        if isinstance(value, LazyPattern):
            yield value
        elif isinstance(value, tuple):
            yield from _patterns_in(value)
        elif isinstance(value, Mapping):
            yield from _patterns_in(value.keys())
