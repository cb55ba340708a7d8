"""The ports of the service itself, which no crawl may reach: its listeners, and its Postgres and Redis.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from llmstxt_sched.config import Settings

_POSTGRES_PORT, _REDIS_PORT = 5432, 6379


def own_ports(settings: Settings) -> tuple[tuple[str, int], ...]:
    """Each as (host, port), by the settings; the embedded servers have none, for they listen on files."""
    listeners = ((settings.api.host, settings.api.port), (settings.health.host, settings.health.port))
    return (*listeners, *_of(settings.database_url, _POSTGRES_PORT), *_of(settings.redis_url, _REDIS_PORT))


def _of(url: str, usual: int) -> Iterator[tuple[str, int]]:
    # Postgres' may name several hosts, separated by commas, which urlsplit refuses if the second is an IPv6 address.
    # A URL that cannot be read here is refused by the server's own client.
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    for place in (*authority.rpartition("@")[2].split(","), *_in_query(url)):
        try:
            split = urlsplit(f"//{place}")
            host, port = split.hostname, split.port or usual
        except ValueError:
            continue
        if host:
            yield host, port


def _in_query(url: str) -> Iterator[str]:
    """The hosts that Postgres' client takes from the parameters of its address (libpq, "Connection URIs")."""
    query = parse_qs(url.partition("?")[2].partition("#")[0])
    hosts, ports = (",".join(query.get(name, ())).split(",") for name in ("host", "port"))
    for number, host in enumerate(hosts):
        if host and not host.startswith("/"):
            port = ports[number if number < len(ports) else 0]
            yield f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
