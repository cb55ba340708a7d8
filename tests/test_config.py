from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import fields

from llmstxt_sched.config import Settings, groups_of, read_settings, url_host, variable
from llmstxt_sched.errors import ConfigError


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({}) == Settings()


def test_a_name_sets_the_field_of_its_group() -> None:
    settings = read_settings(
        {"LLMSTXT_CRAWL__WORKERS": "9", "LLMSTXT_CRAWL__DELAY_SECONDS": "0", "LLMSTXT_LOG__FORMAT": "json"}
    )
    assert settings.crawl.workers == 9
    assert settings.crawl.delay_seconds == 0
    assert settings.log.format == "json"
    assert settings.crawl.max_pages == Settings().crawl.max_pages


def test_the_servers_have_names_that_everyone_uses() -> None:
    settings = read_settings({"DATABASE_URL": "postgresql://x", "REDIS_URL": "redis://y", "REDIS_KEY_PREFIX": "z:"})
    assert (settings.database_url, settings.redis_url, settings.redis_key_prefix) == (
        "postgresql://x",
        "redis://y",
        "z:",
    )


@pytest.mark.parametrize(
    "name",
    ["LLMSTXT_CRAWL__WORKER", "LLMSTXT_WORKERS", "LLMSTXT_", "LLMSTXT_CRAWL", "LLMSTXT_CRAWL__", "LLMSTXT_NO__PORT"],
)
def test_an_unknown_name_is_refused_and_named(name: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name} is not a setting"):
        read_settings({name: "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LLMSTXT_API__PORT", "0"),
        ("LLMSTXT_API__PORT", "65536"),
        ("LLMSTXT_API__PORT", "http"),
        ("LLMSTXT_CRAWL__WORKERS", "0"),
        ("LLMSTXT_CRAWL__WORKERS", "1.5"),
        ("LLMSTXT_CRAWL__WORKERS", ""),
        ("LLMSTXT_CRAWL__WORKERS", "2147483647"),
        ("LLMSTXT_CRAWL__PARSERS", "2147483647"),
        ("LLMSTXT_CRAWL__DELAY_SECONDS", "-1"),
        ("LLMSTXT_CRAWL__MAX_SECONDS", "nan"),
        ("LLMSTXT_SCHEDULER__INTERVAL_SECONDS", "0"),
        ("LLMSTXT_SCHEDULER__INTERVAL_SECONDS", "inf"),
        ("LLMSTXT_SCHEDULER__INTERVAL_SECONDS", "1e-300"),
        ("LLMSTXT_SCHEDULER__JITTER_SECONDS", "1000000000000"),
        ("LLMSTXT_CRAWL__RUNS_PER_HOST", "3000000000"),
        ("LLMSTXT_NOTIFY__RETRY_SECONDS", "5,soon"),
        ("LLMSTXT_NOTIFY__RETRY_SECONDS", "5,-1"),
        ("LLMSTXT_NOTIFY__RETRY_SECONDS", "nan"),
        ("LLMSTXT_LOG__LEVEL", "loud"),
        ("LLMSTXT_REDIS__ALLOW_EVICTION", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_and_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name}='{value}' cannot be used: "):
        read_settings({name: value})


@pytest.mark.parametrize(
    "name",
    [
        "LLMSTXT_CRAWL__WORKERS",
        "LLMSTXT_LOG__LEVEL",
        "LLMSTXT_API__PORT",
        "LLMSTXT_API__HOST",
        "LLMSTXT_HEALTH__HOST",
        "LLMSTXT_SMTP__SECURITY",
    ],
)
def test_a_value_that_is_empty_is_told_so(name: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name}='' cannot be used: it is empty; unset it, or"):
        read_settings({name: ""})


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("LLMSTXT_LOG__LEVEL", "trace", "it is one of debug, info, warning, error"),
        ("LLMSTXT_LOG__FORMAT", "xml", "it is one of console, json"),
        ("LLMSTXT_SMTP__SECURITY", "ssl", "it is one of starttls, tls, none"),
        ("LLMSTXT_REDIS__ALLOW_EVICTION", "yes", "it is one of true, false"),
        ("LLMSTXT_CRAWL__WORKERS", "many", "it must be a whole number"),
        ("LLMSTXT_CRAWL__WORKERS", "0", "it must be at least 1"),
        ("LLMSTXT_CRAWL__DELAY_SECONDS", "short", "it must be a number"),
    ],
)
def test_a_value_that_is_none_of_a_setting_is_told_what_it_may_be(name: str, value: str, told: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name}='{value}' cannot be used: {told}$"):
        read_settings({name: value})


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "REDIS_URL", "REDIS_KEY_PREFIX", "LLMSTXT_SECRETS__KEY", "LLMSTXT_AUTH__BOOTSTRAP_TOKEN"]
)
def test_bytes_that_are_no_text_are_refused_and_not_shown(name: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read_settings({name: os.fsdecode(b"hunter2\xff")})
    assert refused.value.message == f"{name} holds bytes that are not UTF-8: set it to a text"


def test_white_space_around_a_value_does_not_count() -> None:
    token = "x" * 32
    settings = read_settings(
        {
            "DATABASE_URL": "\tpostgresql://x\n",
            "REDIS_URL": " redis://y\r\n",
            "LLMSTXT_API__PUBLIC_URL": "https://docs.example\n",
            "LLMSTXT_AUTH__BOOTSTRAP_TOKEN": f" {token}\n",
            "LLMSTXT_CLIENT__TOKEN": f"{token}\n",
            "LLMSTXT_CRAWL__WORKERS": "9\n",
            "LLMSTXT_LOG__LEVEL": " info\n",
            "LLMSTXT_DATA__DIR": "/data\n",
        }
    )
    assert (settings.database_url, settings.redis_url) == ("postgresql://x", "redis://y")
    assert settings.public_url == "https://docs.example"
    assert settings.auth.bootstrap_token == settings.client.token == token
    assert (settings.crawl.workers, settings.log.level, settings.data.dir) == (9, "info", "/data")


def test_every_character_of_a_key_counts() -> None:
    names = [variable("secrets", option) for option in ("key", "old_key")]
    secrets = read_settings(dict.fromkeys(names, " a key\n")).secrets
    assert (secrets.key, secrets.old_key) == (" a key\n", " a key\n")


def test_words_are_taken_in_capitals_too() -> None:
    settings = read_settings(
        {"LLMSTXT_LOG__LEVEL": "WARNING", "LLMSTXT_LOG__FORMAT": "Json", "LLMSTXT_SMTP__SECURITY": "TLS"}
    )
    assert (settings.log.level, settings.log.format, settings.smtp.security) == ("warning", "json", "tls")


def test_no_number_is_larger_than_postgres_and_its_times_take() -> None:
    for group, kind in groups_of(Settings).items():
        for each in fields(kind):
            default = getattr(getattr(Settings(), group), each.name)
            is_number = isinstance(default, int | float) and not isinstance(default, bool)
            for value in ("1" + "0" * 25, str(2**63), "1e308") if is_number else ():
                with pytest.raises(ConfigError, match=variable(group, each.encode_name)):
                    read_settings({variable(group, each.encode_name): value})


def test_every_setting_is_set_by_the_name_that_variable_gives() -> None:
    for group, kind in groups_of(Settings).items():
        for each in fields(kind):
            default = getattr(getattr(Settings(), group), each.name)
            value = "true" if isinstance(default, bool) else str(default)
            read_settings({variable(group, each.encode_name): value or default})


def test_the_public_address_comes_from_host_and_port_until_it_is_set() -> None:
    assert read_settings({"LLMSTXT_API__HOST": "::1"}).public_url == "http://[::1]:8080"
    assert read_settings({"LLMSTXT_API__PUBLIC_URL": "https://docs.example/"}).public_url == "https://docs.example"
    assert url_host("127.0.0.1") == "127.0.0.1"


def test_the_data_folder_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings({"LLMSTXT_DATA__DIR": "data"}).data_dir == tmp_path / "data"
    assert read_settings({}).data_dir.is_absolute()


def test_a_data_folder_of_nobody_is_refused_with_the_setting_to_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=r"would be ~nosuchuser/x, and .* is not known: set LLMSTXT_DATA__DIR"):
        _ = read_settings({"LLMSTXT_DATA__DIR": "~nosuchuser/x"}).data_dir
    # A container may be run as any number, of which nothing is known.
    monkeypatch.setattr("os.geteuid", lambda: 2_147_483_000)
    monkeypatch.setattr("os.getuid", lambda: 2_147_483_000)
    monkeypatch.delenv("HOME", raising=False)
    with pytest.raises(ConfigError, match=r"would be ~/.*: set LLMSTXT_DATA__DIR to another"):
        _ = read_settings({}).data_dir
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(ConfigError, match="LLMSTXT_DATA__DIR='data' cannot be used"):
        _ = read_settings({"LLMSTXT_DATA__DIR": "data"}).data_dir


