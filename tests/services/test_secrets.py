from __future__ import annotations

import stat
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from llmstxt_sched.config import DataSettings, SecretsSettings, Settings
from llmstxt_sched.errors import ConfigError, Conflict
from llmstxt_sched.services.secrets import KEY_FILE, Secrets, UnreadableSecret, secrets_of

OWNER = uuid4()
NEW, OLD = "the new key of the tests", "the old key of the tests"
EXTERNAL = Settings(database_url="postgresql://db.example/")


@pytest.mark.slow
def test_a_sealed_secret_is_opened_by_its_key_and_for_its_owner_alone() -> None:
    sealed = Secrets([OLD]).seal(OWNER, b"s3cret")
    assert b"s3cret" not in sealed
    assert Secrets([OLD]).open(OWNER, sealed) == (b"s3cret", True)
    for secrets, owner, text in (
        (Secrets([NEW]), OWNER, sealed),
        (Secrets(), OWNER, sealed),
        (Secrets([OLD]), uuid4(), sealed),
        (Secrets([OLD]), OWNER, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (Secrets([OLD]), OWNER, b"\x02" + sealed[1:]),
        (Secrets([OLD]), OWNER, b""),
    ):
        with pytest.raises(UnreadableSecret, match="LLMSTXT_SECRETS__KEY"):
            secrets.open(owner, text)


@pytest.mark.slow
def test_a_key_that_was_replaced_still_opens_and_says_that_it_is_old() -> None:
    rotated = Secrets([NEW, OLD])
    assert rotated.open(OWNER, Secrets([OLD]).seal(OWNER, b"s3cret")) == (b"s3cret", False)
    assert Secrets([NEW]).open(OWNER, rotated.seal(OWNER, b"s3cret")) == (b"s3cret", True)


def test_no_two_sealed_secrets_are_alike() -> None:
    secrets = Secrets([NEW])
    assert secrets.seal(OWNER, b"s3cret") != secrets.seal(OWNER, b"s3cret")


def test_nothing_is_sealed_without_a_key() -> None:
    with pytest.raises(Conflict, match="LLMSTXT_SECRETS__KEY"):
        secrets_of(EXTERNAL).seal(OWNER, b"s3cret")


def test_beside_the_embedded_postgres_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=DataSettings(str(tmp_path)))
    sealed = secrets_of(settings).seal(OWNER, b"s3cret")
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert secrets_of(settings).open(OWNER, sealed) == (b"s3cret", True)
    with_own_key = replace(settings, secrets=SecretsSettings(NEW))
    assert secrets_of(with_own_key).open(OWNER, sealed) == (b"s3cret", False)


def test_no_key_is_made_where_one_is_set(tmp_path: Path) -> None:
    secrets_of(Settings(data=DataSettings(str(tmp_path)), secrets=SecretsSettings(NEW)))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("key", "old_key", "name"), [("short", "", "__KEY"), (NEW, "short", "__OLD_KEY")])
def test_a_short_key_is_an_error_that_does_not_show_it(key: str, old_key: str, name: str) -> None:
    settings = replace(EXTERNAL, secrets=SecretsSettings(key, old_key))
    with pytest.raises(ConfigError, match=name) as error:
        secrets_of(settings)
    assert "short" not in error.value.message
    assert NEW not in repr(settings)
