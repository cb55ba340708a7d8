from __future__ import annotations

import os
import subprocess
import sys

import pytest
from msgspec.structs import replace
from tests.documents.pages import START, page

from llmstxt_sched.documents.check import check
from llmstxt_sched.documents.model import Extract, Page
from llmstxt_sched.documents.render import render_index
from llmstxt_sched.documents.selection.select import select, wanted_pages
from llmstxt_sched.domain.project import CrawlOptions


def test_the_name_is_the_sites_own() -> None:
    pages = [page("", title="Home | Suffix", site_name="Own", description="What it is."), page("a", title="A | Suffix")]
    assert select(pages, START).name == "Own"
    assert select(pages, START).summary == "What it is."
    unnamed = [page("", title="Home | Suffix"), page("a", title="A | Suffix")]
    assert select(unnamed, START).name == "Suffix"
    assert select([page("", title="Home"), page("a", title="A")], START).name == "Home"
    assert select([], START).name == "s.example"
    home_alone = [page("", title="Welcome", site_name="Own"), *(page(name, title=name.upper()) for name in "abcd")]
    assert select(home_alone, START).name == "Own"


HOME_AT = [
    ("https://s.example/", "https://s.example/"),
    ("https://s.example/", "https://s.example/index.html"),
    ("https://s.example/", "https://s.example/default.aspx"),
    ("https://s.example/index.html", "https://s.example/"),
    ("https://s.example/INDEX.PHP", "https://s.example/index.html"),
    ("https://s.example/docs/", "https://s.example/docs/index.htm"),
    ("https://s.example/guide.html", "https://s.example/guide.html"),
]


@pytest.mark.parametrize(("start", "home"), HOME_AT)
def test_name_and_summary_are_of_the_page_that_the_site_begins_with(start: str, home: str) -> None:
    others = [page(path, title=path, description=f"Of {path}.") for path in ("a", "docs/a/index.html", "my-index.html")]
    first = Page(home, "index.md", Extract(title="Home", description="What it is."), "0")
    for pages in ([first, *others], [*others[:2], first, others[2]], [*others, first]):
        index = select(pages, start)
        assert (index.name, index.summary) == ("Home", "What it is.")


def test_where_no_page_is_at_the_start_the_first_one_stands_for_it() -> None:
    pages = [page("a", title="A", description="Of a."), page("b", title="B", description="Of b.")]
    assert (select(pages, START).name, select(pages, START).summary) == ("A", "Of a.")
    assert select([], START).summary == "The pages of s.example."


@pytest.mark.parametrize("door", [{}, {"lead": "Choose your language."}, {"outline": "English \u00b7 Deutsch"}])
def test_below_a_door_the_page_behind_it_says_what_the_site_is(door: dict[str, str]) -> None:
    inner = [page(f"en/latest/{name}", title=name, lead=f"About {name}.") for name in "abcdefgh"]
    pages = [page("", title="Mill", **door), page("en/", title="Mill"), *inner]  # type: ignore[arg-type]
    index = page("en/latest/index.html", title="The Mill", lead="It grinds all grain.")
    assert select([*pages, index], START).summary == "It grinds all grain."
    assert select(pages, START).summary == door.get("outline", "The pages of s.example.")
    # Of a part of the site it says what that is.
    others = [page(f"p{number}", title=f"P{number}") for number in range(4)]
    assert select([*pages, index, *others], START).summary == door.get("outline", "The pages of s.example.")


def test_a_list_of_files_says_nothing_of_the_site() -> None:
    start = page("", title="Index of /", outline="manual/ \u00b7 old/")
    others = [page(f"manual/{name}", title=f"T {name}") for name in "abcd"]
    index = select([start, *others], START)
    assert (index.name, index.summary) == ("s.example", "The pages of s.example.")
    assert index.sections[-1].name == "Optional"
    assert [entry.url for entry in index.sections[-1].entries] == [START]
    behind = page("manual/", title="The Mill", lead="The mill grinds rye for the valley.")
    index = select([start, behind, *others], START)
    assert (index.name, index.summary) == ("The Mill", "The mill grinds rye for the valley.")


def test_a_list_of_pages_in_a_frame_does_not_stand_for_the_start_page() -> None:
    listing = page("toc.html", ((f"{START}a", "Basics"),), title="Contents")
    pages = [listing, page("home", title="Mill", lead="It grinds."), page("a", title="A", lead="It is the first.")]
    assert select(pages, START).summary == "It grinds."
    assert select([listing], START).name == "Contents"


def test_the_pages_are_those_of_the_start_pages_language_however_its_address_is_written() -> None:
    def spoken(path: str, language: str) -> Page:
        others = tuple(
            (tag, START + (f"{tag}/" if tag == "de" else "") + path.removeprefix("de/")) for tag in ("en", "de")
        )
        return replace(page(path, title=path), language=language, translations=others)

    pages = [spoken("", "en"), spoken("guide", "en"), spoken("de/", "de"), spoken("de/guide", "de")]
    wanted = wanted_pages(pages, f"{START}index.html", CrawlOptions(languages="start"))
    assert [each.url.removeprefix(START) for each in wanted] == ["", "guide"]


def test_a_description_that_the_whole_site_carries_is_passed_over() -> None:
    pages = [
        page(f"{number}", title=f"P{number}", description="Of the site.", lead=f"Lead {number}.") for number in range(5)
    ]
    pages.append(page("own", title="Own", description="Its own words.", lead="Lead."))
    notes = [entry.note for entry in select(pages, START).sections[0].entries]
    assert notes == ["Lead 0.", "Lead 1.", "Lead 2.", "Lead 3.", "Lead 4.", "Its own words."]


def test_a_note_that_only_says_the_title_again_is_left_out() -> None:
    assert select([page("a", title="Same", description="same")], START).sections[0].entries[0].note == ""


def test_hostile_texts_come_out_as_a_good_file() -> None:
    pages = [
        page(f"a({n})<b>", title="]\n## x\u202e <script>", section="# [s](x)\n", lead="`*_\\ &lt;") for n in range(4)
    ]
    index = select([page("", title="Home", description="Sum."), *pages], START)
    assert check(render_index(index)) == []


@pytest.mark.slow
def test_the_hash_seed_does_not_matter() -> None:
    script = (
        "from llmstxt_sched.documents.model import Extract, Page\n"
        "from llmstxt_sched.documents.render import render_index\n"
        "from llmstxt_sched.documents.selection.select import select\n"
        "pages = [Page(f'https://s.example/{n % 7}/{n}', 'x.md', Extract(title=f'P{n} | S', lead=f'L{n % 5}'), '0')"
        " for n in range(200)]\n"
        "print(render_index(select(pages, 'https://s.example/')).decode())\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1
    assert b"## 6" in found.pop()
