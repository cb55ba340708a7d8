from __future__ import annotations

from pathlib import Path

import pytest

from llmstxt_sched.cli.output_files import safe_parts, write_files


@pytest.mark.parametrize("path", ["../a.md", "/etc/passwd.md", "a/../../b.md", "a/./b.md", "//a.md", "a\0b.md"])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "out"
    write_files(folder, [(path, [b"x"])])
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(written) == 1
    assert written[0].is_relative_to(folder)


def test_long_names_are_cut_and_stay_apart(tmp_path: Path) -> None:
    paths = ["a" * 400 + ".md", "a" * 401 + ".md", "ツ" * 200 + "/b.md"]
    write_files(tmp_path, [(path, [b"x"]) for path in paths])
    names = [part for path in paths for part in safe_parts(path)]
    assert len(set(names)) == 4
    assert all(len(name.encode()) <= 255 for name in names)
    assert names[0].endswith(".md")


def test_a_folder_never_takes_a_files_name(tmp_path: Path) -> None:
    write_files(
        tmp_path, [("a.md", [b"page"]), ("a.md/b.md", [b"below"]), ("llms.txt", [b"i"]), ("llms.txt/c.md", [b"c"])]
    )
    assert (tmp_path / "a.md").read_bytes() == b"page"
    assert (tmp_path / "llms.txt").read_bytes() == b"i"
    assert len(list(tmp_path.rglob("*.md"))) == 3
