from __future__ import annotations

import pytest
from argon2 import extract_parameters

from llmstxt_sched.services.people.passwords import HASHER, NOBODYS, Passwords

PASSWORD = "correct horse battery"


@pytest.mark.slow
async def test_a_password_is_known_by_its_hash_alone() -> None:
    passwords = Passwords()
    stored, again = await passwords.hash(PASSWORD), await passwords.hash(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert stored != again
    assert PASSWORD not in stored
    assert await passwords.verify(PASSWORD, stored)
    assert not await passwords.verify(f"{PASSWORD}.", stored)
    passwords.close()


@pytest.mark.slow
async def test_without_a_hash_every_password_is_wrong() -> None:
    passwords = Passwords()
    assert not await passwords.verify(PASSWORD, None)
    assert not await passwords.verify("", None)
    passwords.close()


@pytest.mark.slow
def test_what_an_unknown_name_is_compared_with_costs_what_a_real_hash_costs() -> None:
    """The time that a comparison takes depends on the parameters in the hash alone."""
    assert extract_parameters(NOBODYS) == extract_parameters(HASHER.hash(PASSWORD))
