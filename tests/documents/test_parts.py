from __future__ import annotations

import re

import pytest

from llmstxt_sched.documents.model import MAX_CHARS, Entry, Index, Section
from llmstxt_sched.documents.parse import parse
from llmstxt_sched.documents.render import render_indexes


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


@pytest.mark.slow
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


NOT_WORTH_IT = {
    "two pages whose entries are shorter than the link to their list": [
        Entry(f"https://s.example/t{folder}/{number}", "t") for folder in range(1000) for number in range(2)
    ],
    "one page, however long its entry": [
        Entry(f"https://s.example/p{folder}/page", "T" * 100, "n" * 100) for folder in range(300)
    ],
}


@pytest.mark.parametrize("folder", NOT_WORTH_IT)
def test_a_folder_that_is_not_worth_a_list_gets_none(folder: str) -> None:
    files = render_indexes(Index("Site", "", (), (Section("S", tuple(NOT_WORTH_IT[folder])),)))
    assert len(files) > 1
    assert all(re.fullmatch(r"(?:part-\d+/)*llms\.txt", name) for name in files), list(files)


def test_a_folder_that_is_worth_a_list_gets_one_and_the_rest_stays() -> None:
    worth_it = [Entry(f"https://s.example/long/{number}", "T" * 100, "n" * 100) for number in range(150)]
    others = [entry for entries in NOT_WORTH_IT.values() for entry in entries[:100]]
    files = render_indexes(Index("Site", "", (), (Section("S", (*others, *worth_it)),)))
    assert list(files) == ["llms.txt", "long/llms.txt"]
    (section,) = parse(files["long/llms.txt"]).sections
    assert section.entries == tuple(worth_it)
    assert "- [Site: Long](https://s.example/long/llms.txt): 150 pages in a list of their own\n" in (
        files["llms.txt"].decode()
    )


def test_a_folder_of_two_long_pages_is_worth_a_list() -> None:
    entries = [Entry(f"https://s.example/{folder}/{n}", "T" * 100, "n" * 100) for folder in range(300) for n in "ab"]
    files = render_indexes(Index("Site", "", (), (Section("S", tuple(entries)),)))
    assert any(re.match(r"\d+/", name) for name in files), list(files)


def test_what_an_agent_can_do_without_gives_way_before_the_rest() -> None:
    main, optional = ([Entry(f"{url}{name}", "T" * 100, "n" * 100) for url in FLAT[:150]] for name in ("", "?o"))
    index = Index("Site", "", (), (Section("Pages", tuple(main)), Section("Optional", tuple(optional))))
    files = render_indexes(index)
    assert list(files) == ["llms.txt", "optional/llms.txt"]
    pages, link = parse(files["llms.txt"]).sections
    assert pages.entries == tuple(main)
    assert (link.name, [entry.url for entry in link.entries]) == ("Optional", ["https://s.example/optional/llms.txt"])
    assert [section.entries for section in parse(files["optional/llms.txt"]).sections] == [tuple(optional)]
    # A few make no room, and where there is nothing else they are what is wanted.
    few = Index("Site", "", (), (Section("Pages", tuple(main * 2)), Section("Optional", tuple(optional[:3]))))
    assert "optional/llms.txt" not in render_indexes(few)
    alone = Index("Site", "", (), (Section("Optional", tuple(main + optional)),))
    assert next(iter(parse(render_indexes(alone)["llms.txt"]).sections)).entries[0] == main[0]


def test_a_reference_of_names_gives_way_before_larger_folders() -> None:
    guides = [Entry(f"https://s.example/articles/{n}", "T" * 100, "n" * 100) for n in range(160)]
    names = [Entry(f"https://s.example/api/{n}", "T" * 100, "n" * 100) for n in range(120)]
    sections = (Section("Articles", tuple(guides)), Section("API", tuple(names)))
    assert list(render_indexes(Index("Site", "", (), sections))) == ["llms.txt", "api/llms.txt"]
    few = (Section("Articles", tuple(guides * 2)), Section("API", tuple(names[:9])))
    assert "api/llms.txt" not in render_indexes(Index("Site", "", (), few))


def test_the_first_pages_of_a_long_section_stay() -> None:
    first, *_ = parse(render_indexes(large(FLAT))["llms.txt"]).sections
    assert [entry.url for entry in first.entries[:100]] == FLAT[:100]


def test_folders_of_the_site_are_the_parts() -> None:
    assert set(render_indexes(large(FOLDERS))) <= {"llms.txt", "api/llms.txt", "guide/llms.txt", "x/llms.txt"}