def test_a_short_bootstrap_token_is_refused_and_not_shown() -> None:
    with pytest.raises(ConfigError) as refused:
        read_settings({"LLMSTXT_AUTH__BOOTSTRAP_TOKEN": "hunter2"})
    assert refused.value.message == (
        "LLMSTXT_AUTH__BOOTSTRAP_TOKEN has fewer than 32 characters: `openssl rand -base64 32` makes one that is safe"
    )
    assert read_settings({"LLMSTXT_AUTH__BOOTSTRAP_TOKEN": "x" * 32}).auth.bootstrap_token == "x" * 32


@pytest.mark.parametrize("name", ["LLMSTXT_AUTH__BOOTSTRAP_TOKEN", "LLMSTXT_CLIENT__TOKEN"])
@pytest.mark.parametrize("token", ["a\nb", "é", "\x07"])
def test_a_token_that_no_request_can_send_is_refused(name: str, token: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name} has characters that no request can send"):
        read_settings({name: "x" * 32 + token + "x"})


@pytest.mark.parametrize(
    "url",
    [
        "llms.example.com",
        "ftp://a",
        "https://",
        "https://u:p@a",
        "https://a?b",
        "https://a:x",
        "https://[a",
        "https://a b",
        "https://a\n.example",
        "https://a/\x07",
        "https://a..b",
    ],
)
def test_a_public_url_must_be_one(url: str) -> None:
    with pytest.raises(ConfigError, match="LLMSTXT_API__PUBLIC_URL"):
        read_settings({"LLMSTXT_API__PUBLIC_URL": url})


