from __future__ import annotations

import time

import pytest
from tests.documents.pages import START

from llmstxt_sched.documents.selection.language_marks import marked_languages


def marked(*paths: str, declared: str = "") -> dict[str, str]:
    found = marked_languages({START + path: declared if path not in ("", "a.html") else "" for path in paths})
    return {url.removeprefix(START): tag for url, tag in found.items()}


@pytest.mark.parametrize(
    ("home", "page", "tag"),
    [
        ("index.ja.html", "a.ja.html", "ja"),
        ("index.html.de", "a.html.de", "de"),
        ("index_pt_BR.html", "a_pt_BR.html", "pt-br"),
        ("index-fr.html", "a-fr.html", "fr"),
        ("?lang=de", "a.html?lang=de", "de"),
        ("?locale=zh-CN", "a.html?x=1&locale=zh-CN", "zh-cn"),
        ("?hl=ko", "a.html?hl=ko", "ko"),
    ],
)
def test_a_file_or_a_query_named_by_a_language_beside_the_same_page_is_a_translation(
    home: str, page: str, tag: str
) -> None:
    beside = "a.html?x=1" if "x=1" in page else "a.html"
    assert marked("", beside, home, page) == {home: tag, page: tag}
    assert marked("", beside, page) == {}


def test_files_of_several_languages_prove_one_another() -> None:
    files = [f"{name}.{tag}.html" for name in ("a", "b") for tag in ("en", "ja")]
    assert marked(*files) == {file: file.split(".")[1] for file in files}
    assert marked("a.ja.html", "b.ja.html") == {}


def test_what_a_page_declares_counts_more_than_the_name_of_its_file() -> None:
    assert marked("", "a.html", "index-it.html", "a-it.html", declared="en") == {}
    assert marked("", "a.html", "index.sv.html", "a.sv.html", declared="sv-SE").keys() == {"index.sv.html", "a.sv.html"}
    assert marked("", "a.html", "?lang=de", "a.html?lang=de", declared="en").keys() == {"?lang=de", "a.html?lang=de"}


@pytest.mark.parametrize(
    "paths",
    [("index.cs.html", "a.cs.html"), ("?lang=go", "a.html?lang=go"), ("index.js.html", "a.js.html"), ("de", "a")],
)
def test_endings_and_languages_of_programs_are_no_translations(paths: tuple[str, ...]) -> None:
    assert marked("", "a.html", *paths) == {}


def test_long_names_take_no_time() -> None:
    urls = [START + each * 600 + ".html" for each in ("a-", "a.", "a_a-.")] + [f"{START}?{'lang=x&' * 200}"]
    begin = time.process_time()
    assert marked_languages(dict.fromkeys(urls * 20, "")) == {}
    assert time.process_time() - begin < 1
