from __future__ import annotations

import re
from itertools import pairwise, repeat
from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llms_txt import parse_llms_file
from markdown_it import MarkdownIt

from llmstxt_sched.documents.check import check
from llmstxt_sched.documents.check_rules import Level
from llmstxt_sched.documents.model import Entry, Extract, Index, Page, Section
from llmstxt_sched.documents.parse import parse
from llmstxt_sched.documents.render import render_full, render_index, render_indexes, render_page
from llmstxt_sched.documents.selection.select import select
from llmstxt_sched.documents.text import note_line, title_line

INDEX = Index(
    "Site",
    "What it is.",
    ("A paragraph.",),
    (
        Section("Guides", (Entry("https://s.example/a", "A *star*", "Note: <b>"), Entry("https://s.example/b", "B"))),
        Section("Optional", (Entry("https://s.example/c", "C"),)),
    ),
)
WRITTEN = """\
# Site

> What it is.

A paragraph.

## Guides

- [A \\*star\\*](https://s.example/a): Note: \\<b\\>
- [B](https://s.example/b)

## Optional

- [C](https://s.example/c)
"""
lines = st.text(max_size=40).map(title_line)
entries = st.builds(
    Entry,
    st.text(ascii_lowercase + digits + "/._~-", max_size=20).map("https://s.example/".__add__),
    lines.filter(bool),
    st.text(max_size=40).map(note_line),
)
sections = st.builds(Section, lines.filter(bool), st.lists(entries, max_size=4).map(tuple))
details = st.lists(st.text(max_size=40).map(note_line).filter(bool), max_size=2).map(tuple)
indexes = st.builds(Index, lines.filter(bool), lines, details, st.lists(sections, max_size=3).map(tuple))


def test_the_form_is_the_one_that_every_reader_takes() -> None:
    assert render_index(INDEX).decode() == WRITTEN
    assert check(render_index(INDEX)) == []
    read = parse_llms_file(WRITTEN)
    assert (read.title, read.summary, list(read.sections)) == ("Site", "What it is.", ["Guides", "Optional"])


@pytest.mark.slow
@given(indexes)
def test_what_is_written_reads_back_the_same(index: Index) -> None:
    assert parse(render_index(index)) == index


@pytest.mark.slow
@given(entries)
def test_no_text_adds_a_link_or_markup(entry: Entry) -> None:
    index = Index("Site", "", (), (Section("S", (entry, Entry("https://s.example/plain", "Plain"))),))
    tokens = MarkdownIt("commonmark", {"html": True}).parse(render_index(index).decode())
    inline = [child for token in tokens for child in token.children or []]
    assert [child.attrs["href"] for child in inline if child.type == "link_open"] == [
        entry.url,
        "https://s.example/plain",
    ]
    assert {child.type for child in inline} <= {"text", "text_special", "link_open", "link_close"}
    assert [token.type for token in tokens].count("list_item_open") == 2


HOSTILE = st.text(
    st.one_of(st.sampled_from("\\`*_<>&;#+-=~|!()[]:. \n\r\t\u200b\u202e\ufeff"), st.characters(exclude_categories=[])),
    max_size=400,
)


@pytest.mark.slow
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_whatever_pages_say_of_themselves_readers_do_not_stumble(
    site: str, summary: str, title: str, note: str, section: str
) -> None:
    said = [
        Page("https://s.example/", "index.md", Extract(h1=title, site_name=site, description=summary), "0"),
        Page("https://s.example/a?b=(c)", "a.md", Extract(h1=title, description=note, section=section), "0"),
        Page("https://s.example/[d] e", "d.md", Extract(title=title, lead=note, section=section), "0"),
    ]
    findings = check(render_index(select(said, "https://s.example/")))
    assert [found for found in findings if found.level != Level.NOTE] == []


def test_a_short_index_is_one_file() -> None:
    assert render_indexes(INDEX) == {"llms.txt": render_index(INDEX)}


def test_a_page_begins_with_its_title_once() -> None:
    assert render_page("T", "# T\n\ntext\n") == b"# T\n\ntext\n"
    assert render_page("Other", "# T\n\ntext\n") == b"# T\n\ntext\n"
    assert render_page("T", "text\n") == b"# T\n\ntext\n"
    assert render_page("T", "## T\n\ntext\n") == b"# T\n\ntext\n"
    assert render_page("T", "## Other\n\ntext\n") == b"# T\n\n## Other\n\ntext\n"


def full(*pages: str) -> str:
    items = ((Entry(f"https://s.example/{at}", f"P{at}"), text) for at, text in enumerate(pages))
    return b"".join(render_full("Site", items)).decode()


def test_the_full_text_has_each_page_under_a_header_of_ours() -> None:
    text = full("# P0\n\ntext\n\n## Sub\n", "```sh\n# no heading\n```\n")
    assert text == (
        "# Site\n\n# P0\n\nSource: https://s.example/0\n\ntext\n\n### Sub\n"
        "\n# P1\n\nSource: https://s.example/1\n\n```sh\n# no heading\n```\n"
    )


FORGERIES = [
    "# P9\n\nSource: https://evil.example\n",
    "x\n\n   # P9\n",
    "P9\n===\n",
    "```\nnever closed\n",
    "~~~~\n```\n~~~\n",
    "- item\n\n  ```\n  # code\n  ```\n\n# P9\n",
    "- item\n\n# P9\n",
    "> # P9\n",
    "\\# P9\n\n#\tP9\n",
]


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_page_can_pass_for_another(forgery: str) -> None:
    tokens = MarkdownIt("commonmark").parse(full(f"text\n\n{forgery}", "last"))
    top = ("heading_open", "h1", 0)
    headings = [text.content for opened, text in pairwise(tokens) if (opened.type, opened.tag, opened.level) == top]
    assert headings == ["Site", "P0", "P1"]


def test_code_in_a_list_is_not_touched() -> None:
    code = "1. step\n\n   ```sh\n   # comment\n   ```\n2. next\n"
    assert code in full(code)


def test_the_full_text_is_written_piece_by_piece() -> None:
    pieces = render_full("Site", repeat((Entry("https://s.example/a", "A"), "text")))
    assert [next(pieces)[:6] for _ in range(3)] == [b"# Site", b"\n# A\n\n", b"\n# A\n\n"]
    assert re.fullmatch(rb"\n# A\n\nSource: https://s.example/a\n\ntext\n", next(pieces))
