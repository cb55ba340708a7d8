from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from llmstxt_sched.documents.text import (
    TITLE_CHARS,
    escape_block,
    escape_heading,
    escape_inline,
    note_line,
    one_line,
    safe_url,
    title_line,
    unescape,
    visible,
)

COMMONMARK = MarkdownIt("commonmark", {"html": True})

UNSEEN = [
    ("zero\u200bwidth", "zerowidth"),
    ("bidi \u202egnp.exe\u202c", "bidi gnp.exe"),
    ("\u2066isolate\u2069", "isolate"),
    ("esc\x1b[31mred", "esc[31mred"),
    ("csi\u009b1m", "csi1m"),
    ("tag\U000e0041\U000e0042", "tag"),
    ("soft\u00adhyphen", "softhyphen"),
    ("vs\ufe00\U000e0101data", "vsdata"),
    ("lone\ud800surrogate", "lonesurrogate"),
    ("private\ue000use", "privateuse"),
    ("filler\u3164\u115f", "filler"),
    ("a\u200db", "ab"),
    ("a\r\nb\u2028c\td\u00a0e", "a b c d e"),
    ("\u200b\ufeff", ""),
]
SEEN = [
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 here",
    "heart \u2764\ufe0f",
    "keycap 1\ufe0f\u20e3",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0915\u094d\u200d\u0937",
    "Zu\u0308rich, \u65e5\u672c\u8a9e, \u05e9\u05dc\u05d5\u05dd",
]


@pytest.mark.parametrize(("text", "shown"), UNSEEN)
def test_what_cannot_be_seen_is_taken_out(text: str, shown: str) -> None:
    assert one_line(text, 100) == shown


@pytest.mark.parametrize("text", SEEN)
def test_joiners_that_scripts_and_emoji_need_stay(text: str) -> None:
    assert one_line(text, 100) == text


def test_a_long_text_is_cut_after_a_word() -> None:
    assert one_line("word " * 100, 22) == "word word word word…"


def test_a_character_is_not_torn_apart() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert one_line("x" * 6 + family, 9) == "x" * 6 + "…"
    assert one_line("e\u0301" * 9, 6) == "e\u0301" * 2 + "…"
    assert one_line("\u0e17\u0e35\u0e48" * 9, 6) == "\u0e17\u0e35\u0e48" + "…"
    assert one_line("\u0915\u093e" * 9, 6) == "\u0915\u093e" * 2 + "…"
    assert one_line("\U0001f1e9\U0001f1ea" * 9, 6) == "\U0001f1e9\U0001f1ea" * 2 + "…"


@pytest.mark.slow
@given(st.text(max_size=400))
def test_cleaning_is_bounded_and_done_once(text: str) -> None:
    title = title_line(text)
    assert title_line(title) == title
    assert len(title) <= TITLE_CHARS
    assert not {"[", "]", "\n"} & set(title)
    assert visible(title) == title


@given(st.text(alphabet=st.sampled_from("\\`*_<>&;#+-=~|!()1. ab:/\"'amplt\n"), max_size=60))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    text = title_line(text)
    assert unescape(escape_inline(text)) == text
    assert unescape(escape_block(text)) == text
    assert unescape(escape_heading(text)) == text
    block, heading = COMMONMARK.parse(escape_block(text)), COMMONMARK.parse(f"## {escape_heading(text)}")
    for tokens, kinds in ((block, {"paragraph_open", "inline", "paragraph_close"}), (heading, None)):
        inline = [child for token in tokens for child in token.children or []]
        assert "".join(child.content for child in inline) == text
        assert {child.type for child in inline} <= {"text", "text_special"}
        if kinds is not None and text:
            assert {token.type for token in tokens} == kinds


@pytest.mark.parametrize("text", ["&#1", "&#65", "&copy", "&notit;", "&#x;", "&nosuch;"])
def test_only_whole_entities_are_read_as_characters(text: str) -> None:
    assert unescape(text) == text


def test_entities_are_read_as_characters() -> None:
    assert unescape("&amp; &#65; &#x41; &copy; \\&amp;") == "& A A © &amp;"


URLS = [
    ("https://a.example/x(1)", "https://a.example/x%281%29"),
    ("https://a.example/<b>[c]", "https://a.example/%3Cb%3E%5Bc%5D"),
    ("https://a.example/é \\`{}", "https://a.example/%C3%A9%20%5C%60%7B%7D"),
    ("https://a.example/?a=1&copy;=2", "https://a.example/?a=1&copy%3B=2"),
    ("https://a.example/x;v=1?a=1;b=2", "https://a.example/x;v=1?a=1;b=2"),
    ("https://a.example/a%20b?x=y&z=~#f", "https://a.example/a%20b?x=y&z=~#f"),
]


@pytest.mark.parametrize(("url", "safe"), URLS)
def test_addresses_cannot_bend_a_link(url: str, safe: str) -> None:
    assert safe_url(url) == safe
    assert safe_url(safe) == safe


def test_a_note_keeps_its_square_brackets_and_a_title_cannot() -> None:
    assert note_line("Wraps a Request[T] of the client.") == "Wraps a Request[T] of the client."
    assert title_line("Request[T]") == "Request(T)"


@given(st.text("[]()!:^ab\\ ", max_size=30), st.booleans())
def test_the_brackets_of_a_note_are_read_as_they_stand(text: str, has_text_before: bool) -> None:
    note = note_line(text)
    written = f"x {note}" if has_text_before else note
    inline = [child for token in COMMONMARK.parse(escape_block(written)) for child in token.children or []]
    assert {child.type for child in inline} <= {"text", "text_special"}
    assert "".join(child.content for child in inline) == written.strip()


def test_an_underscore_is_escaped_only_where_it_could_be_markup() -> None:
    assert escape_inline("src_uri, db_*, _a_, __init__") == "src_uri, db\\_\\*, \\_a\\_, \\_\\_init\\_\\_"


_FILLERS = ["plain text\n" * 200, "plain \u00e9 text " * 200]


@pytest.mark.parametrize("filler", ["", *_FILLERS])
def test_all_line_ends_are_line_feeds(filler: str) -> None:
    text = "a\r\nb\rc\x85d\u2028e\u2029f\ng"
    assert visible(filler + text) == f"{filler}a\nb\nc\nd\ne\nf\ng"
    assert visible(f"{filler}a\rb") == f"{filler}a\nb"


@pytest.mark.parametrize("filler", _FILLERS)
@pytest.mark.parametrize(("text", "expected"), UNSEEN[:12])
def test_invisible_characters_go_from_long_texts_too(text: str, expected: str, filler: str) -> None:
    assert visible(filler + text) == filler + expected


@pytest.mark.parametrize("control", [*map(chr, range(9)), *map(chr, range(11, 13)), *map(chr, range(14, 32)), "\x7f"])
def test_control_characters_go_from_a_long_text_of_nothing_but_ascii(control: str) -> None:
    filler = "plain\ttext\n" * 200
    assert visible(f"{filler}a{control}b") == f"{filler}ab"
