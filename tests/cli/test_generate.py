from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

import pytest
from aiohttp import web
from llms_txt import parse_llms_file
from tests.support.service import COMMAND
from tests.support.site import Answer, moved, page, serving, text

from llmstxt_sched.cli.crawling.output_files import MANIFEST
from llmstxt_sched.cli.generate import add_arguments, generate
from llmstxt_sched.config import CrawlSettings, EgressSettings, Settings
from llmstxt_sched.documents.parse import parse

# Each crawl starts a process that parses.
pytestmark = pytest.mark.slow

SETTINGS = Settings(egress=EgressSettings("127.0.0.0/8"), crawl=CrawlSettings(parsers=1))
PAGES: dict[str, Answer] = {
    "/": page("Otter Handbook", "/start", "/a(b)?c=d", "/deep/er/", text="All that there is to know about otters."),
    "/start": page("Getting started", text="How to meet your first otter, and what to bring along."),
    "/a(b)?c=d": page("Odd address", text="A page whose address has parentheses and a query."),
    "/deep/er/": page("Deeper", text="A page that lies two folders down from the home page."),
}


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args([*words, "--delay", "0"])


async def test_llms_txt_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    async with serving(PAGES) as site:
        assert await generate(arguments(site.url()), SETTINGS) == 0
        out, err = capfdbinary.readouterr()
        parsed = parse_llms_file(out.decode())
        assert parsed.title == "Otter Handbook"
        assert site.url("/start") in out.decode()
        assert err == b"llmstxt-sched: 4 pages listed.\n"


async def test_a_folder_gets_every_document(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    folder = tmp_path / "new" / "out"
    async with serving(PAGES) as site:
        assert await generate(arguments(site.url(), "--out", str(folder)), SETTINGS) == 0
    assert capfdbinary.readouterr().out == b""
    files = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    pages = {"index.md", "start.md", "a(b)%3Fc=d.md", "deep/er/index.md"}
    assert files == {MANIFEST, "llms.txt", "llms-full.txt", *pages}
    assert (folder / "start.md").read_text().startswith("# Getting started\n")
    full = (folder / "llms-full.txt").read_text()
    assert "A page whose address has parentheses and a query." in full
    assert "How to meet your first otter" in full


async def test_a_site_behind_a_login_is_read_with_what_the_environment_holds(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    async def home(request: web.BaseRequest) -> web.Response:
        is_known = request.headers.get("Authorization") == "Basic YW5uOnMzY3JldA=="
        return web.Response(text=page("Inner Handbook"), content_type="text/html", status=200 if is_known else 401)

    monkeypatch.setenv("LOGIN", "ann:s3cret")
    async with serving({"/": home}) as site:
        assert await generate(arguments(site.url(), "--basic", "env:LOGIN"), SETTINGS) == 0
        assert b"Inner Handbook" in capfdbinary.readouterr().out
        assert await generate(arguments(site.url()), SETTINGS) == 1
        assert await generate(arguments(site.url(), "--header", "Host: s3cret"), SETTINGS) == 2
        assert b"s3cret" not in capfdbinary.readouterr().err


async def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    async with serving(PAGES) as site:
        for name in ("one", "two"):
            await generate(arguments(site.url(), "--out", str(tmp_path / name)), SETTINGS)
    files = [file.relative_to(tmp_path / "one") for file in (tmp_path / "one").rglob("*") if file.is_file()]
    assert files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


async def test_what_asks_not_to_be_indexed_is_not_written(tmp_path: Path) -> None:
    hidden = page("Drafts", "/deep", head='<meta name="robots" content="NOINDEX, FOLLOW">')
    async with serving({"/": page("Home", "/drafts"), "/drafts": hidden, "/deep": page("Deep")}) as site:
        await generate(arguments(site.url(), "--out", str(tmp_path)), SETTINGS)
    assert sorted(file.name for file in tmp_path.rglob("*.md")) == ["deep.md", "index.md"]
    assert "/drafts" not in (tmp_path / "llms.txt").read_text()


async def test_limits_are_taken_from_the_arguments(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    async with serving(PAGES) as site:
        limits = ["--max-pages", "2", "--exclude", "/start", "--max-depth", "3", "--max-seconds", "60"]
        assert await generate(arguments(site.url(), *limits), SETTINGS) == 0
        out = capfdbinary.readouterr().out.decode()
        assert "/start" not in out
        assert "c=d" in out
        assert "/deep" not in out


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ({}, "404"),
        ({"/robots.txt": text("User-agent: *\nDisallow: /")}, "robots.txt"),
        ({"/": moved("http://10.0.0.1/")}, "10.0.0.1"),
    ],
)
async def test_why_nothing_could_be_crawled_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, pages: dict[str, Answer], why: str
) -> None:
    async with serving(pages) as site:
        assert await generate(arguments(site.url(), "--out", str(tmp_path / "out")), SETTINGS) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert why in err
        assert err.count("\n") == 1
        assert not list(tmp_path.rglob("*.txt"))


