from __future__ import annotations

from llmstxt_sched.domain.host_turns import Turns


def test_the_first_turn_is_at_once_and_each_other_a_delay_later() -> None:
    turns = Turns()
    assert [turns.reserve("a", 100, 2) for _ in range(3)] == [0, 2, 4]
    assert turns.reserve("b", 100, 2) == 0


def test_a_turn_whose_time_has_passed_is_at_once() -> None:
    turns = Turns()
    turns.reserve("a", 100, 2)
    assert turns.reserve("a", 101, 2) == 1
    assert turns.reserve("a", 110, 2) == 0


def test_a_host_that_asks_for_rest_gets_it_and_never_less_than_before() -> None:
    turns = Turns()
    turns.reserve("a", 100, 0, away=30)
    assert turns.reserve("a", 100, 0, away=5) == 30
    assert turns.reserve("a", 120, 0) == 10


def test_of_many_hosts_only_those_with_a_turn_to_come_are_remembered() -> None:
    turns = Turns()
    for number in range(1500):
        turns.reserve(f"{number}.example", number, 1)
    assert len(turns._free_at) <= 1002
    assert turns.reserve("1499.example", 1499, 1) == 1
