from __future__ import annotations

import pytest
from tests.support.growth import assert_linear

SIZE = 2_000


def test_work_of_one_step_for_each_element_is_linear() -> None:
    assert_linear(lambda size: sum(range(size * 50)), SIZE)


def test_work_of_a_step_for_each_two_elements_is_not() -> None:
    with pytest.raises(AssertionError, match="more than linear"):
        assert_linear(lambda size: [sum(range(size)) for _ in range(size)], SIZE)
