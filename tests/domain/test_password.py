from __future__ import annotations

import pytest

from llmstxt_sched.domain.password import COMMONEST, MIN_CHARACTERS, check_password, normalise
from llmstxt_sched.errors import InvalidInput


@pytest.mark.parametrize("password", ["x" * 11 + "y", "a b c d e f", "ÄÖÜäöüß€漢字", " " * 10, "correct horse battery"])
def test_any_long_password_is_good(password: str) -> None:
    check_password(password)


@pytest.mark.parametrize("password", ["", "a1!B2?c3.", "漢字漢字漢字漢字漢", "e\u0301" * 9])
def test_one_with_fewer_than_ten_characters_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput, match="10 characters"):
        check_password(password)


@pytest.mark.parametrize("password", ["1234567890", "Password123", "QWERTYUIOP", "1Q2w3E4r5T"])
def test_one_of_the_commonest_is_refused_in_any_case(password: str) -> None:
    with pytest.raises(InvalidInput, match="commonest") as refused:
        check_password(password, "new_password")
    assert refused.value.errors[0][0] == "new_password"


def test_the_commonest_are_kept_as_they_are_compared() -> None:
    assert len(COMMONEST) > 400
    assert {each for each in COMMONEST if len(each) < MIN_CHARACTERS or normalise(each).casefold() != each} == set()


def test_keyboards_that_compose_characters_in_another_way_type_the_same_password() -> None:
    assert normalise("cafe\u0301 au lait") == normalise("caf\u00e9 au lait")
