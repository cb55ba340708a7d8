"""URLs: strict parsing to one canonical form, and the rules for what belongs to a site (RFC 3986).

Every URL that the crawl compares, fetches or stores has gone through `parse`.  So two spellings of an address are the
same address, and no later parser sees anything that could be read in two ways.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import idna
from msgspec import Struct

from llmstxt_sched.domain.start_folder import Extent, is_below, start_folder
from llmstxt_sched.errors import AddressRefused

MAX_URL = 2048
DEFAULT_PORTS = {"http": 80, "https": 443}

# RFC 3986, appendix B, with the "//" that http and https always have.
_SHAPE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@]*)(?::([0-9]*))?")
# Characters that urllib and browsers silently drop or replace, and lone surrogates, which cannot be encoded.
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# The encoded forms of signs that a path may also have unencoded: !$&'()*+,:;=@
_SIGN = re.compile(r"%(2[146789ABC]|3[ABD]|40)")
_TO_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]+")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NO_NAME = re.compile(r"[^a-z0-9_.-]")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Steps within a path, which a canonical URL has none of (RFC 3986, section 3.3).
DOT_SEGMENTS = re.compile(r"/\.{1,2}(?:/|$)")
# By what addresses of one page often differ: the name of an index file, an ending, a slash.
SPELLINGS = re.compile(r"(?:/index)?(?:\.html?|\.php)?/?$")

# Query parameters that identify the visitor, their session or where they came from, not the page; and tokens that make
# a link good for one use.
_VOLATILE = re.compile(
    r"utm_\w+|mtm_\w+|(?:pk|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)|[a-z]?[gc]lid"
    r"|fbclid|msclkid|ysclid|igshid|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)|__hs\w+|hsctatracking|hsa_\w+|[gw]braid|gad_source"
    r"|srsltid|t(?:t|w)clid|li_fat_id|_openstat|mkt_tok|oly_(?:enc|anon)_id|vero_(?:id|conv)|s_cid|zanpid"
    r"|ref_src|wt_(?:z?mc)|icid|cmpid|s_kwcid|ef_id|_bta_(?:tid|c)|_branch_match_id"
    r"|jsessionid|asp\.net_sessionid|phpsessid|aspsessionid\w*|cfid|cftoken|oscsid|zenid"
    r"|\w*nonce|_wp_http_referer|_*[cx]srf[\w-]*|\w*requestverificationtoken|authenticity_token|_token|form_(?:key|token|build_id)|sesskey"
    r"|(?:access|session|auth|verify|verification|anti_?forgery)_?token|anti_?csrf|formhash"
    r"|yii_csrf_token|atl_token|logintoken|__cf_chl_\w+",
    re.IGNORECASE,
)
_UNDECODED = re.compile("[\udc80-\udcff]")
# Numbers that keep a copy from being used, by names that choose nothing; of some a short one may choose all the same.
_BUSTER_NAME = re.compile(r"_|_dc|_ts?|no_?cache|cache_?bust(?:er)?|(?P<may_choose>cb|rnd|rand(?:om)?)", re.IGNORECASE)
_BUSTER = re.compile(
    r"(?P<short>[0-9]{1,2})|[0-9]+|0?\.[0-9]+|(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{6,}", re.IGNORECASE
)
# The present, in seconds or milliseconds; a smaller number may be that of a topic.
_TIME_NAME = re.compile(r"ts?|time(?:_?stamp)?", re.IGNORECASE)
_PRESENT = re.compile(r"[12][0-9]{9}(?:[0-9]{3})?")
# Parameters that may hold a session and may as well choose a story or a talk: what is long and random is a session.
_SESSION_NAME = re.compile(
    r"s|sid|sess|sess(?:ion)?_?id|session|session_?key|(?:request|req|trace|correlation)_?id|"
    r"(?:(?:access|api|auth|login|preview|request|security|session|share)_?)?token",
    re.IGNORECASE,
)
_RANDOM = re.compile(
    r"[0-9a-f]{16,}|(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{12,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-z]*[0-9])(?=[0-9]*[a-z])[0-9a-z]{20,}",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(
    rf";(?:(?:jsessionid|phpsessid)=[^/;]*|(?:sid|sessionid)=(?:{_RANDOM.pattern})(?=[/;]|$))", re.IGNORECASE
)
# The session of an ASP.NET site without cookies, in 24 letters and digits.
_FOLDER_SESSION = re.compile(r"/\(S\([0-9a-z]{24}\)\)(?=/)", re.IGNORECASE)
# How Apache's list of a folder is sorted, which has the same files in each order.
_SORTED_LIST = re.compile(r"C=[NMSD][;&]O=[AD]|[NMSD]=[AD]")
_INDEX_FILE = re.compile(r"/(?:index|default)(?:\.(?:html?|php|aspx?|jsp))?$", re.IGNORECASE)
_ENDING = re.compile(r"\.html?$", re.IGNORECASE)


class Url(Struct, frozen=True):
    """An http(s) URL in canonical form.

    `host` is lower-case ASCII without a trailing dot, or an IPv6 address without brackets; `path` begins with a slash;
    `path` and `query` are percent-encoded; there is no fragment.
    """

    scheme: str
    host: str
    port: int
    path: str = "/"
    query: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a URL without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def target(self) -> str:
        """Path and query, which robots.txt rules and globs are matched against."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def is_literal(self) -> bool:
        """Whether the host is an IP address and not a name."""
        return ":" in self.host or self.host.rpartition(".")[2].isdigit()

    def __str__(self) -> str:
        return self.origin + self.target


