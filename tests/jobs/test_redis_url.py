from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from llmstxt_sched.errors import ConfigError
from llmstxt_sched.jobs.connection import connect
from llmstxt_sched.jobs.redis_url import check_url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("redis://h/0?foo=1", "there is no parameter foo; those that there are: client_name, db, "),
        ("redis://h/0?retry=1", "there is no parameter retry;"),
        ("redis://h/0?ssl_cert_reqs=none", "ssl_cert_reqs is of TLS, which is asked for by rediss:// in front"),
        ("unix:///run/redis.sock?ssl_ca_certs=/etc/ca.pem", "ssl_ca_certs is of TLS"),
        ("rediss://h/0?ssl_cert_reqs=CERT_NONE", "ssl_cert_reqs=CERT_NONE is none of none, optional, required"),
        ("rediss://h/0?ssl_ca_certs=/nonexistent", "ssl_ca_certs=/nonexistent is not there"),
        ("rediss://h/0?ssl_keyfile=/nonexistent", "ssl_keyfile=/nonexistent is not there"),
        ("redis://h/0?protocol=9", "protocol=9 is none of 2, 3"),
        ("redis://a..b/0", "a..b is no name of a host"),
        ("redis://[::1/0", ""),
        ("redis://h/production", "/production is no number of a database, such as /0"),
        ("rediss://h/1/2", "/1/2 is no number of a database"),
        ("redis://:ab/cd@h:6379/0", "a / in its user or password is to be written as %2F"),
        ("redis://h/-1", "/-1 is no number of a database"),
        ("localhost:6379", "it must begin with redis://, rediss:// or unix://"),
        ("//localhost:6379/0", "it must begin with redis://"),
        ("http://h:6379/0", "it must begin with redis://"),
        ("h", "it must begin with redis://"),
    ],
)
def test_what_no_waiting_mends_is_said(url: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=f"^REDIS_URL cannot be used: {reason}"):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "redis://user:p%40ss@h:6379/0?protocol=3&socket_keepalive=yes&health_check_interval=30",
        "rediss://[::1]/0?ssl_cert_reqs=none&ssl_check_hostname=no&ssl_min_version=771",
        "unix:///run/redis.sock?db=1&password=secret",
        "redis://bücher.example",
        "redis://h/",
        "redis://h/1/",
    ],
)
def test_what_redis_py_can_read_is_taken(url: str) -> None:
    check_url(url)
    connect(url, 2)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("redis://h/0?socket_timeout=abc", "Invalid value for 'socket_timeout'"),
        ("unix:///run/redis.sock?socket_keepalive=yes", ".*socket_keepalive"),
        ("rediss://h/0?ssl_min_version=9", ".*9"),
        ("rediss://h/0?ssl_ciphers=none", "SSLError: .*cipher"),
    ],
)
def test_what_redis_py_itself_refuses_is_said_before_it_connects(url: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=f"^REDIS_URL cannot be used: {reason}"):
        connect(url, 2)


def test_a_file_that_holds_no_certificate_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("no certificate")
    with pytest.raises(ConfigError, match=rf"^REDIS_URL cannot be used: {ssl.SSLError.__name__}"):
        connect(f"rediss://h/0?ssl_ca_certs={empty}", 2)
