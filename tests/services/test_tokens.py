from __future__ import annotations

import asyncio
import hashlib
from uuid import uuid4

import msgspec
import pytest
from tests.support.engine import Engine

from llmstxt_sched.errors import NotFound, Unauthorized
from llmstxt_sched.services.idempotency import IdempotentRequest, Once
from llmstxt_sched.services.tokens import BOOTSTRAP_ID, Tokens
from llmstxt_sched.store.idempotency import StoredResponse
from llmstxt_sched.store.tokens import Token

ASKER = "llms_asker"


def kept(token: Token) -> StoredResponse:
    return StoredResponse(201, msgspec.json.encode(token))


async def test_a_token_is_shown_once_and_known_by_its_hash(engine: Engine) -> None:
    tokens = Tokens(engine.database)
    secret = (await tokens.create("laptop", ASKER, Once())).secret
    (shown,) = await tokens.page(None, 10)
    assert (shown.name, shown.last_used_at) == ("laptop", None)
    assert await tokens.identify(secret) == shown.id
    (used,) = await tokens.page(None, 10)
    assert used.last_used_at
    (row,) = await engine.sql("SELECT * FROM tokens")
    assert row["sha256"] == hashlib.sha256(secret.encode()).digest()
    assert secret not in str(dict(row))
    assert len(secret) == 48


async def test_the_same_request_gets_the_same_token_which_stands_nowhere(engine: Engine) -> None:
    tokens = Tokens(engine.database)
    asker = (await tokens.create("asker", ASKER, Once())).secret
    asking = IdempotentRequest(await tokens.identify(asker), "key", b"one")
    first, again = [await tokens.create("laptop", asker, Once(asking, kept)) for _ in range(2)]
    assert first == again
    assert await tokens.identify(first.secret) == first.token.id
    assert len(await tokens.page(None, 10)) == 2
    stored = await engine.sql("SELECT * FROM tokens, idempotency_keys")
    assert not [row for row in stored if first.secret in str(dict(row))]
    other = await tokens.create("laptop", asker, Once(IdempotentRequest(asking.token_id, "other key", b"one"), kept))
    assert other.secret != first.secret


@pytest.mark.parametrize("secret", ["", "llms_", "llms_" + "a" * 43, "\udcff".encode("utf-8", "replace").decode()])
async def test_what_is_no_token_is_nobody(engine: Engine, secret: str) -> None:
    with pytest.raises(Unauthorized):
        await Tokens(engine.database).identify(secret)


async def test_a_revoked_token_is_nobodys(engine: Engine) -> None:
    tokens = Tokens(engine.database)
    secret = (await tokens.create("laptop", ASKER, Once())).secret
    token = await tokens.identify(secret)
    await tokens.revoke(token)
    with pytest.raises(Unauthorized):
        await tokens.identify(secret)
    for unknown in (token, uuid4()):
        with pytest.raises(NotFound):
            await tokens.revoke(unknown)


async def test_the_first_start_makes_one_token_on_however_many_replicas(engine: Engine, other: Engine) -> None:
    made = await asyncio.gather(*(Tokens(each.database).prepare("") for each in (engine, other) * 3))
    (secret,) = [each for each in made if each]
    tokens = Tokens(engine.database)
    assert await tokens.identify(secret)
    assert await tokens.prepare("") is None


async def test_the_token_of_the_environment_takes_the_place_of_the_one_before(engine: Engine) -> None:
    tokens = Tokens(engine.database)
    assert await tokens.prepare("first") is None
    assert await tokens.identify("first") == BOOTSTRAP_ID
    await tokens.prepare("second")
    assert await tokens.identify("second") == BOOTSTRAP_ID
    with pytest.raises(Unauthorized):
        await tokens.identify("first")
    assert await tokens.prepare(""), "nobody can sign in any more, so a token is made"
    with pytest.raises(Unauthorized):
        await tokens.identify("second")


async def test_tokens_are_listed_newest_first_in_pages(engine: Engine) -> None:
    tokens = Tokens(engine.database)
    for name in "abcde":
        await tokens.create(name, ASKER, Once())
    first = await tokens.page(None, 3)
    second = await tokens.page((first[-1].created_at, first[-1].id), 3)
    assert [token.name for token in first + second] == ["e", "d", "c", "b", "a"]
