"""The settings, read once from the environment.

`LLMSTXT_CRAWL__WORKERS=9` sets `settings.crawl.workers`.  A variable that begins with `LLMSTXT_` but is not a setting
is an error, so that a misspelt name does not silently leave the default in force.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct, field

from llmstxt_sched.errors import ConfigError, WrongSettings
from llmstxt_sched.value_words import in_words

PREFIX = "LLMSTXT_"
# Addresses to listen on, but not to connect to.
WILDCARDS = {"0.0.0.0", "::"}  # noqa: S104  (compared with, not bound)
# The longest time that can be set.  Without a limit, `inf` would be accepted, which an event loop cannot wait for.
YEAR_SECONDS = 31_536_000
# As many as 128 random bits have in hex; whoever has it may do everything.
MIN_TOKEN_CHARACTERS = 32

# Every character of a key counts: a secret that was sealed with one cannot be read with another.
AS_THEY_STAND = {"LLMSTXT_SECRETS__KEY", "LLMSTXT_SECRETS__OLD_KEY"}

Host = Annotated[str, Meta(min_length=1)]
Port = Annotated[int, Meta(ge=1, le=65535)]
# Heartbeats are sent four times per lease, and each takes a round trip: hence the lower limit.
LeaseSeconds = Annotated[float, Meta(ge=1, le=86_400)]
# No more than Postgres' integer holds.
Count = Annotated[int, Meta(ge=1, le=2**31 - 1)]
CountOrZero = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Bytes = Annotated[int, Meta(ge=1, le=2**63 - 1)]
BytesOrZero = Annotated[int, Meta(ge=0, le=2**63 - 1)]
# A thousand years, since Postgres' times end somewhere.
Days = Annotated[int, Meta(ge=0, le=365_000)]
Seconds = Annotated[float, Meta(gt=0, le=YEAR_SECONDS)]
SecondsOrZero = Annotated[float, Meta(ge=0, le=YEAR_SECONDS)]


class DataSettings(Struct, frozen=True):
    """The data folder of the embedded servers, and whom root runs them as; empty means the usual one for this user."""

    dir: str = ""
    user: str = ""


class ApiSettings(Struct, frozen=True):
    """The API's listener; `public_url` is the address by which others reach it, by default made of host and port.

    `trusted_proxies` are the networks, separated by commas, whose X-Forwarded-For tells a client's address.
    `document_memory_bytes` is the room for documents that were asked for lately.
    """

    host: Host = "127.0.0.1"
    port: Port = 8080
    public_url: str = ""
    max_body_bytes: Bytes = 1_048_576
    trusted_proxies: str = ""
    document_memory_bytes: BytesOrZero = 67_108_864


class HealthSettings(Struct, frozen=True):
    """The listener for health and metrics; for how long a run may wait while nobody works."""

    host: Host = "127.0.0.1"
    port: Port = 8081
    max_waiting_seconds: Seconds = 300


class AuthSettings(Struct, frozen=True):
    """`bootstrap_token` is an API token that is valid from the first start on."""

    bootstrap_token: str = ""


class ClientSettings(Struct, frozen=True):
    """The service that the command `project` asks, by default the one of these settings, and the token it sends."""

    url: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "ClientSettings(…)"


class SecretsSettings(Struct, frozen=True):
    """`key` seals the credentials of projects behind a login, `old_key` is the one that it replaced.

    Empty means the key in the data folder, where Postgres is the embedded one, and none elsewhere.
    """

    key: str = ""
    old_key: str = ""

    def __repr__(self) -> str:
        return "SecretsSettings(…)"


class LimitSettings(Struct, frozen=True):
    """How often something may be done within a minute.

    `person` is a user who is signed in.  What one token may do is also the most from one address, whoever asks.
    """

    sign_ins_per_address: Count = 10
    # More than one address has, or whoever tries passwords at one could keep that user out.
    sign_ins_per_name: Count = 20
    creates_per_person: Count = 60
    creates_per_token: Count = 3000
    triggers_per_person: Count = 60
    triggers_per_token: Count = 3000


class SchedulerSettings(Struct, frozen=True):
    """The interval between ticks, the shortest period that a schedule may have, and how far due times are spread."""

    # With less there is no pause between ticks.
    interval_seconds: Annotated[float, Meta(ge=0.1, le=YEAR_SECONDS)] = 30
    min_period_seconds: SecondsOrZero = 300
    jitter_seconds: Annotated[int, Meta(ge=0, le=YEAR_SECONDS)] = 0


class RunSettings(Struct, frozen=True):
    """The length of a lease, which is renewed four times in that time, and when a run is retried or given up."""

    lease_seconds: LeaseSeconds = 60
    max_attempts: Count = 5
    retry_base_seconds: Seconds = 30
    max_crashes: Count = 3


class CrawlSettings(Struct, frozen=True):
    """`workers` and `parsers` are counts for this process; `runs_per_host` is one for all replicas together.

    The others limit the crawl of each project.
    """

    # Crawls wait for their sites most of the time: 64 of five pages need half a core and 5 MB more than 8.  Each has a
    # connection to Redis, which takes 10,000 by default.
    workers: Annotated[int, Meta(ge=1, le=10_000)] = 64
    runs_per_host: Count = 2
    # More than any machine has cores.
    parsers: Annotated[int, Meta(ge=1, le=1000)] = field(default_factory=lambda: min(4, os.cpu_count() or 1))
    connections_per_host: Count = 2
    delay_seconds: SecondsOrZero = 0.25
    max_seconds: Seconds = 1800
    max_pages: Count = 500
    max_pages_ceiling: Count = 100_000
    max_depth: Count = 10


class RetentionSettings(Struct, frozen=True):
    """How long history is kept; 0 is for ever.

    `seen_runs` is of how many runs of a project what they saw is kept, `versions` of how many the documents; of older
    versions one a month stays.  The ledger has one row for each time that was due; those older than
    `ledger_compact_days` become one row for each day.
    """

    seen_runs: CountOrZero = 5
    versions: CountOrZero = 100
    run_days: Days = 400
    ledger_days: Days = 400
    ledger_compact_days: Days = 30
    audit_days: Days = 90
    event_days: Days = 90


class NotifySettings(Struct, frozen=True):
    """`retry_seconds` are the pauses between attempts of a delivery, separated by commas."""

    retry_seconds: str = "5,300,1800,7200,18000,36000,50400,72000,86400"

    @property
    def retries(self) -> tuple[float, ...]:
        """The pauses in seconds.  Raises ConfigError."""
        name = variable("notify", "retry_seconds")
        try:
            pauses = tuple(float(pause) for pause in self.retry_seconds.split(",") if pause.strip())
        except ValueError:
            pauses = (-1.0,)
        if not all(0 <= pause <= YEAR_SECONDS for pause in pauses):
            raise ConfigError(
                f"{name}={self.retry_seconds!r} cannot be used: seconds separated by commas, such as 5,300"
            )
        return pauses


class EgressSettings(Struct, frozen=True):
    """What crawls may reach beside the public internet, and who tells them the addresses of names.

    `allow` lists `CIDR[:port]`, `name[:port]` and `*.name[:port]`, `nameservers` lists `IP[:port]`, each separated by
    commas; without nameservers, those of the system are asked.
    """

    allow: str = ""
    nameservers: str = ""


class SmtpSettings(Struct, frozen=True, rename={"sender": "from"}):
    """The server that takes mail, and how often somebody gets one about incidents; without a `host` none is sent.

    `port` 0 is the usual one for `security`.  `sender` is an address, or a name with one in angle brackets.  The first
    mail about an incident waits `gather_seconds` for others; the next one keeps `between_seconds` to the last.
    """

    host: str = ""
    port: Annotated[int, Meta(ge=0, le=65535)] = 0
    user: str = ""
    password: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = ""
    gather_seconds: SecondsOrZero = 60
    between_seconds: SecondsOrZero = 900

    def __repr__(self) -> str:
        return f"SmtpSettings(host={self.host!r}, …)"


class LogSettings(Struct, frozen=True):
    """The log level, and the format: if empty, `console` on a terminal and `json` elsewhere."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["", "console", "json"] = ""