def parse(url: str, *, is_exact: bool = False) -> Url:
    """Parse `url` to its canonical form.

    With `is_exact` its path and query keep what identifies a visitor and not a page: for what is not crawled.
    Raises AddressRefused with one of the codes bad_url, bad_scheme, userinfo, bad_host, bad_port and
    noncanonical_ip.  Whether the host may be connected to is decided by `outbound.gate`, not here.
    """
    if len(url) > MAX_URL:
        raise AddressRefused("bad_url", f"the URL is longer than {MAX_URL} characters")
    if _FORBIDDEN.search(url) or url != url.strip():
        raise AddressRefused("bad_url", "the URL holds a backslash, a control character, or white space around it")
    shape = _SHAPE.fullmatch(url)
    if shape is None or shape[1].lower() not in DEFAULT_PORTS:
        raise AddressRefused("bad_scheme", "the URL must begin with http:// or https://")
    if shape[2] is None:
        raise AddressRefused("bad_url", "two slashes are missing after the URL's scheme")
    if "@" in shape[2]:
        raise AddressRefused("userinfo", "a user name or password in the URL is not taken")
    scheme = shape[1].lower()
    host, port = _authority(shape[2], DEFAULT_PORTS[scheme])
    path, query = _without_dots(escape(shape[3]) or "/"), escape(shape[4] or "")
    if not is_exact:
        path = _FOLDER_SESSION.sub("", _PATH_SESSION.sub("", path))
        is_sorted = path.endswith("/") and _SORTED_LIST.fullmatch(query)
        query = "" if is_sorted else _stable_query(query)
    written = Url(scheme, host, port, path, query)
    if len(str(written)) > MAX_URL:
        raise AddressRefused("bad_url", f"the URL is longer than {MAX_URL} characters once it is encoded")
    return written


@lru_cache(maxsize=8192)
def try_parse(url: str) -> Url | None:
    """Like `parse`, but returns None instead of raising.  Cached, because a site's pages repeat the same links."""
    try:
        return parse(url)
    except AddressRefused:
        return None


def escape(text: str) -> str:
    """Normalise the percent-encoding of `text` (RFC 3986): unreserved characters unencoded, hex in upper case."""
    return _TO_ESCAPE.sub(_escaped, text)


def escape_undecoded(text: str) -> str:
    """`text` with the bytes that `surrogateescape` could not decode percent-encoded."""
    return _UNDECODED.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", text)


def path_and_query(written: str) -> tuple[str, str]:
    """Path and query of an address as `Url` writes it, many times as fast as by splitting any address."""
    address, _, query = written.partition("?")
    _, slash, path = address.partition("://")[2].partition("/")
    return slash + path, query


def variant(url: Url) -> str:
    """A key that the usual spellings of a page's URL share.

    It is without index file, ending, trailing slash, doubled slashes, or `.md`; the case of the path, the order of
    the query's parameters, and whether a sign such as "+" is percent-encoded in the path do not count.
    """
    path = _ENDING.sub("", _INDEX_FILE.sub("/", url.path.removesuffix(".md")))
    path = re.sub("//+", "/", path) if "//" in path else path
    path = _SIGN.sub(lambda found: chr(int(found[1], 16)), path) if "%" in path else path
    return f"{path.rstrip('/').lower()}?{'&'.join(sorted(url.query.split('&')))}"


def without_index(url: str) -> str:
    """The address of its folder for that of an index file without a query; any other as it is."""
    return _INDEX_FILE.sub("/", url)


def markdown_path(url: str) -> str:
    """The path of the Markdown copy of the page at `url`, below its project's address; ends in .md.

    It is percent-encoded like the path of a URL, with the query encoded into it.  Different targets of a site have
    different paths, even after decoding once, because escapes of `%`, `/` and `?` in the URL are escaped again.
    """
    address = parse(url)
    *folders, name = re.sub("%(?=25|2F|3F)", "%25", address.path).split("/")[1:]
    # "index" stands for the folder itself, so a page that is really named "index" is escaped.
    name = "%2569ndex" if name == "index" else name or "index"
    query = f"%3F{re.sub('[/?%]', _escaped_again, address.query)}" if address.query else ""
    # No directory can have an empty name; "%25" cannot clash, because a lone percent sign occurs in no URL.
    return "/".join([*(folder or "%25" for folder in folders), f"{name}{query}.md"])