@pytest.mark.parametrize("url", ["docs.example", "ftp://docs.example/", "http://user@docs.example/"])
async def test_an_address_that_is_none_is_a_bad_argument(capsys: pytest.CaptureFixture[str], url: str) -> None:
    assert await generate(arguments(url), SETTINGS) == 2
    assert capsys.readouterr().err


async def test_a_glob_that_can_match_nothing_is_a_bad_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert await generate(arguments("https://docs.example/", "--exclude", "[a"), SETTINGS) == 2
    assert capsys.readouterr().err.startswith("llmstxt-sched: --exclude: [a ")


async def test_a_folder_that_cannot_be_made_is_a_bad_argument(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    for name in ("file", "file/x"):
        assert await generate(arguments("https://docs.example/", "--out", str(tmp_path / name)), SETTINGS) == 2
        told = f"llmstxt-sched: --out {tmp_path / name}: that is a file, or below one; name a folder\n"
        assert capsys.readouterr().err == told


async def test_a_folder_that_takes_no_file_is_told_of_before_the_crawl(capsys: pytest.CaptureFixture[str]) -> None:
    async with serving({"/": page("Home")}) as site:
        # Nobody may make a file there, root neither.
        assert await generate(arguments(site.url(), "--out", "/proc"), SETTINGS) == 2
        assert capsys.readouterr().err.startswith("llmstxt-sched: --out /proc: ")
        assert not site.asked


@pytest.mark.parametrize(
    "words",
    [
        ["--max-pages", "0"],
        ["--max-depth", "x"],
        ["--delay", "nan"],
        ["--max-seconds", "-1"],
        ["--max-seconds", "0"],
        [],
    ],
)
def test_numbers_that_are_none_are_bad_arguments(words: list[str]) -> None:
    url = ["https://docs.example/"] if words else []
    with pytest.raises(SystemExit) as stopped:
        arguments(*url, *words)
    assert stopped.value.code == 2


@pytest.mark.parametrize("words", [["--out", ""], ["--out="]])
def test_a_folder_without_a_name_is_a_bad_argument(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        arguments("https://docs.example/", *words)
    assert stopped.value.code == 2
    assert "--out: a folder is wanted" in capsys.readouterr().err


@pytest.mark.parametrize("delay", [1800.0, 3600.0])
async def test_a_delay_that_leaves_no_time_for_a_page_is_a_bad_argument(
    capsys: pytest.CaptureFixture[str], delay: float
) -> None:
    async with serving({"/": page("Home")}) as site:
        asked = arguments(site.url(), "--max-seconds", "1800")
        asked.delay = delay
        assert await generate(asked, SETTINGS) == 2
        assert f"a delay of {delay:g} seconds leaves no time" in capsys.readouterr().err
        assert not site.asked


def in_language(tag: str, title: str, *links: str) -> str:
    alternates = "".join(
        f'<link rel=alternate hreflang={each} href="{path}">' for each, path in (("en", "/"), ("de", "/de/"))
    )
    return page(title, *links, head=alternates).replace("<html", f"<html lang={tag}", 1)


TRANSLATED: dict[str, Answer] = {
    "/": in_language("en", "Otters", "/de/", "/start", "/1.0/start", "/2.0/start"),
    "/de/": in_language("de", "Otter", "/de/nur-hier"),
    "/de/nur-hier": page("Nur hier"),
    "/start": page("Start"),
    "/1.0/start": page("Start of 1.0"),
    "/2.0/start": page("Start of 2.0"),
}


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ((), {"/", "/start"}),
        (("--languages", "all"), {"/", "/start", "/de/", "/de/nur-hier"}),
        (("--languages", "de"), {"/de/", "/de/nur-hier"}),
        (("--versions", "all"), {"/", "/start", "/1.0/start", "/2.0/start"}),
        (("--scope", "path"), {"/", "/start"}),
    ],
)
async def test_the_documents_are_in_the_start_pages_language_and_version_unless_asked_otherwise(
    words: tuple[str, ...], paths: set[str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    async with serving(TRANSLATED) as site:
        assert await generate(arguments(site.url(), *words), SETTINGS) == 0
        index = parse(capfdbinary.readouterr().out)
        found = {entry.url.removeprefix(site.origin) for section in index.sections for entry in section.entries}
        assert found == paths
        assert ("/de/nur-hier" in site.asked) == ("/de/nur-hier" in paths)


async def test_a_site_may_be_told_what_of_its_pages_is_content(tmp_path: Path) -> None:
    pages = {"/": "<title>T</title><main><h1>T</h1><p class=a>Kept by name.</p><p class=b>Beside it.</p></main>"}
    for words, said in ((("--keep", ".a"), "Kept by name."), (("--drop", "h1, .a"), "Beside it.")):
        async with serving(pages) as site:
            assert await generate(arguments(site.url(), "--out", str(tmp_path), *words), SETTINGS) == 0
        assert (tmp_path / "index.md").read_text() == f"# T\n\n{said}\n"


@pytest.mark.parametrize(
    "words", [("--keep", "p >"), ("--languages", "no tag"), ("--languages", "start,de"), ("--versions", "old")]
)
def test_what_is_no_selector_language_or_version_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit):
        arguments("http://s.example/", *words)


async def test_sections_come_from_a_file_of_navigation_that_is_no_page_itself(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    parts = {"Guides": ("one", "two"), "Reference": ("three", "four"), "Help": ("five", "six")}
    items = "".join(
        f"<li class=part-title>{part}" + "".join(f"<li><a href={name}.html>{name}</a>" for name in names)
        for part, names in parts.items()
    )
    frame = "<nav><noscript><iframe src=toc.html></iframe></noscript></nav>"
    book = {
        f"/{name}.html": page(name).replace("<main>", f"{frame}<main>") for names in parts.values() for name in names
    }
    toc = f"<head><meta name=robots content=noindex></head><body><ol class=chapter>{items}</ol>"
    async with serving({"/": page("Book").replace("<main>", f"{frame}<main>"), "/toc.html": toc, **book}) as site:
        assert await generate(arguments(site.url()), SETTINGS) == 0
    index = parse(capfdbinary.readouterr().out)
    found = {section.name: [entry.title for entry in section.entries] for section in index.sections}
    assert found == {"Overview": ["Book"], **{part: list(names) for part, names in parts.items()}}


async def test_the_end_says_what_was_written_which_limit_bit_and_what_was_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving({**PAGES, "/": page("Otters", "/gone", "/start", "/deep/er/")}) as site:
        assert await generate(arguments(site.url(), "--out", str(tmp_path), "--max-pages", "2"), SETTINGS) == 0
        said = capsys.readouterr().err
    assert said == (
        f"llmstxt-sched: 2 pages written to {tmp_path}. Limits reached: max_pages at {site.url('/deep/er/')}. "
        "Left out: 1 gone.\n"
    )


async def test_the_end_names_pages_that_need_their_scripts_and_patterns_that_matched_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = '<html><body><div id="root"></div><script src="/main.js"></script></body></html>'
    async with serving({**PAGES, "/": page("Otters", "/app"), "/app": shell}) as site:
        options = ("--exclude", "/drafs/*", "--exclude", "/a*b", "--include", "/*")
        assert await generate(arguments(site.url(), "--out", str(tmp_path), *options), SETTINGS) == 0
        assert capsys.readouterr().err == (
            f"llmstxt-sched: 1 page written to {tmp_path}. Left out: 1 empty. Without text until their scripts run: 1, "
            f"the first at {site.url('/app')}. Patterns that matched no address: /drafs/*, /a*b.\n"
        )


async def test_pages_that_are_gone_are_removed_from_the_folder(tmp_path: Path) -> None:
    async with serving(PAGES) as site:
        assert await generate(arguments(site.url(), "--out", str(tmp_path)), SETTINGS) == 0
        site.pages["/"] = page("Otter Handbook", "/start")
        assert await generate(arguments(site.url(), "--out", str(tmp_path)), SETTINGS) == 0
    files = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*")}
    assert files == {MANIFEST, "llms.txt", "llms-full.txt", "index.md", "start.md"}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
async def test_what_takes_no_output_is_a_sentence() -> None:
    async with serving(PAGES) as site:
        words = ["generate", site.url(), "--delay", "0"]
        environment = {"LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8", "LLMSTXT_CRAWL__PARSERS": "1"}
        reader, writer = os.pipe()
        os.close(reader)
        full = os.open("/dev/full", os.O_WRONLY)
        for output, said in ((full, "No space left on device"), (writer, "Broken pipe")):
            process = await asyncio.create_subprocess_exec(
                COMMAND, *words, stdout=output, stderr=asyncio.subprocess.PIPE, env=environment
            )
            _, error = await process.communicate()
            assert error.decode() == f"llmstxt-sched: standard output cannot be written: {said}\n"
            assert process.returncode == 1
            os.close(output)


@pytest.mark.slow
async def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "llms.txt").mkdir()
    async with serving(PAGES) as site:
        words = ["generate", site.url(), "--delay", "0", "--out", str(tmp_path)]
        environment = {"LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8", "LLMSTXT_CRAWL__PARSERS": "1"}
        process = await asyncio.create_subprocess_exec(COMMAND, *words, stderr=asyncio.subprocess.PIPE, env=environment)
        _, error = await process.communicate()
    assert error.decode() == f"llmstxt-sched: {tmp_path / 'llms.txt'} cannot be written: Is a directory\n"
    assert process.returncode == 1
    # What could be written is there.
    assert (tmp_path / "index.md").is_file()


@pytest.mark.slow
async def test_an_output_that_was_closed_takes_the_documents_as_the_null_device_does() -> None:
    async with serving(PAGES) as site:
        process = await asyncio.create_subprocess_shell(
            f"{COMMAND} generate {site.url()} --delay 0 >&-",
            stderr=asyncio.subprocess.PIPE,
            env={"LLMSTXT_EGRESS__ALLOW": "127.0.0.0/8", "LLMSTXT_CRAWL__PARSERS": "1"},
        )
        _, error = await process.communicate()
        assert (process.returncode, error) == (0, b"llmstxt-sched: 4 pages listed.\n")
