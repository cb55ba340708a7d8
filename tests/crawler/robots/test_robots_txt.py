from __future__ import annotations

import pytest

from llmstxt_sched.crawler.robots.robots_txt import MAX_BYTES, from_content
from llmstxt_sched.domain.urls import parse

OUR = "User-agent: llmstxt-sched\n"
ALL = "User-agent: *\n"

CASES = [
    ("", "/", True),
    ("foo: llmstxt-sched\nbar: /\n", "/x", True),
    (ALL + "Disallow: /\n", "/x", False),
    (ALL + "Disallow: /\n", "/robots.txt", True),
    (ALL + "Disallow:\n", "/x", True),
    (ALL + "Disallow: /\n\n" + OUR + "Disallow:\n", "/x", True),
    (ALL + "Allow: /\n\n" + OUR + "Disallow: /private\n", "/private/x", False),
    (OUR + "Disallow: /a\n\nUser-agent: b\nDisallow: /\n\n" + OUR + "Disallow: /c\n", "/c", False),
    (OUR + "Sitemap: https://a.example/s.xml\nUser-agent: b\nDisallow: /\n", "/", False),
    (OUR + "what: ever\nUser-agent: b\nDisallow: /\n", "/", False),
    ("User-agent: LLMSTXT-Sched/1.0\nDisallow: /\n", "/x", False),
    ("User-agent: llmstxt-sched and others\nDisallow: /\n", "/x", False),
    ("User-agent: llmstxt\nDisallow: /\n", "/x", True),
    ("\ufeff" + ALL + "Disallow: /x\n", "/x", False),
    (ALL + "Disallow: /a-%2A.html\n", "/a-*.html", False),
    (ALL + "Disallow: /a-%2A.html\n", "/a-b.html", True),
    (ALL + "Disallow: /price-%24\n", "/price-$1", False),
    (ALL + "Disallow: /price-%24\n", "/price-", True),
    (ALL + "Disallow: /a$b\n", "/a$b", False),
    (ALL + "Disallow: /*.html\n", "/a*.html", False),
    ("\x00\x01garbage\n" + ALL + "Disallow: /p\n", "/p", False),
    ("User-agent: *\rDisallow: /p\r", "/p", False),
    ("  user-AGENT :  *  \n  disallow  :  /p   # why\n", "/p/q", False),
    ("User-agent *\nDisallow /p\n", "/p", False),
    ("<html>User-agent: is not here</html>", "/", True),
    (ALL + "Disallow: /x\nAllow: /x/\n", "/x/", True),
    (ALL + "Allow: /page\nDisallow: /*.html\n", "/page.html", False),
    (ALL + "Disallow: /p\nAllow: /p\n", "/p", True),
    (ALL + "Disallow: /*.php$\n", "/a.php5", True),
    (ALL + "Disallow: /*.php$\n", "/a.php", False),
    (ALL + "Disallow: /fish*.php\n", "/fishheads/x.php?y=1", False),
    (ALL + "Disallow: /*?session=\n", "/p?s=1", True),
    (ALL + "Disallow: /a$b\n", "/a", True),
    (ALL + "Disallow: /a.b+(c)[d]\n", "/a.b+(c)[d]", False),
    (ALL + "Disallow: /%e3%83%84\n", "/ツ", False),
    (ALL + "Disallow: /foo/ツ\n", "/foo/%E3%83%84", False),
    (ALL + "Disallow: private\n", "/private", True),
    (ALL + "Allow: /a/index.html\nDisallow: /\n", "/a/", True),
]


@pytest.mark.parametrize(("text", "target", "allowed"), CASES)
def test_rules_hold_as_rfc_9309_says(text: str, target: str, allowed: bool) -> None:
    assert from_content(text.encode()).allows(parse(f"http://docs.example{target}")) is allowed


@pytest.mark.parametrize(
    "body",
    [
        "User-agent: *\nDisallow: /x\n".encode("utf-16"),
        b"\xfe\xff" + "User-agent: *\nDisallow: /x\n".encode("utf-16-be"),
        "User-agent: *\nDisallow: /x\n".encode("utf-16-le"),
        b"\xef\xbb\xbf\xef\xbb\xbfUser-agent: *\nDisallow: /x\n",
        b"User-agent: other\nDisallow: /\n\n\xef\xbb\xbfUser-agent: *\nDisallow: /x\n",
        b"User-agent: other, llmstxt-sched\nDisallow: /x\n",
    ],
)
def test_rules_are_obeyed_however_they_are_encoded(body: bytes) -> None:
    robots = from_content(body)
    assert not robots.allows(parse("http://docs.example/x"))
    assert robots.allows(parse("http://docs.example/y"))


def test_bytes_that_are_no_utf_8_match_the_same_bytes() -> None:
    assert not from_content(b"User-agent: *\nDisallow: /caf\xe9\n").allows(parse("http://docs.example/caf%E9"))


@pytest.mark.parametrize(("rule", "public"), [("Disallow: /private", True), ("Disallow: /\nDisallow: /x", False)])
def test_a_rule_that_the_end_of_what_is_read_cuts_does_not_count(rule: str, public: bool) -> None:
    head = b"User-agent: *\n"
    text = head + b"#" * (MAX_BYTES - len(head) - 1 - len("Disallow: /\n")) + b"\n" + rule.encode() + b"\n" * 20
    assert from_content(text).allows(parse("http://docs.example/public")) is public