class Scope(Struct, frozen=True):
    """The extent of a site: one host with or without www., http or https, one folder and everything below it.

    `port` is None for the default ports.
    """

    host: str
    port: int | None
    folder: str

    def holds_host(self, url: Url) -> bool:
        """Whether `url` is on the site's host and port, in any folder."""
        return _bare_host(url) == self.host and _non_default_port(url) == self.port

    def holds(self, url: Url) -> bool:
        """Whether `url` belongs to this site."""
        return self.holds_host(url) and is_below(url.path, self.folder)


def scope_of(start: Url, final: Url, extent: Extent | None = None, links: Iterable[str] = ()) -> Scope:
    """The site of a crawl that begins at `start`, whose redirects end at `final`, a page with these `links`.

    Its host is that of `final`; its folder is that of `start`, or that of `final` if the redirects left the folder
    (such as from `/latest/` to `/v2/`), by the rule of `start_folder`.
    """
    origin = final.origin
    paths = (link[len(origin) :] for link in links if link.startswith(origin))
    folder = start_folder(start.path, final.path, extent, paths)
    return Scope(_bare_host(final), _non_default_port(final), folder)


def ascii_name(host: str) -> str:
    """The name of a host as it is looked up, mapped as browsers do (UTS 46).  Raises IDNAError and UnicodeError."""
    labels = idna.uts46_remap(host, std3_rules=False).split(".")
    return ".".join(label if label.isascii() else _ascii_label(label) for label in labels)


def _ascii_label(label: str) -> str:
    # IDNA 2008 leaves symbols out; browsers, and names that were registered before it, do not.
    plain = "".join(character for character in label if not unicodedata.category(character).startswith("S"))
    if plain == label:
        return idna.alabel(label).decode()
    if plain and not plain.isascii():
        idna.check_label(plain)
    return f"xn--{label.encode('punycode').decode()}"


# Cached, because all pages of a site have the same one.
@lru_cache(maxsize=1024)
def _authority(text: str, default_port: int) -> tuple[str, int]:
    split = _AUTHORITY.fullmatch(text)
    if split is None:
        raise AddressRefused("bad_url", "the URL's host or port cannot be read")
    port = int(split[2]) if split[2] else default_port
    if not 0 < port < 65536 or (split[2] or "").startswith("0"):
        raise AddressRefused("bad_port", "the URL's port must be between 1 and 65535")
    return _host(split[1]), port


def _host(host: str) -> str:
    if host.startswith("["):
        try:
            return str(ipaddress.IPv6Address(host[1:-1]))
        except ValueError:
            raise AddressRefused("bad_host", "the IPv6 address in the URL cannot be read") from None
    try:
        name = (host if host.isascii() else ascii_name(host)).lower()
    except (idna.IDNAError, UnicodeError):
        raise AddressRefused("bad_host", "the host's name holds a character that no name may have") from None
    labels = name.removesuffix(".").split(".")
    if "%" not in name and _NUMBER.fullmatch(labels[-1]):
        return _ipv4(host, labels)
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise AddressRefused("bad_host", _wrong_with(name))
    return ".".join(labels)


def _wrong_with(name: str) -> str:
    if not name:
        return "the URL names no host"
    if wrong := _NO_NAME.search(name):
        return f"the host's name holds {wrong[0]!r}, which no name may"
    return "the host's name, or what is between two dots of it, is empty, too long, or has a hyphen at an end"


def _ipv4(host: str, labels: list[str]) -> str:
    # WHATWG URL, "ends in a number": some parsers read any such host as an IPv4 address.
    if len(labels) > 4:
        raise AddressRefused("bad_host", "the host ends like an IPv4 address and is none")
    try:
        address = str(ipaddress.IPv4Address(".".join(labels)))
    except ValueError:
        address = ""
    if address != host:
        raise AddressRefused("noncanonical_ip", "write the IPv4 address as four decimal numbers")
    return host


def _escaped(match: re.Match[str]) -> str:
    if not match[1]:
        return "".join(f"%{byte:02X}" for byte in match[0].encode())
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _escaped_again(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _without_dots(path: str) -> str:
    # RFC 3986, section 5.2.4.
    if not DOT_SEGMENTS.search(path):
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _stable_query(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _is_volatile(pair))


def _is_volatile(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if _VOLATILE.fullmatch(name):
        return True
    buster = _BUSTER_NAME.fullmatch(name)
    if buster and (number := _BUSTER.fullmatch(value)):
        return not (buster["may_choose"] and number["short"])
    if _TIME_NAME.fullmatch(name) and _PRESENT.fullmatch(value):
        return True
    return _SESSION_NAME.fullmatch(name) is not None and _RANDOM.fullmatch(value) is not None


def _bare_host(url: Url) -> str:
    return url.host.removeprefix("www.")


def _non_default_port(url: Url) -> int | None:
    return None if url.port == DEFAULT_PORTS[url.scheme] else url.port