@pytest.mark.parametrize(
    "url", ["", "http://10.0.0.1:8080", "https://bücher.example", "https://llms.example.com/", "http://[::1]:8080"]
)
def test_a_public_url_is_taken(url: str) -> None:
    assert read_settings({"LLMSTXT_API__PUBLIC_URL": url}).api.public_url == url


def test_a_public_url_below_a_path_is_refused_since_the_pages_would_not_find_their_files() -> None:
    with pytest.raises(ConfigError, match="has a path, and the service needs a host of its own"):
        read_settings({"LLMSTXT_API__PUBLIC_URL": "https://example.org/llms/"})


SMTP = {
    "LLMSTXT_SMTP__HOST": "mail.example.com",
    "LLMSTXT_SMTP__FROM": "docs@example.com",
    "LLMSTXT_SMTP__USER": "docs",
    "LLMSTXT_SMTP__PASSWORD": "open sesame",
}


def test_mail_needs_a_server_and_a_sender_and_shows_no_password() -> None:
    smtp = read_settings(SMTP).smtp
    assert (smtp.host, smtp.sender) == ("mail.example.com", "docs@example.com")
    assert "sesame" not in repr(smtp)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"LLMSTXT_SMTP__HOST": ""}, "LLMSTXT_SMTP__HOST is not set, but"),
        ({"LLMSTXT_SMTP__HOST": "mail..example"}, "LLMSTXT_SMTP__HOST='mail..example' is no name of a host"),
        ({"LLMSTXT_SMTP__FROM": ""}, "LLMSTXT_SMTP__HOST is set, but not LLMSTXT_SMTP__FROM"),
        ({"LLMSTXT_SMTP__USER": ""}, "LLMSTXT_SMTP__USER and LLMSTXT_SMTP__PASSWORD are needed together"),
        ({"LLMSTXT_SMTP__SECURITY": "none"}, "LLMSTXT_SMTP__PASSWORD would be sent in the clear"),
    ],
)
def test_settings_of_mail_that_lack_another_are_refused(changed: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=f"^{message}"):
        read_settings(SMTP | changed)


def test_all_that_is_wrong_is_told_at_once_a_line_each() -> None:
    with pytest.raises(ConfigError) as refused:
        read_settings(
            {
                "LLMSTXT_API__PORT": "http",
                "LLMSTXT_CRAWL__WORKER": "9",
                "LLMSTXT_CRAWL__WORKERS": "0",
                "LLMSTXT_CRAWL__DELAY_SECONDS": "-1",
                "LLMSTXT_AUTH__BOOTSTRAP_TOKEN": "short",
                "LLMSTXT_API__PUBLIC_URL": "llms",
                "LLMSTXT_SMTP__USER": "x",
                "REDIS_URL": "\udcff",
            }
        )
    names = [line.partition(" ")[0].partition("=")[0] for line in refused.value.message.splitlines()]
    assert sorted(names) == [
        "LLMSTXT_API__PORT",
        "LLMSTXT_API__PUBLIC_URL",
        "LLMSTXT_AUTH__BOOTSTRAP_TOKEN",
        "LLMSTXT_CRAWL__DELAY_SECONDS",
        "LLMSTXT_CRAWL__WORKER",
        "LLMSTXT_CRAWL__WORKERS",
        "LLMSTXT_SMTP__HOST",
        "REDIS_URL",
    ]
