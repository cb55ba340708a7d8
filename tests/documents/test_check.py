from __future__ import annotations

import pytest

from llmstxt_sched.documents.check import check

GOOD = """\
# Name

> Summary.

A paragraph.

## Docs

- [A](https://s.example/a): note

## Optional

- [B](https://s.example/b)
"""

BROKEN = [
    ("bom", 1, "\ufeff" + GOOD),
    ("line-ends", 1, GOOD.replace("\n", "\r\n")),
    ("name", 1, GOOD.replace("# Name\n", "", 1)),
    ("name", 1, "text\n" + GOOD),
    ("name", 7, GOOD.replace("## Docs", "# Other\n\n## Docs")),
    ("summary", 0, GOOD.replace("> Summary.\n", "")),
    ("summary", 4, GOOD.replace("> Summary.", "> Summary.\n> More.")),
    ("details", 0, GOOD.replace("A paragraph.\n", "")),
    ("heading", 5, GOOD.replace("A paragraph.", "### Deep\n\nA paragraph.")),
    ("section-name", 11, GOOD.replace("## Optional", "## Docs")),
    ("section-name", 7, GOOD.replace("## Docs", "##")),
    ("empty-section", 7, GOOD.replace("- [A](https://s.example/a): note", "")),
    ("optional-last", 7, GOOD.replace("## Docs", "## Optional").replace("## Optional\n\n- [B]", "## End\n\n- [B]")),
    ("link", 10, GOOD.replace("note\n", "note\ntext\n")),
    ("link", 10, GOOD.replace("note\n", "note\n  - [C](https://s.example/c) no colon\n")),
    ("title", 9, GOOD.replace("[A]", "[]")),
    ("title", 9, GOOD.replace("[A]", "[\\[A\\]]")),
    ("title", 9, GOOD.replace("[A]", f"[{'A' * 201}]")),
    ("note", 9, GOOD.replace("note", "n" * 301)),
    ("url", 9, GOOD.replace("https://s.example/a", "/a")),
    ("url", 9, GOOD.replace("https://s.example/a", "https://s.example/<a>")),
    ("duplicate", 13, GOOD.replace("example/b", "example/a")),
    ("invisible", 5, GOOD.replace("A paragraph", "A para\u200bgraph")),
    ("html", 9, GOOD.replace("note", "<b>note")),
    ("length", 0, GOOD + "x" * 50_000),
]


def test_a_good_file_has_no_findings() -> None:
    assert check(GOOD.encode()) == []


@pytest.mark.parametrize(("rule", "line", "text"), BROKEN)
def test_each_rule_is_found_at_its_line(rule: str, line: int, text: str) -> None:
    assert (rule, line) in [(finding.rule, finding.line) for finding in check(text.encode())]


def test_what_is_not_utf8_is_said() -> None:
    assert ("utf-8", 3) in [(finding.rule, finding.line) for finding in check(b"# N\n\n> \xff\n")]


def test_findings_are_bounded() -> None:
    assert len(check(b"# N\n\n## S\n" + b"x\n" * 5000)) == 1000
