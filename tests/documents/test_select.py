from __future__ import annotations

import os
import subprocess
import sys

import pytest

from llmstxt_sched.documents.check import check
from llmstxt_sched.documents.model import Extract, Index, Page
from llmstxt_sched.documents.render import render_index
from llmstxt_sched.documents.select import select

START = "https://s.example/"


def page(path: str, **said: str) -> Page:
    return Page(START + path, f"{path or 'index'}.md", Extract(**said), "0")


def sections(index: Index) -> dict[str, list[str]]:
    return {section.name: [entry.url.removeprefix(START) for entry in section.entries] for section in index.sections}


def title(**said: str) -> str:
    others = [page(f"{number}", title=f"Page {number} | Site") for number in range(9)]
    index = select([*others, page("get-started.html", **said)], START)
    return next(entry.title for section in index.sections for entry in section.entries if "get-started" in entry.url)


def test_the_title_is_the_h1_then_the_title_without_the_site_then_a_heading_then_the_path() -> None:
    assert title(h1="Heading", title="Title | Site", first_heading="First") == "Heading"
    assert title(title="Title | Site", first_heading="First") == "Title"
    assert title(title="Title | Other", first_heading="First") == "Title | Other"
    assert title(first_heading="First") == "First"
    assert title() == "get-started.html"
    assert title(title="\u200b", h1="\u200b") == "get-started.html"


def test_a_prefix_that_pages_share_is_dropped() -> None:
    pages = [page(f"{number}", title=f"Proj: Class {number}") for number in range(5)]
    index = select(pages, START)
    assert index.name == "Proj"
    assert index.sections[0].entries[0].title == "Class 0"


def test_an_h1_that_most_pages_share_is_the_banners() -> None:
    pages = [page(f"{number}", title=f"Page {number}", h1="Site") for number in range(5)]
    assert select(pages, START).sections[0].entries[3].title == "Page 3"


def test_the_name_is_the_sites_own() -> None:
    pages = [page("", title="Home | Suffix", site_name="Own", description="What it is."), page("a", title="A | Suffix")]
    assert select(pages, START).name == "Own"
    assert select(pages, START).summary == "What it is."
    unnamed = [page("", title="Home | Suffix"), page("a", title="A | Suffix")]
    assert select(unnamed, START).name == "Suffix"
    assert select([page("", title="Home"), page("a", title="A")], START).name == "Home"
    assert select([], START).name == "s.example"


def test_a_description_that_the_whole_site_carries_is_passed_over() -> None:
    pages = [
        page(f"{number}", title=f"P{number}", description="Of the site.", lead=f"Lead {number}.") for number in range(5)
    ]
    pages.append(page("own", title="Own", description="Its own words.", lead="Lead."))
    notes = [entry.note for entry in select(pages, START).sections[0].entries]
    assert notes == ["Lead 0.", "Lead 1.", "Lead 2.", "Lead 3.", "Lead 4.", "Its own words."]


def test_a_note_that_only_says_the_title_again_is_left_out() -> None:
    assert select([page("a", title="Same", description="same")], START).sections[0].entries[0].note == ""


def test_sections_are_those_of_the_navigation() -> None:
    labels = ["Guides", "Guides", "Reference", "Reference", "Help", "Help"]
    pages = [page(f"{number}", title=f"P{number}", section=label) for number, label in enumerate(labels)]
    assert sections(select(pages, START)) == {"Guides": ["0", "1"], "Reference": ["2", "3"], "Help": ["4", "5"]}


def test_a_label_over_all_pages_gives_way_to_those_below_it() -> None:
    labels = ["Docs \u203a Guides"] * 2 + ["Docs \u203a Reference"] * 2 + ["Docs \u203a Help"] * 2
    pages = [page(f"{number}", title=f"P{number}", section=label) for number, label in enumerate(labels)]
    assert list(sections(select(pages, START))) == ["Guides", "Reference", "Help"]


def test_a_chapters_own_page_stands_in_its_chapter_and_parts_hold_chapters() -> None:
    pages = [page("", title="Book")]
    for part in "ABC":
        pages.append(page(part, title=f"Part {part}", section="Book"))
        pages += [page(f"{part}{n}", title=f"Chapter {part}{n}", section=f"Part {part}") for n in range(2)]
        pages += [page(f"{part}{n}s", title=f"{part}{n}s", section=f"Chapter {part}{n}") for n in range(2)]
    found = sections(select(pages, START))
    assert found["Part A"] == ["A", "A0", "A1", "A0s", "A1s"]
    assert list(found) == ["Overview", "Part A", "Part B", "Part C"]


def test_without_navigation_folders_are_the_sections() -> None:
    pages = [page(path, title=path) for path in ("", "get-started/a", "get-started/b", "api/a", "api/b", "lone/x", "y")]
    assert sections(select(pages, START)) == {
        "Overview": ["", "lone/x", "y"],
        "Get Started": ["get-started/a", "get-started/b"],
        "Api": ["api/a", "api/b"],
    }


def test_a_flat_site_is_one_section_and_not_one_a_page() -> None:
    pages = [page(f"p{number}.html", title=f"P{number}") for number in range(127)]
    assert list(sections(select(pages, START))) == ["Pages"]


def test_too_many_groups_become_few() -> None:
    pages = [page(f"{group}/{number}", title="T") for group in range(40) for number in range(3)]
    assert 3 <= len(select(pages, START).sections) <= 12


@pytest.mark.parametrize("path", ["changelog.html", "legal/privacy", "tags/x", "docs/v1.2/a", "release-notes/1"])
def test_what_an_agent_can_do_without_is_optional_and_last(path: str) -> None:
    pages = [page(path, title="T"), page("a", title="A"), page("b", title="B"), page("c", title="C")]
    assert list(sections(select(pages, START)).items())[-1] == ("Optional", [path])


def test_a_site_of_nothing_but_news_is_not_optional() -> None:
    assert list(sections(select([page(f"news/{n}", title="T") for n in range(5)], START))) == ["News"]


def test_a_site_cannot_name_a_section_optional() -> None:
    pages = [page(f"{n}", title=f"P{n}", section=("Optional", "B", "C")[n % 3]) for n in range(9)]
    assert "Optional" not in sections(select(pages, START))


def test_hostile_texts_come_out_as_a_good_file() -> None:
    pages = [
        page(f"a({n})<b>", title="]\n## x\u202e <script>", section="# [s](x)\n", lead="`*_\\ &lt;") for n in range(4)
    ]
    index = select([page("", title="Home", description="Sum."), *pages], START)
    assert check(render_index(index)) == []


def test_the_hash_seed_does_not_matter() -> None:
    script = (
        "from llmstxt_sched.documents.model import Extract, Page\n"
        "from llmstxt_sched.documents.render import render_index\n"
        "from llmstxt_sched.documents.select import select\n"
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
