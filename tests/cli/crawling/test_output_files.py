from __future__ import annotations

import errno
import fcntl
import os
import resource
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from itertools import repeat
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from urllib.parse import unquote

import msgspec
import pytest

from llmstxt_sched.cli.crawling.output_files import MANIFEST, replace_files, write_files
from llmstxt_sched.documents.file_names import safe_parts


@pytest.mark.parametrize(
    "path", ["../a.md", "/etc/passwd.md", "a/../../b.md", "a/./b.md", "//a.md", "a\0b.md", ".\0./a.md"]
)
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


def test_files_whose_names_a_disk_takes_for_one_stay_apart(tmp_path: Path) -> None:
    # As a disk that ignores case does.
    (tmp_path / "guide.md").symlink_to("Guide.md")
    for _ in range(2):
        replace_files(tmp_path, [("Guide.md", [b"one"]), ("guide.md", [b"other"])])
        (apart,) = tmp_path.glob("guide~*.md")
        assert ((tmp_path / "Guide.md").read_bytes(), apart.read_bytes()) == (b"one", b"other")
    replace_files(tmp_path, [("Guide.md", [b"one"])])
    assert sorted(file.name for file in tmp_path.iterdir()) == [MANIFEST, "Guide.md", "guide.md"]


def test_a_file_whose_name_has_changed_in_case_alone_is_not_removed(tmp_path: Path) -> None:
    replace_files(tmp_path, [("Guide.md", [b"one"])])
    (tmp_path / "guide.md").symlink_to("Guide.md")
    replace_files(tmp_path, [("guide.md", [b"one"])])
    assert (tmp_path / "guide.md").read_bytes() == b"one"
    assert list(msgspec.json.decode((tmp_path / MANIFEST).read_bytes())) == ["guide.md"]


def test_a_name_in_another_script_is_written_in_it_as_a_server_looks_for_it(tmp_path: Path) -> None:
    folder, name = "%E6%8C%87%E5%8D%97", "%D9%86%D8%B5%D8%A8%E2%80%8C%DA%A9%D9%86%D9%86%D8%AF%D9%87"
    write_files(tmp_path, [(f"{folder}/{name}.html.md", [b"x"]), (f"{'%E5%AE%89' * 80}.md", [b"y"])])
    assert (tmp_path / "\u6307\u5357" / "\u0646\u0635\u0628\u200c\u06a9\u0646\u0646\u062f\u0647.html.md").exists()
    assert (tmp_path / f"{chr(0x5B89) * 80}.md").exists()


@pytest.mark.parametrize("name", ["a%20b", "a%2Fb%3Fc", "%2E%2E", "%00", "%FF", "%E6%8C", "%E2%80%AE", "%EF%BF%BD"])
def test_what_is_no_letter_of_another_script_stays_encoded(name: str) -> None:
    assert safe_parts(f"{name}/{name}.md") == [name, f"{name}.md"]