class RedisSettings(Struct, frozen=True):
    """`allow_eviction` accepts a Redis that may evict keys; runs may then start late, until the keys are rebuilt."""

    allow_eviction: bool = False


class Settings(Struct, frozen=True):
    """All settings; an empty `database_url` or `redis_url` means the embedded server."""

    database_url: str = ""
    redis_url: str = ""
    redis_key_prefix: str = ""
    data: DataSettings = DataSettings()
    api: ApiSettings = ApiSettings()
    health: HealthSettings = HealthSettings()
    auth: AuthSettings = AuthSettings()
    client: ClientSettings = ClientSettings()
    secrets: SecretsSettings = SecretsSettings()
    limits: LimitSettings = LimitSettings()
    scheduler: SchedulerSettings = SchedulerSettings()
    runs: RunSettings = RunSettings()
    crawl: CrawlSettings = field(default_factory=CrawlSettings)
    retention: RetentionSettings = RetentionSettings()
    notify: NotifySettings = NotifySettings()
    egress: EgressSettings = EgressSettings()
    smtp: SmtpSettings = SmtpSettings()
    redis: RedisSettings = RedisSettings()
    log: LogSettings = LogSettings()

    @property
    def data_dir(self) -> Path:
        """The data folder of the embedded servers: the one that is set, else the default for the current user.

        Raises ConfigError.
        """
        usual = "/var/lib/llmstxt-sched" if os.geteuid() == 0 else "~/.local/share/llmstxt-sched"
        name, folder = variable("data", "dir"), self.data.dir or usual
        try:
            return Path(folder).expanduser().absolute()
        except RuntimeError:
            raise ConfigError(
                f"the data folder would be {folder}, and the home folder that it names is not known: set {name} to"
                " another"
            ) from None
        except OSError:
            raise ConfigError(
                f"{name}={folder!r} cannot be used: the folder that this process is in is gone; give a whole path"
            ) from None

    @property
    def public_url(self) -> str:
        """The URL by which others reach the service, without a slash at the end."""
        host = "127.0.0.1" if self.api.host in WILDCARDS else url_host(self.api.host)
        return self.api.public_url.rstrip("/") or f"http://{host}:{self.api.port}"


