from __future__ import annotations

from uuid import UUID

import pytest

from llmstxt_sched.domain.user import (
    MAX_NAME,
    Identity,
    Role,
    TokenScope,
    check_user_name,
    lesser,
    refusal,
    role_of,
    scope_of,
)
from llmstxt_sched.errors import InvalidInput

USER, TOKEN, SESSION = (UUID(int=number) for number in (1, 2, 3))
ROLES = list(Role)


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert [[role.allows(needed) for needed in ROLES] for role in ROLES] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_a_scope_stands_for_the_role_that_may_do_as_much() -> None:
    assert [role_of(scope) for scope in TokenScope] == ROLES
    assert [scope_of(role) for role in ROLES] == list(TokenScope)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scope", list(TokenScope))
def test_a_token_may_do_the_lesser_of_its_scope_and_its_users_role(role: Role, scope: TokenScope) -> None:
    identity = Identity(user_id=USER, user_role=role, token_id=TOKEN, scope=scope)
    assert identity.role is lesser(role, role_of(scope))
    for needed in ROLES:
        assert identity.role.allows(needed) == (role.allows(needed) and role_of(scope).allows(needed))


def test_a_session_may_do_what_its_user_may_and_a_token_of_nobody_what_its_scope_says() -> None:
    assert [Identity(user_id=USER, user_role=role, session_id=SESSION).role for role in ROLES] == ROLES
    assert [Identity(token_id=TOKEN, scope=scope).role for scope in TokenScope] == ROLES


def test_a_refusal_says_whether_the_token_or_the_user_may_not() -> None:
    reading = Identity(user_id=USER, user_role=Role.ADMIN, token_id=TOKEN, scope=TokenScope.READ)
    assert refusal(reading, Role.VIEWER) is None
    assert refusal(reading, Role.EDITOR) == "this token may only read: use one with the scope 'write'"
    writing = Identity(user_id=USER, user_role=Role.ADMIN, token_id=TOKEN, scope=TokenScope.WRITE)
    assert refusal(writing, Role.ADMIN) == "this token may not administer: use one with the scope 'admin'"
    viewer = Identity(user_id=USER, user_role=Role.VIEWER, session_id=SESSION)
    assert "your role is viewer" in (refusal(viewer, Role.EDITOR) or "")
    demoted = Identity(user_id=USER, user_role=Role.VIEWER, token_id=TOKEN, scope=TokenScope.ADMIN)
    assert "your role is viewer" in (refusal(demoted, Role.ADMIN) or "")


def test_an_account_is_changed_in_a_session_of_its_user_and_never_by_a_token() -> None:
    assert Identity(user_id=USER, session_id=SESSION).owns_account
    assert not Identity(user_id=USER, session_id=SESSION, token_id=TOKEN).owns_account
    assert not Identity(user_id=USER, token_id=TOKEN).owns_account
    assert not Identity(token_id=TOKEN, session_id=SESSION).owns_account


def test_an_idempotency_key_belongs_to_the_token_or_in_a_session_to_the_user() -> None:
    assert Identity(user_id=USER, token_id=TOKEN).owner_id == TOKEN
    assert Identity(user_id=USER, token_id=TOKEN, session_id=SESSION).owner_id == USER
    assert Identity(user_id=USER, session_id=SESSION).owner_id == USER
    assert Identity(token_id=TOKEN, session_id=SESSION).owner_id == TOKEN


@pytest.mark.parametrize(("given", "name"), [("  Zoe\u0308 ", "Zoë"), ("a b", "a b"), ("x" * MAX_NAME, "x" * MAX_NAME)])
def test_a_name_is_stored_in_one_form(given: str, name: str) -> None:
    assert check_user_name(given) == name


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\u0000", "a\u202eb", "x" * (MAX_NAME + 1)])
def test_a_name_that_could_not_be_told_apart_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        check_user_name(name)
