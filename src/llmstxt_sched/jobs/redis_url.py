"""What REDIS_URL may say, before anything is connected: redis-py takes each parameter for an argument of its code."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from llmstxt_sched.errors import ConfigError

FILES = {"ssl_ca_certs", "ssl_ca_path", "ssl_certfile", "ssl_keyfile"}
# The parameters that redis-py can read from a text.
PARAMETERS = {
    "client_name",
    "db",
    "health_check_interval",
    "max_connections",
    "password",
    "protocol",
    "retry_on_timeout",
    "socket_connect_timeout",
    "socket_keepalive",
    "socket_read_size",
    "socket_timeout",
    "ssl_ca_data",
    "ssl_cert_reqs",
    "ssl_check_hostname",
    "ssl_ciphers",
    "ssl_exclude_verify_flags",
    "ssl_include_verify_flags",
    "ssl_min_version",
    "ssl_password",
    "username",
} | FILES
SCHEMES = ("redis://", "rediss://", "unix://")
_DATABASE = re.compile(r"/?|/[0-9]+/?")
WORDS = {"protocol": ("2", "3"), "ssl_cert_reqs": ("none", "optional", "required")}


def check_url(url: str) -> None:
    """Raise ConfigError, which says what is wrong, where no waiting makes REDIS_URL usable."""
    if not url.startswith(SCHEMES):
        # Not repeated, as it may hold a password.
        raise unusable(f"it must begin with {', '.join(SCHEMES[:-1])} or {SCHEMES[-1]}")
    try:
        parts = urlsplit(url)
        unquote(parts.hostname or "").encode("idna")
    except UnicodeError:
        # A part between two points is empty, or has more than 63 characters.
        raise unusable(f"{parts.hostname} is no name of a host") from None
    except ValueError as error:
        raise unusable(str(error)) from None
    # redis-py takes the first database for each name, and the twelfth for /1/2.
    if "@" in parts.path and parts.scheme != "unix":
        # Not shown, since it is a secret.
        raise unusable("a / in its user or password is to be written as %2F")
    if parts.scheme != "unix" and not _DATABASE.fullmatch(parts.path):
        raise unusable(f"{parts.path} is no number of a database, such as /0")
    for name, value in parse_qsl(parts.query):
        if reason := _reason(parts.scheme, name, value):
            raise unusable(reason)


def unusable(reason: str) -> ConfigError:
    """The error for a REDIS_URL that cannot be used."""
    return ConfigError(f"REDIS_URL cannot be used: {reason}")


def _reason(scheme: str, name: str, value: str) -> str:
    """What is wrong with a parameter; empty if nothing is seen to be."""
    if name not in PARAMETERS:
        return f"there is no parameter {name}; those that there are: {', '.join(sorted(PARAMETERS))}"
    if name.startswith("ssl_") and scheme != "rediss":
        return f"{name} is of TLS, which is asked for by rediss:// in front"
    if name in WORDS and value not in WORDS[name]:
        return f"{name}={value} is none of {', '.join(WORDS[name])}"
    if name in FILES and not Path(value).exists():
        return f"{name}={value} is not there"
    return ""
