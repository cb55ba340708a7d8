from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.growth import assert_linear

from llmstxt_sched.documents.check import check
from llmstxt_sched.documents.model import Entry, Index, Section
from llmstxt_sched.documents.parse import parse

OTHERS = """\ufeff# Their Name\r
\r
> one\r
> two\r
\r
Some words\r
over two lines.\r
\r
## Docs\r
- [Title \\[x\\]](/relative.md): a note: with &amp; more\r
text that is no link\r
## \r
"""


def test_what_others_write_is_read() -> None:
    entry = Entry("/relative.md", "Title [x]", "a note: with & more")
    assert parse(OTHERS.encode()) == Index(
        "Their Name", "one two", ("Some words over two lines.",), (Section("Docs", (entry,)), Section("", ()))
    )


@given(st.binary(max_size=300) | st.text(alphabet="#>-* []()\\`\n:ahtps/.", max_size=200).map(str.encode))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    parse(data)
    check(data)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", [b"[", b"- [", b"- [a](", b"#", b"> ", b"\\", b"&", b"- [a](b): c\n", b"- [" + b"\\]" * 500]
)
def test_large_and_hostile_files_are_read_in_linear_time(unit: bytes) -> None:
    def read(size: int) -> None:
        data = b"# N\n\n## S\n\n" + unit * (size // len(unit))
        parse(data)
        check(data)

    assert_linear(read, 1_000_000)
