from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llms_txt import parse_llms_file

from llmstxt_sched.documents.check import check
from llmstxt_sched.documents.check_rules import RULES, Level, score

GOOD = """\
# Name

> Summary.

A paragraph.

## Docs

- [A](https://s.example/a): note

## Optional

- [B](https://s.example/b)
"""
LINK = "- [A](https://s.example/a)"

BROKEN = [
    ("bom", 1, "\ufeff" + GOOD),
    ("line-ends", 1, GOOD.replace("\n", "\r\n")),
    ("name", 2, GOOD.replace("# Name\n", "", 1)),
    ("name", 1, "text\n" + GOOD),
    ("name", 1, GOOD.replace("# Name", "Name\n====")),
    ("name", 1, ""),
    ("second-name", 7, GOOD.replace("## Docs", "# Other\n\n## Docs")),
    ("second-name", 9, GOOD.replace(LINK, f"# Other\n{LINK}")),
    ("opening", 1, "# Name"),
    ("opening", 1, "# Name\n> Summary.\n"),
    ("opening", 1, f"# Name\n## Docs\n{LINK}"),
    ("summary", 0, GOOD.replace("> Summary.\n", "")),
    ("summary-lines", 4, GOOD.replace("> Summary.", "> Summary.\n> More.")),
    ("details", 0, GOOD.replace("A paragraph.\n", "")),
    ("heading", 5, GOOD.replace("A paragraph.", "### Deep\n\nA paragraph.")),
    ("section-name", 11, GOOD.replace("## Optional", "## Docs")),
    ("section-name", 7, GOOD.replace("## Docs", "##")),
    ("empty-section", 7, GOOD.replace(f"{LINK}: note", "")),
    ("optional-last", 7, GOOD.replace("## Docs", "## Optional").replace("## Optional\n\n- [B]", "## End\n\n- [B]")),
    ("subheading", 9, GOOD.replace(LINK, f"### Sub\n{LINK}")),
    ("link", 10, GOOD.replace("note\n", "note\ntext\n")),
    ("link", 9, GOOD.replace("- [A]", "* [A]")),
    ("link", 9, GOOD.replace("- [A]", "1. [A]")),
    ("link", 9, GOOD.replace("- [A]", "- See [A]")),
    ("link", 9, GOOD.replace("[A]", "[]")),
    ("link", 9, GOOD.replace("[A]", "[\\[A\\]]")),
    ("link", 14, GOOD + "The end.\n"),
    ("note-colon", 9, GOOD.replace("a): note", "a) - note")),
    ("title", 9, GOOD.replace("[A]", "[ ]")),
    ("title-brackets", 9, GOOD.replace("[A]", "[\\[A]")),
    ("title-length", 9, GOOD.replace("[A]", f"[{'A' * 201}]")),
    ("note-length", 9, GOOD.replace("note", "n" * 301)),
    ("absolute-url", 9, GOOD.replace("https://s.example/a", "/a")),
    ("absolute-url", 9, GOOD.replace("https://s.example/a", "ftp://s.example/a")),
    ("url-characters", 9, GOOD.replace("https://s.example/a", "https://s.example/<a>")),
    ("url-characters", 9, GOOD.replace("https://s.example/a", "https://s.example/(a)")),
    ("duplicate-url", 13, GOOD.replace("example/b", "example/a")),
    ("invisible", 5, GOOD.replace("A paragraph", "A para\u200bgraph")),
    ("html", 9, GOOD.replace("note", "<b>note")),
    ("length", 0, GOOD + "x" * 50_000),
]
# The one of the proposal's own site.
OF_THE_AUTHOR = """\
# llms.txt

> A proposal that those interested in providing LLM-friendly content add a /llms.txt file to their site.

## Docs

- [llms.txt proposal](https://llmstxt.org/index.md): The proposal for llms.txt
- [Python library docs](https://llmstxt.org/intro.html.md): Docs for `llms-txt` python lib
"""


def found(data: bytes, content_type: str | None = None) -> list[tuple[str, int]]:
    return [(finding.rule, finding.line) for finding in check(data, content_type)]


def test_a_good_file_has_no_findings() -> None:
    assert check(GOOD.encode()) == []
    assert score([]) == 100


@pytest.mark.parametrize(("rule", "line", "text"), BROKEN)
def test_each_rule_is_found_at_its_line(rule: str, line: int, text: str) -> None:
    assert (rule, line) in found(text.encode())


def test_every_rule_can_be_broken() -> None:
    assert {rule for rule, _, _ in BROKEN} | {"utf-8", "content-type"} == set(RULES)


def test_the_file_of_the_proposal_passes() -> None:
    assert {finding.level for finding in check(OF_THE_AUTHOR.encode())} <= {Level.NOTE}


def test_what_is_not_utf8_is_said() -> None:
    assert ("utf-8", 3) in found(b"# N\n\n> \xff\n")


@pytest.mark.parametrize("content_type", ["text/plain", "text/markdown; charset=UTF-8", 'text/plain;charset="utf-8"'])
def test_text_and_markdown_are_sent_as_such(content_type: str) -> None:
    assert found(GOOD.encode(), content_type) == []


@pytest.mark.parametrize("content_type", ["", "text/html", "application/octet-stream"])
def test_another_content_type_is_said(content_type: str) -> None:
    assert found(GOOD.encode(), content_type) == [("content-type", 0)]


def test_text_beyond_ascii_needs_its_charset_said() -> None:
    assert found(GOOD.replace("note", "né").encode(), "text/plain") == [("content-type", 0)]


@pytest.mark.parametrize("details", ["```sh\n# comment\n```", "> Another quotation.", "- a list", "`<b>` and \\<b>"])
def test_details_may_be_anything_but_headings(details: str) -> None:
    assert found(GOOD.replace("A paragraph.", f"A paragraph.\n\n{details}").encode()) == []


def test_a_rule_costs_once_however_often_it_is_broken() -> None:
    twice = GOOD.replace("https://s.example/", "/")
    assert score(check(twice.encode())) == 95
    assert score(check(b"text")) == 75
    assert score(check(b"\xef\xbb\xbf\r\n##\n\n##\n### x\n- <b>\n# x\n\xff\xe2\x80\x8b")) == 0


def test_findings_of_each_rule_are_bounded() -> None:
    rules = [rule for rule, _ in found(b"# N\n\n## S\n" + b"x\n- [a](/b)\n" * 5000)]
    assert rules.count("link") == rules.count("absolute-url") == 100


_LINES = """
# Name|#Name|#|> Summary|>|>Summary|Text|## Docs|##|##Docs|### Deep|- [A](https://a.example/)|- [A](/a): note|* [A](/a)
-[A](/a)|- [](/a)|- [A]()|- [[A]](/a)|  - [A](/a)|- [A](/a(b))|- A|```|\ufeff# Name|| |
""".replace("\n", "|").split("|")


@given(st.lists(st.sampled_from(_LINES), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_the_reference_parser_reads_what_has_no_errors(lines: list[str], line_end: str) -> None:
    text = line_end.join(lines)
    if Level.ERROR not in {finding.level for finding in check(text.encode())}:
        # As its own command reads a file, in Python's text mode.
        assert parse_llms_file(text.replace(line_end, "\n")).title


def test_the_docs_have_every_rule() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "check.md").read_text()
    rows = [f"| `{rule.id}` | {rule.level} | {rule.what} | {rule.why} |" for rule in RULES.values()]
    assert [line for line in docs.splitlines() if line.startswith("| `")] == rows
