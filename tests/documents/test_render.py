from __future__ import annotations

import re
from itertools import pairwise, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llms_txt import parse_llms_file
from markdown_it import MarkdownIt

from llmstxt_sched.documents.check import check
from llmstxt_sched.documents.model import MAX_CHARS, Entry, Index, Section
from llmstxt_sched.documents.parse import parse
from llmstxt_sched.documents.render import render_full, render_index, render_indexes, render_page
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
    st.from_regex(r"https://s\.example/[a-z0-9/._~-]{0,20}", fullmatch=True),
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


@given(indexes)
def test_what_is_written_reads_back_the_same(index: Index) -> None:
    assert parse(render_index(index)) == index


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


def large(urls: list[str], section: str = "S") -> Index:
    return Index("Site", "Sum.", ("P.",), (Section(section, tuple(Entry(url, "T" * 100, "n" * 100) for url in urls)),))


FOLDERS = [f"https://s.example/{folder}/{number}" for folder in ("api", "guide", "x") for number in range(120)]
DEEP = [f"https://s.example/docs/{folder}/{number}" for folder in ("api", "guide") for number in range(200)]
FLAT = [f"https://s.example/{number}.html" for number in range(500)]
# More folders than there is room for their lists in one file, and one by the name that a list of lists would have.
MANY = [f"https://s.example/{folder}/{number}" for folder in (*range(800), "part-2") for number in range(3)]


# Sections for parts, and folders by the names that parts of a section would have.
NAMED = [f"https://s.example/guide/{place}" for place in (f"chapter-{number}.html" for number in range(500))]
NAMED += [f"https://s.example/guide/part-{folder}/{number}" for folder in (1, 2) for number in range(40)]


@pytest.mark.parametrize("urls", [FOLDERS, DEEP, FLAT, MANY, NAMED], ids=["folders", "deep", "flat", "many", "named"])
def test_a_long_index_is_split_and_loses_nothing(urls: list[str]) -> None:
    files = render_indexes(large(urls))
    assert next(iter(files)) == "llms.txt"
    assert len(files) > 1
    found: list[str] = []
    for name, data in files.items():
        assert len(data.decode()) < MAX_CHARS
        assert name.endswith("llms.txt")
        found += [entry.url for section in parse(data).sections for entry in section.entries]
    lists = [url for url in found if url.endswith("/llms.txt")]
    assert sorted(lists) == sorted(f"https://s.example/{name}" for name in files if name != "llms.txt")
    assert sorted(url for url in found if url not in lists) == sorted(urls)


def test_a_section_and_folders_of_one_name_are_lists_of_their_own() -> None:
    entries = tuple(Entry(url, "T" * 100, "n" * 100) for url in NAMED)
    reference = tuple(Entry(f"https://s.example/guide/ref-{n}.html", "R" * 100) for n in range(30))
    files = render_indexes(Index("Site", "", (), (Section("Guide", entries), Section("Reference", reference))))
    found = [entry.url for data in files.values() for section in parse(data).sections for entry in section.entries]
    assert sorted(url for url in found if not url.endswith("/llms.txt")) == sorted(
        entry.url for entry in entries + reference
    )
    assert len(found) == len(set(found))


def test_a_page_by_the_name_of_a_list_keeps_it() -> None:
    own = "https://s.example/api/llms.txt"
    files = render_indexes(large([own, *FOLDERS]))
    assert "api/llms.txt" not in files
    found = [entry.url for data in files.values() for section in parse(data).sections for entry in section.entries]
    assert found.count(own) == 1


def test_a_list_of_its_own_is_not_made_of_what_is_shorter_than_its_link() -> None:
    few = [Entry(f"https://s.example/{f}/{n}", "T" * 100, "n" * 100) for f in ("a", "b", "c") for n in range(60)]
    tiny = [Entry(f"https://s.example/t{f}/{n}", "t") for f in range(400) for n in range(2)]
    files = render_indexes(Index("Site", "", (), (Section("S", (*few, *tiny)),)))
    assert len(files) < 10


def test_folders_of_the_site_are_the_parts() -> None:
    assert set(render_indexes(large(FOLDERS))) <= {"llms.txt", "api/llms.txt", "guide/llms.txt", "x/llms.txt"}


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