def url_host(host: str) -> str:
    """`host` as written in a URL, with an IPv6 address in brackets (RFC 3986, section 3.2.2)."""
    return f"[{host}]" if ":" in host else host


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings from `environ`.

    Raises ConfigError, whose message names each variable that is wrong and says what it may hold.
    """
    wrong = WrongSettings()
    settings = read_right_settings(environ, wrong)
    wrong.tell()
    return settings


def read_right_settings(environ: Mapping[str, str], wrong: WrongSettings) -> Settings:
    """Read the settings from `environ`; those that are noted as `wrong` have their defaults."""
    servers: dict[str, Any] = {}
    for name in ("DATABASE_URL", "REDIS_URL", "REDIS_KEY_PREFIX"):
        with wrong:
            servers[name.lower()] = _read(name, environ)
    groups = groups_of(Settings)
    given: dict[str, dict[str, str]] = {name: {} for name in groups}
    for name in environ:
        if name.startswith(PREFIX):
            with wrong:
                group, option = _find_setting(name, groups)
                given[group][option] = _read(name, environ)
    parts = {group: _convert(group, groups[group], values, wrong) for group, values in given.items() if values}
    settings = msgspec.structs.replace(Settings(**servers), **parts)
    with wrong:
        _check_bootstrap_token(settings.auth.bootstrap_token)
    with wrong:
        _check_token(variable("client", "token"), settings.client.token)
    with wrong:
        _check_public_url(settings.api.public_url)
    with wrong:
        _ = settings.notify.retries
    with wrong:
        _check_address(variable("client", "url"), settings.client.url)
    with wrong:
        _check_smtp(settings.smtp)
    return settings


def groups_of(settings: type[Struct]) -> dict[str, type[Struct]]:
    """The groups of settings by name."""
    fields = msgspec.structs.fields(settings)
    return {f.name: f.type for f in fields if isinstance(f.type, type) and issubclass(f.type, Struct)}


def options_of(group: type[Struct]) -> set[str]:
    """What the settings of a group are called outside: some names are words of Python's own."""
    return {f.encode_name for f in msgspec.structs.fields(group)}


def variable(group: str, option: str) -> str:
    """The name of the environment variable for one setting."""
    return f"{PREFIX}{group}__{option}".upper()


def _read(name: str, environ: Mapping[str, str]) -> str:
    """A value without the white space around it, such as the end of the line where it comes from a file."""
    value = environ.get(name, "")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ConfigError(f"{name} holds bytes that are not UTF-8: set it to a text") from None
    return value if name in AS_THEY_STAND else value.strip()


