from __future__ import annotations

from typing import Any

import pytest
from tests.support.engine import Engine

from llmstxt_sched.config import LimitSettings
from llmstxt_sched.errors import TooManyRequests
from llmstxt_sched.jobs.rate_limits import RateCounters
from llmstxt_sched.services.rate_limits import Asker, RateLimits

HERE, THERE = "192.0.2.7", "192.0.2.8"
FEW = LimitSettings(
    sign_ins_per_address=3,
    sign_ins_per_name=2,
    creates_per_person=1,
    creates_per_token=2,
    triggers_per_person=1,
    triggers_per_token=2,
)


def limits_of(engine: Engine) -> RateLimits:
    return RateLimits(RateCounters(engine.scripts, engine.keys), FEW)


async def refused(attempt: Any) -> bool:
    try:
        await attempt
    except TooManyRequests:
        return True
    return False


async def test_tries_to_sign_in_are_limited_by_address(engine: Engine) -> None:
    limits = limits_of(engine)
    names = ["a", "b", None, "c"]
    assert [await refused(limits.sign_in(HERE, name)) for name in names] == [False, False, False, True]
    assert not await refused(limits.sign_in(THERE))


async def test_tries_to_sign_in_are_limited_by_name_wherever_they_come_from(engine: Engine) -> None:
    limits = limits_of(engine)
    tries = [("192.0.2.1", "Ada"), ("192.0.2.2", " ADA"), ("192.0.2.3", "ada")]
    assert [await refused(limits.sign_in(*each)) for each in tries] == [False, False, True]
    assert not await refused(limits.sign_in("192.0.2.4", "grace"))


async def test_one_address_cannot_keep_a_user_out_beyond_its_own_limit(engine: Engine) -> None:
    limits = RateLimits(
        RateCounters(engine.scripts, engine.keys), LimitSettings(sign_ins_per_address=1, sign_ins_per_name=3)
    )
    assert [await refused(limits.sign_in(HERE, "ada")) for _ in range(9)] == [False] + 8 * [True]
    assert not await refused(limits.sign_in(THERE, "ada"))


def test_by_default_one_address_cannot_keep_a_user_out() -> None:
    usual = LimitSettings()
    assert usual.sign_ins_per_address < usual.sign_ins_per_name


async def test_a_refusal_says_when_to_try_again(engine: Engine) -> None:
    limits = limits_of(engine)
    asker = Asker("1", is_token=False, address=HERE)
    await limits.create(asker)
    with pytest.raises(TooManyRequests, match=r"too many new projects: try again in \d+ seconds") as refusal:
        await limits.create(asker)
    assert 0 < refusal.value.retry_after <= 60


@pytest.mark.parametrize("what", ["create", "trigger"])
async def test_a_token_may_do_more_than_a_person(engine: Engine, what: str) -> None:
    attempt = getattr(limits_of(engine), what)
    person, token = (Asker("1", is_token=is_token, address=f"192.0.2.{is_token:d}") for is_token in (False, True))
    assert [await refused(attempt(person)) for _ in range(2)] == [False, True]
    assert [await refused(attempt(token)) for _ in range(3)] == [False, False, True]


async def test_many_who_ask_from_one_address_are_limited_together(engine: Engine) -> None:
    limits = limits_of(engine)
    askers = [Asker(str(number), is_token=False, address=HERE) for number in range(3)]
    assert [await refused(limits.create(asker)) for asker in askers] == [False, False, True]


async def test_a_network_of_ipv6_counts_as_one_address(engine: Engine) -> None:
    limits = limits_of(engine)
    tries = [f"2001:db8::{number}" for number in range(4)]
    assert [await refused(limits.sign_in(address)) for address in tries] == [False, False, False, True]
    assert not await refused(limits.sign_in("2001:db8:0:1::1"))
