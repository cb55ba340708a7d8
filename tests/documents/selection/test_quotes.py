from __future__ import annotations

from typing import Any

from tests.documents.pages import START, page

from llmstxt_sched.documents.model import Index, Page
from llmstxt_sched.documents.selection.quotes import without_quotes
from llmstxt_sched.documents.selection.select import select

NAMES = ["stone", "wheel", "sack", "river"]
LEADS = {name: f"The {name} of the mill was mended by us in spring." for name in NAMES}

LISTED = [f"mill-{at}" for at in range(100)]


def blog(*more: Page, **home: Any) -> Index:
    leads = list(LEADS.values())
    posts = [page(f"posts/{name}", title=name.title(), lead=lead) for name, lead in LEADS.items()]
    lists = [
        page(path, h1=h1, lead=leads[first], more_leads=tuple(leads[first + 1 : end]))
        for first, end, path, h1 in (
            (0, 4, "posts/", "All posts"),
            (0, 2, "tags/mill", "Mill"),
            (1, 4, "tags/rain", "Rain"),
        )
    ]
    said: dict[str, Any] = {"h1": "Notes", "lead": leads[0], "more_leads": tuple(leads[1:3]), **home}
    first = page("", **said)
    return select([first, *posts, *lists, *more], START)


def notes(index: Index) -> dict[str, str]:
    return {entry.url.removeprefix(START): entry.note for section in index.sections for entry in section.entries}


def test_what_lists_say_of_a_post_is_the_posts_note_and_not_theirs() -> None:
    said = notes(blog())
    assert {name: said[f"posts/{name}"] for name in NAMES} == LEADS
    assert [said[path] for path in ("posts/", "tags/mill", "tags/rain")] == [
        "Stone · Wheel · Sack · River",
        "Stone · Wheel",
        "Wheel · Sack · River",
    ]


def test_the_first_post_is_not_what_a_site_is_about() -> None:
    assert blog().summary == "Stone · Wheel · Sack"
    about = "Notes of millers on what they mend."
    assert blog(more_leads=(), part_leads=tuple(LEADS.values())).summary == "Stone · Wheel · Sack · River"
    assert blog(description=about).summary == about
    assert blog(lead=about).summary == about


def test_posts_are_known_again_that_a_list_cuts_short() -> None:
    stone, wheel, sack = LEADS["stone"], LEADS["wheel"], LEADS["sack"]
    cut = page("years", h1="Years", lead=f"{stone[:-3]}…", more_leads=(f"{sack[:-4]} […]", f"{wheel[:-5]}..."))
    assert notes(blog(cut))["years"] == "Stone · Sack · Wheel"


def test_an_introduction_that_begins_as_the_home_page_does_takes_it_nothing() -> None:
    about = "A mill for all the grain of the valley."
    others = [page("intro", h1="Intro", lead=about), page("use", h1="Use", lead="How it turns in the river.")]
    others += [page("mend", h1="Mend", lead="How it is mended by millers.")]
    leads = [other.extract.lead for other in others[1:]]
    own = page("", h1="Mill", lead=about, more_leads=("It turns each day.", leads[0]), part_leads=(*leads, about))
    assert select([own, *others], START).summary == about
    shown = page("", h1="Mill", lead=about, part_leads=(leads[0],))
    assert select([shown, *others], START).summary == about


def test_pages_that_begin_alike_by_chance_keep_what_they_begin_with() -> None:
    lead = "Returns what the mill holds in its sacks, as a number of"
    pages = [page(name, h1=name, lead=f"{lead} {name}.", more_leads=(f"{lead} {name}s.",)) for name in NAMES]
    assert notes(select([page("", h1="Mill"), *pages], START))["wheel"] == f"{lead} wheel."


def test_an_old_version_keeps_the_note_of_its_pages() -> None:
    names = {"2.0/sack": "Sack", "2.0/use": "Use", "1.0/sack": "Sack", "1.0/use": "Use"}
    pages = [page(path, h1=title, lead=f"How a {title.lower()} of the mill is.") for path, title in names.items()]
    assert notes(select(pages, f"{START}2.0/sack"))["1.0/sack"] == "How a sack of the mill is."


def test_a_text_of_the_template_lists_none_of_the_pages_that_begin_with_it() -> None:
    pages = [page(name, title=name.title(), lead="The mills of this valley, in all weathers.") for name in LISTED]
    secondary = set(range(50, len(LISTED)))
    assert {told.extract.outline for told in without_quotes(pages, LISTED, secondary)} == {""}
