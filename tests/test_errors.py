from __future__ import annotations

import pytest

from llmstxt_sched.errors import MOST_ERRORS, Conflict, Faults, InvalidInput


def test_what_several_checks_find_is_told_at_once() -> None:
    faults = Faults()
    with faults:
        raise InvalidInput("a", "is wrong", ("b", "is wrong too"))
    with faults:
        pass
    faults.note("c", "is needed")
    with pytest.raises(InvalidInput) as refused:
        faults.tell()
    assert refused.value.errors == (("a", "is wrong"), ("b", "is wrong too"), ("c", "is needed"))
    assert refused.value.sentence == "a: is wrong; b: is wrong too; c: is needed"


def test_without_a_fault_nothing_is_told_and_another_error_goes_on() -> None:
    faults = Faults()
    faults.tell()
    with pytest.raises(KeyError), faults:
        raise KeyError


def test_of_very_many_faults_it_is_told_how_many_more_there_are() -> None:
    faults = Faults()
    for _ in range(MOST_ERRORS + 5):
        faults.note("crawl.include", "matches no address")
    with pytest.raises(InvalidInput) as refused:
        faults.tell()
    assert len(refused.value.errors) == MOST_ERRORS + 5
    assert refused.value.told[MOST_ERRORS:] == (("", "and 5 more"),)
    assert refused.value.sentence.endswith("; and 5 more")


def test_of_a_field_that_was_left_out_of_the_checks_nothing_more_is_told() -> None:
    faults = Faults(("options", "must be an object"), ("name", "must be a text"))
    faults.note("options.branch", "is needed")
    faults.note("names", "are too many")
    with faults:
        raise InvalidInput("name", "is needed", ("address", "is needed"))
    with pytest.raises(InvalidInput) as refused:
        faults.tell()
    assert [field for field, _ in refused.value.errors] == ["options", "name", "names", "address"]


def test_what_is_wrong_is_told_before_what_is_in_conflict() -> None:
    faults = Faults(("name", "must be a text"))
    with faults:
        raise Conflict("the project has no schedule")
    with pytest.raises(InvalidInput):
        faults.tell()
    with pytest.raises(Conflict), Faults():
        raise Conflict("the project has no schedule")