def test_what_stands_behind_the_first_500_kib_does_not_count() -> None:
    padding = b"#" * (MAX_BYTES - 40) + b"\n"
    late = from_content(padding + b"\n" * 40 + b"User-agent: *\nDisallow: /\n")
    early = from_content(b"User-agent: *\nDisallow: /\n" + padding)
    page = parse("http://docs.example/")
    assert late.allows(page)
    assert not early.allows(page)


def test_patterns_made_to_backtrack_are_matched() -> None:
    body = b"User-agent: *\nDisallow: /" + b"*a" * 100_000 + b"*b\nDisallow: /" + b"*" * 90_000 + b"z$\n"
    robots = from_content(body)
    assert robots.allows(parse("http://docs.example/" + "a" * 2000))
    assert not robots.allows(parse("http://docs.example/" + "a" * 2000 + "z"))


@pytest.mark.parametrize(
    ("value", "delay"),
    [
        ("2.5", 2.5),
        ("86400", 30.0),
        ("-1", 0.0),
        ("nan", 0.0),
        ("inf", 0.0),
        ("soon", 0.0),
        ("5s", 5.0),
        ("1,5", 1.5),
        ("1e1", 10.0),
    ],
)
def test_the_crawl_delay_is_read_and_bounded(value: str, delay: float) -> None:
    assert from_content(f"User-agent: *\nCrawl-delay: {value}\nDisallow: /x\n".encode()).crawl_delay == delay


def test_another_robots_delay_is_not_ours() -> None:
    text = "User-agent: other\nCrawl-delay: 9\nDisallow:\n\nUser-agent: *\nDisallow: /x\n"
    assert from_content(text.encode()).crawl_delay == 0


def test_sitemaps_are_found_in_any_group() -> None:
    text = "Sitemap: https://a.example/1.xml\nUser-agent: other\nDisallow: /\nSITEMAP: https://a.example/2.xml\n"
    assert from_content(text.encode()).sitemaps == ("https://a.example/1.xml", "https://a.example/2.xml")
    assert from_content(b"Sitemap: /1.xml  /2.xml\nSitemap:").sitemaps == ("/1.xml", "/2.xml")
    assert from_content(b"Sitemap: https://a.example/site map.xml").sitemaps == ("https://a.example/site map.xml",)


@pytest.mark.parametrize("agent", ["*", "llmstxt-sched", "robot{}"])
def test_a_file_of_nothing_but_agents_and_rules_is_read_once(agent: str) -> None:
    """Were each rule kept for each agent, there would be hundreds of millions."""
    agents = "".join(f"User-agent: {agent.format(n)}\n" for n in range(10_000))
    robots = from_content((agents + "Allow: /\n" * 10_000 + "Disallow: /x\n").encode())
    assert robots.allows(parse("https://a.example/x")) is (agent == "robot{}")


def test_only_many_rules_of_ours_are_long() -> None:
    many = "".join(f"Disallow: /{number}/*/x\n" for number in range(2000))
    assert from_content((ALL + many).encode()).is_long
    assert not from_content(("User-agent: another\n" + many + ALL + "Disallow: /x\n").encode()).is_long


@pytest.mark.parametrize(
    ("text", "ai_input"),
    [
        ("User-agent: *\nContent-Signal: search=yes, ai-input=no", False),
        ("User-agent: *\nContent-Signal: ai-train=no,AI-INPUT = NO\nAllow: /", False),
        ("User-agent: *\nContent-Signal: ai-train=no, search=yes", True),
        ("User-agent: *\nContent-Signal: ai-input=yes", True),
        ("User-agent: otherbot\nContent-Signal: ai-input=no", True),
        ("User-agent: *\nContent-Signal: ai-input=no\nUser-agent: llmstxt-sched\nAllow: /", True),
        ("User-agent: otherbot\nUser-agent: *\nContent-Signal: ai-input=no", False),
    ],
)
def test_a_content_signal_counts_for_its_group(text: str, ai_input: bool) -> None:
    assert (from_content(text.encode()).refusal(parse("https://docs.example/a")) == "") is ai_input


@pytest.mark.parametrize(
    ("signals", "kept_out"),
    [
        (["/private/ ai-train=no, ai-input=no"], {"/private/a"}),
        (["/*/draft$ ai-input=no"], {"/docs/draft"}),
        (["ai-input=no", "/docs/ search=yes, ai-input=yes"], {"/", "/private/a"}),
        (["/docs/ ai-input=yes", "/docs/dra ai-input=no", "/docs/ ai-input=no"], {"/docs/draft", "/docs/b"}),
        (["ai-input=no", "/docs/ ai-train=no"], {"/", "/private/a", "/docs/draft", "/docs/b"}),
    ],
)
def test_a_content_signal_with_a_path_counts_below_it(signals: list[str], kept_out: set[str]) -> None:
    groups = "".join(f"User-agent: *\nContent-Signal: {signal}\nAllow: /\n" for signal in signals)
    robots, paths = from_content(groups.encode()), ("/", "/private/a", "/docs/draft", "/docs/b")
    assert {path for path in paths if robots.refusal(parse(f"https://docs.example{path}"))} == kept_out
    assert all(robots.allows(parse(f"https://docs.example{path}")) for path in paths)


def test_a_content_signal_ends_the_user_agent_lines_of_its_group() -> None:
    rules = from_content(b"User-agent: *\nContent-Signal: search=yes\n\nUser-agent: otherbot\nDisallow: /")
    assert rules.allows(parse("https://docs.example/a"))


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xef\xbb", b"\xef"])
def test_a_byte_order_mark_is_skipped_even_if_its_end_is_missing(mark: bytes) -> None:
    assert not from_content(mark + b"User-agent: *\nDisallow: /x\n").allows(parse("http://docs.example/x"))