def test_what_an_earlier_release_wrote_under_an_encoded_name_is_removed(tmp_path: Path) -> None:
    old = tmp_path / "%E6%8C%87" / "a.md"
    old.parent.mkdir()
    old.write_bytes(b"x")
    manifest = {"%E6%8C%87/a.md": sha256(b"x").hexdigest()}
    (tmp_path / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    replace_files(tmp_path, [("%E6%8C%87/a.md", [b"x"])])
    assert {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.md")} == {"\u6307/a.md"}


@pytest.mark.parametrize("git", [".git", ".GIT", ".g%E2%80%8Cit"])
def test_no_page_becomes_a_part_of_a_git_repository(tmp_path: Path, git: str) -> None:
    replace_files(tmp_path, [(f"{git}/refs/heads/a.md", [b"x"]), (f"docs/{git}/a.md", [b"x"]), (f"{git}.md", [b"x"])])
    folders = {file.name for file in tmp_path.rglob("*") if file.is_dir()}
    assert folders == {f"{unquote(git)}%", "refs", "heads", "docs"}
    replace_files(tmp_path, [])
    assert {file.name for file in tmp_path.iterdir()} == {MANIFEST}


def test_the_next_run_removes_what_it_writes_no_more_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "own.md").write_text("somebody else's")
    replace_files(tmp_path, [(path, [b"x"]) for path in ("a.md", "deep/b.md", "deep/er/c.md", "d.md", "llms.txt")])
    (tmp_path / "d.md").write_text("changed since")
    replace_files(tmp_path, [("a.md", [b"y"])])
    left = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*")}
    assert left == {MANIFEST, "a.md", "d.md", "deep", "deep/own.md"}


@pytest.mark.parametrize("manifest", [b"", b"[1]", b'{"a": 1}', b"\xff"])
def test_a_manifest_that_cannot_be_read_removes_nothing(tmp_path: Path, manifest: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(manifest)
    (tmp_path / "a.md").write_bytes(b"x")
    replace_files(tmp_path, [("b.md", [b"x"])])
    assert (tmp_path / "a.md").exists()


def test_a_manifest_removes_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "elsewhere")
    outside = [tmp_path / "a.md", tmp_path / "elsewhere" / "b.md"]
    for file in outside:
        file.write_bytes(b"x")
    digest = sha256(b"x").hexdigest()
    names = ["../a.md", str(outside[0]), "link/b.md", "."]
    (tmp_path / "out" / MANIFEST).write_bytes(msgspec.json.encode(dict.fromkeys(names, digest)))
    replace_files(tmp_path / "out", [])
    assert all(file.exists() for file in outside)


def test_a_run_that_broke_off_leaves_a_manifest_of_what_it_wrote(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        replace_files(tmp_path, [("a.md", [b"x"]), ("b.md", broken())])
    replace_files(tmp_path, [])
    assert not (tmp_path / "a.md").exists()


def test_a_disk_that_takes_no_more_keeps_the_manifest_and_no_half_of_a_file(tmp_path: Path) -> None:
    replace_files(tmp_path, [("a.md", [b"x"]), ("b.md", [b"x"]), ("c.md", [b"x"])])
    before = (tmp_path / MANIFEST).read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            replace_files(tmp_path, [("a.md", [b"y"]), ("b.md", [b"z" * 60]), ("new.md", [b"y"])])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    # What could not be replaced is as it was, and what the site has no more goes with the next run that ends well.
    assert {file.name for file in tmp_path.iterdir()} == {MANIFEST, "a.md", "b.md", "c.md"}
    assert [(tmp_path / name).read_bytes() for name in ("a.md", "b.md", "c.md")] == [b"y", b"x", b"x"]
    assert (tmp_path / MANIFEST).read_bytes() == before
    replace_files(tmp_path, [("a.md", [b"y"])])
    assert {file.name for file in tmp_path.iterdir()} == {MANIFEST, "a.md"}


def test_what_a_killed_run_has_left_goes_with_the_next_and_what_another_writes_stays(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    with subprocess.Popen(["true"]) as ended:
        pass
    left = [tmp_path / f".llmstxt-{ended.pid}.part", tmp_path / "deep" / f".llmstxt-{os.getpid()}.part"]
    others = [tmp_path / f".llmstxt-{os.getppid()}.part", tmp_path / ".llmstxt-notes.part"]
    for part in (*left, *others):
        part.write_bytes(b"x")
    replace_files(tmp_path, [("deep/a.md", [b"x"])])
    assert [part.exists() for part in (*left, *others)] == [False, False, True, True]


def test_who_waits_for_another_run_is_told_so(tmp_path: Path) -> None:
    told = list[str]()
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)

    def waits() -> None:
        told.append("waits")
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    try:
        for _ in range(2):
            replace_files(tmp_path, [("a.md", [b"x"])], waits)
    finally:
        os.close(descriptor)
    assert told == ["waits"]
    assert (tmp_path / "a.md").exists()


def test_a_file_is_replaced_where_a_link_leads_and_keeps_its_mode(tmp_path: Path) -> None:
    served = tmp_path / "served.txt"
    served.write_bytes(b"x")
    served.chmod(0o640)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "llms.txt").symlink_to(served)
    longest = "a" * 252 + ".md"
    replace_files(tmp_path / "out", [("llms.txt", [b"y"]), (longest, [b"y"])])
    assert (served.read_bytes(), served.stat().st_mode & 0o777) == (b"y", 0o640)
    assert (tmp_path / "out" / "llms.txt").is_symlink()
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_an_error_names_the_file_and_not_the_one_that_was_to_take_its_place(tmp_path: Path) -> None:
    (tmp_path / "llms.txt").symlink_to(tmp_path / "gone" / "llms.txt")
    with pytest.raises(FileNotFoundError) as told:
        replace_files(tmp_path, [("llms.txt", [b"x"])])
    assert told.value.filename == str(tmp_path / "gone" / "llms.txt")


@pytest.mark.slow
def test_of_two_runs_that_write_at_once_the_last_one_s_files_are_there_and_whole(tmp_path: Path) -> None:
    both_write = Barrier(2)

    def write(each: bytes) -> None:
        def pieces() -> Iterator[bytes]:
            yield each * 10_000
            with suppress(BrokenBarrierError):
                both_write.wait(0.5)
            yield from repeat(each * 1000, 20 if each == b"a" else 10)

        replace_files(tmp_path, [(f"{each.decode()}.md", [each]), ("llms-full.txt", pieces())])

    with ThreadPoolExecutor() as threads:
        list(threads.map(write, (b"a", b"b")))
    (last,) = (file.stem for file in tmp_path.glob("*.md"))
    size = 30_000 if last == "a" else 20_000
    assert (tmp_path / "llms-full.txt").read_bytes() == last.encode() * size
    manifest = msgspec.json.decode((tmp_path / MANIFEST).read_bytes())
    assert manifest.keys() == {f"{last}.md", "llms-full.txt"}
