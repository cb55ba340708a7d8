from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.support.service import COMMAND, serve_site

pytestmark = pytest.mark.slow

GOOD = b"# Name\n\n> Summary.\n\nA paragraph.\n\n## Pages\n\n- [One](https://example.com/one): A note.\n"


def _check(target: str, *options: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {"LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8"}
    return subprocess.run(
        [COMMAND, "check", target, *options], input=stdin, capture_output=True, env=environment, check=False
    )


def test_a_good_file_has_nothing_to_object_to(tmp_path: Path) -> None:
    (tmp_path / "llms.txt").write_bytes(GOOD)
    done = _check(str(tmp_path / "llms.txt"))
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"100 of 100 points" in done.stderr
    assert _check("-", stdin=GOOD).returncode == 0


def test_each_broken_rule_has_a_line() -> None:
    done = _check("-", stdin=GOOD.replace(b"# Name", b"Name"))
    assert done.returncode == 1
    assert done.stdout.startswith(b"-:1: error: name: ")


def test_warnings_alone_are_no_failure() -> None:
    done = _check("-", "--json", stdin=GOOD.replace(b"https://example.com/", b"/"))
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert {name: answer[name] for name in ("score", "errors", "warnings", "notes")} == {
        "score": 95,
        "errors": 0,
        "warnings": 1,
        "notes": 0,
    }
    assert [(found["line"], found["level"], found["rule"]) for found in answer["findings"]] == [
        (9, "warning", "absolute-url")
    ]


def test_an_address_is_checked_through_the_gate(tmp_path: Path) -> None:
    (tmp_path / "llms.txt").write_bytes(GOOD)
    (tmp_path / "llms.html").write_bytes(GOOD)
    with serve_site(tmp_path) as site:
        assert _check(f"{site.url}llms.txt").returncode == 0
        as_html = _check(f"{site.url}llms.html")
        missing = _check(f"{site.url}nothing")
    assert (as_html.returncode, b"content-type" in as_html.stdout) == (0, True)
    assert (missing.returncode, b"404" in missing.stderr) == (2, True)


@pytest.mark.parametrize("target", ["/nonexistent/llms.txt", "http://169.254.169.254/llms.txt"])
def test_what_cannot_be_read_is_said_in_one_line(target: str) -> None:
    done = _check(target)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
