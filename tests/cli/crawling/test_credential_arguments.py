from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from llmstxt_sched.cli.crawling.credential_arguments import add_credential_arguments, credentials_of
from llmstxt_sched.domain.credentials import Basic, Credentials


def credentials(*words: str) -> Credentials:
    parser = argparse.ArgumentParser()
    add_credential_arguments(parser)
    return credentials_of(parser.parse_args(words))


def test_headers_cookies_and_a_password_are_read_as_they_are_written() -> None:
    read = credentials("--header", "X-Token: a:b", "--cookie", "sid=a=b", "--cookie", "t=1", "--basic", "ann:a:b ")
    assert read == Credentials({"X-Token": "a:b"}, {"sid": "a=b", "t": "1"}, Basic("ann", "a:b "))
    assert credentials().is_empty


def test_they_are_read_from_files_and_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "headers").write_text("X-One: 1\n\nX-Two: 2\n")
    (tmp_path / "basic").write_text("ann:s3cret\n")
    monkeypatch.setenv("SID", "sid=s3cret")
    words = ["--header", f"@{tmp_path / 'headers'}", "--cookie", "env:SID", "--basic", f"@{tmp_path / 'basic'}"]
    read = credentials(*words)
    assert read == Credentials({"X-One": "1", "X-Two": "2"}, {"sid": "s3cret"}, Basic("ann", "s3cret"))


@pytest.mark.parametrize("words", [("--header", "s3cret"), ("--cookie", "s3cret"), ("--basic", "s3cret")])
def test_what_has_no_name_is_refused_without_repeating_it(words: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=words[0]) as error:
        credentials(*words)
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize(
    "words", [("--header", "X-T: s3cret", "--header", "X-T: other"), ("--cookie", "t=s3cret", "--cookie", "t=2")]
)
def test_a_name_that_is_given_twice_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="would be sent twice") as error:
        credentials(*words)
    assert "s3cret" not in str(error.value)


def test_a_file_for_basic_has_one_user_and_password(tmp_path: Path) -> None:
    (tmp_path / "basic").write_text("ann:1\nbob:2\n")
    with pytest.raises(ValueError, match="one user"):
        credentials("--basic", f"@{tmp_path / 'basic'}")


@pytest.mark.parametrize("source", ["@/nowhere/at/all", "env:NO_SUCH_NAME"])
def test_a_file_or_variable_that_is_not_there_is_a_bad_argument(
    source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        credentials("--header", source)
    assert ended.value.code == 2
    assert "--header" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--header", "--cookie", "--basic"])
def test_a_file_without_a_line_is_a_bad_argument(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nothing").write_text(" \n")
    with pytest.raises(SystemExit) as ended:
        credentials(option, f"@{tmp_path / 'nothing'}")
    assert ended.value.code == 2
    assert f"argument {option}: {tmp_path / 'nothing'} is empty" in capsys.readouterr().err