def _check_bootstrap_token(token: str) -> None:
    name = variable("auth", "bootstrap_token")
    _check_token(name, token)
    if 0 < len(token) < MIN_TOKEN_CHARACTERS:
        raise ConfigError(
            f"{name} has fewer than {MIN_TOKEN_CHARACTERS} characters: `openssl rand -base64 32` makes one that is safe"
        )


def _check_token(name: str, token: str) -> None:
    # RFC 6750 allows even fewer characters, but these all arrive.
    if not (token.isascii() and token.isprintable()):
        raise ConfigError(f"{name} has characters that no request can send: letters, digits and signs of ASCII can be")


def _check_address(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_one = parts.scheme in {"http", "https"} and bool(host) and _can_be_asked_for(host) and parts.port != 0
    except ValueError:
        is_one = False
    # urlsplit passes over the ends of lines.
    is_one = is_one and url.isprintable() and " " not in url
    if url and (not is_one or "@" in parts.netloc or parts.query or parts.fragment):
        raise ConfigError(f"{name}={url!r} is no address such as https://llms.example.com")


def _check_public_url(url: str) -> None:
    name = variable("api", "public_url")
    _check_address(name, url)
    if urlsplit(url).path.strip("/"):
        # Its own pages ask for /assets and /api of their host.
        raise ConfigError(
            f"{name}={url!r} has a path, and the service needs a host of its own: https://llms.example.com"
        )


def _can_be_asked_for(host: str) -> bool:
    """Whether a name can be looked up: each part between two points has 1 to 63 characters."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return True


def _check_smtp(smtp: SmtpSettings) -> None:
    """Check that mail can be sent if it is to be.  The address in FROM is checked where mail is written."""
    host, user, password, sender = (variable("smtp", option) for option in ("host", "user", "password", "from"))
    if not smtp.host and (smtp.user or smtp.password or smtp.sender):
        raise ConfigError(f"{host} is not set, but other settings of mail are: it names the server that takes mail")
    if not _can_be_asked_for(smtp.host):
        raise ConfigError(f"{host}={smtp.host!r} is no name of a host, such as mail.example.com")
    if smtp.host and not smtp.sender:
        raise ConfigError(f"{host} is set, but not {sender}: it is the address that mail comes from")
    if bool(smtp.user) != bool(smtp.password):
        raise ConfigError(f"{user} and {password} are needed together, or neither")
    if smtp.user and smtp.security == "none":
        raise ConfigError(
            f"{password} would be sent in the clear: set {variable('smtp', 'security')} to starttls or tls"
        )


def _find_setting(name: str, groups: dict[str, type[Struct]]) -> tuple[str, str]:
    group, _, option = name.removeprefix(PREFIX).lower().partition("__")
    if group in groups and option in options_of(groups[group]):
        return group, option
    raise ConfigError(f"{name} is not a setting; unset it, or see the README for the names that are")


def _convert(group: str, kind: type[Struct], values: dict[str, str], wrong: WrongSettings) -> Struct:
    words = {each.encode_name: _words(each.type) for each in msgspec.structs.fields(kind)}
    # Many write the level of a log in capitals.
    values = {option: value.lower() if words[option] else value for option, value in values.items()}
    right = {}
    for option, value in values.items():
        with wrong:
            _check_value(variable(group, option), value, kind, option, words[option])
            right[option] = value
    return msgspec.convert(right, kind, strict=False)


def _check_value(name: str, value: str, kind: type[Struct], option: str, words: tuple[str, ...]) -> None:
    try:
        msgspec.convert({option: value}, kind, strict=False)
    except msgspec.ValidationError as error:
        # Compose sets to nothing what stands in no .env, which some settings may be and others not.
        reason = in_words(str(error).partition(" - at ")[0])
        reason = f"it {reason}" if reason.startswith("must") else reason
        if not value:
            reason = "it is empty; unset it, or give it a value"
        if value and words:
            reason = f"it is one of {', '.join(filter(None, words))}"
        raise ConfigError(f"{name}={value!r} cannot be used: {reason}") from None


def _words(kind: object) -> tuple[str, ...]:
    """The words that a setting of this kind may be; none for a setting that is a number or any text."""
    if kind is bool:
        return "true", "false"
    return get_args(kind) if get_origin(kind) is Literal else ()
