from __future__ import annotations

import pytest

from llmstxt_sched.domain.rate_limits import WINDOW_SECONDS, Limit, Windows, counted_as

TWO = Limit("sign_in", "a", 2)


def test_what_is_within_the_limit_is_at_once_and_what_is_not_waits_for_the_window_to_end() -> None:
    windows = Windows()
    assert [windows.attempt([TWO], at) for at in (100, 110, 120, 150)] == [0, 0, WINDOW_SECONDS - 20, 10]


def test_a_window_that_has_ended_is_followed_by_a_new_one() -> None:
    windows = Windows()
    for at in (100, 101, 102):
        windows.attempt([TWO], at)
    assert [windows.attempt([TWO], at) for at in (160, 161, 162)] == [0, 0, 58]


def test_each_has_a_window_of_its_own() -> None:
    windows = Windows()
    for _ in range(3):
        windows.attempt([TWO], 100)
    assert windows.attempt([TWO], 100) > 0
    assert windows.attempt([Limit("sign_in", "b", 2)], 100) == 0
    assert windows.attempt([Limit("create", "a", 2)], 100) == 0


def test_what_exceeds_one_limit_is_not_charged_to_the_next() -> None:
    windows = Windows()
    own, shared = Limit("address", "a", 1), Limit("name", "n", 3)
    assert [windows.attempt([own, shared], 100) > 0 for _ in range(10)] == [False] + 9 * [True]
    assert [windows.attempt([shared], 100) > 0 for _ in range(3)] == [False, False, True]


def test_of_many_windows_only_those_that_have_not_ended_are_remembered() -> None:
    windows = Windows()
    for number in range(15_000):
        windows.attempt([Limit("create", str(number), 1)], number / 10)
    assert len(windows._windows) <= 10_000
    assert windows.attempt([Limit("create", "14999", 1)], 1500) > 0


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_address_counts_as_its_network(address: str, who: str) -> None:
    assert counted_as(address) == who
