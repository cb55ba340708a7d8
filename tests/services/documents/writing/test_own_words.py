from __future__ import annotations

import pytest
from msgspec.structs import replace

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.services.documents.writing.own_words import own_text, own_words, with_walls_as_one, words_of

LOGIN = Extract(h1="Sign in", lead="Please sign in to go on to your page.")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/docs/setup", Extract(h1="Sign in", lead="Please sign in to go on /docs/setup to your page.")),
        ("/caf%C3%A9", Extract(h1="Sign in: café", lead="Please sign in to go on to your page.")),
        ("/docs/a?b=c", Extract(h1="Sign in", lead="Please sign in to go on to %2Fdocs%2Fa%3Fb=c your page.")),
        ("/docs/setup", Extract(h1="Sign in", lead="Please sign in to go on to your page. #8f3a0c71 12")),
    ],
)
def test_neither_the_address_nor_the_number_of_the_request_is_what_a_page_says(path: str, said: Extract) -> None:
    url = f"https://example.com{path}"
    assert own_words(url, said) == own_words(url, LOGIN)


def test_where_links_lead_is_nothing_that_a_page_says() -> None:
    links = ("/login?next=/docs/setup", "/login?token=abc-def", "/login")
    texts = {own_text("https://example.com/docs/setup", f"[Sign in]({link}) to see /docs/setup.") for link in links}
    assert texts == {"sign in to see"}
    assert own_text("https://example.com/", "How to begin.") != own_text("https://example.com/", "How to end.")


def test_pages_that_say_something_else_anywhere_say_different_things() -> None:
    pages = [LOGIN, *(replace(LOGIN, **{name: "How to begin"}) for name in ("h1", "first_heading", "lead", "outline"))]
    assert len({own_words("https://example.com/", page) for page in pages}) == len(pages)


def test_what_a_page_says_may_be_told_without_the_words_of_other_addresses_as_well() -> None:
    names = words_of(["https://example.com/a-p%C3%A9ar", "https://example.com/Apple"])
    assert {"péar", "apple"} <= names
    said = {
        own_words(f"https://example.com/{at}", Extract(h1=name), names) for at, name in enumerate(["Péar", "Apple"])
    }
    assert said == {""}
    assert own_text("https://example.com/7", "An apple tree.", names) == "an tree"


WAS = {"/a": "an oak grows here", "/b": "the ash stands there", "/c": "some elm is tall"}


def test_walls_that_say_the_same_beside_a_few_words_are_one_text() -> None:
    walls = {url: f"please sign in to read {word}" for url, word in zip(WAS, ("amber", "cedar", "delta"), strict=True)}
    assert len(set(with_walls_as_one(WAS, walls).values())) == 1
    # What stands at new addresses took no page's place.
    assert with_walls_as_one({}, walls) == walls


@pytest.mark.parametrize("added", ["", "please note that all trees have moved to the new garden", "new"])
def test_what_was_there_is_no_wall_whatever_is_said_beside_it(added: str) -> None:
    now = {url: f"{added} {text}" for url, text in WAS.items()}
    assert with_walls_as_one(WAS, now) == now


def test_pages_with_other_texts_of_their_own_are_no_walls() -> None:
    now = {"/a": "the pine has needles", "/b": "the fig likes much sun", "/c": "the yew gets old"}
    assert with_walls_as_one(WAS, now) == now
    # Nor are those that said nothing of their own before.
    forms = {url: f"buy a tree {word}" for url, word in zip(WAS, ("oak", "ash", "elm"), strict=True)}
    offers = {url: f"get this plant for less {word}" for url, word in zip(WAS, ("oak", "ash", "elm"), strict=True)}
    assert with_walls_as_one(forms, offers) == offers


def test_what_is_said_anew_in_the_frame_of_all_pages_is_no_wall() -> None:
    frame = "the service says every hour that the sky over this place is"
    was, now = (
        {f"/{n}": f"{frame} {sky}" for n, sky in enumerate(skies)}
        for skies in (("bright", "grey", "dark"), ("dull", "blue", "red"))
    )
    assert with_walls_as_one(was, now) == now


def test_pages_of_two_kinds_are_no_walls_because_both_get_one_longer_frame() -> None:
    kinds = ("a function of this library that takes arguments", "the class which has methods and attributes")
    was = {f"/{n}": f"{kinds[n % 2]} alpha{n} beta{n} gamma{n}" for n in range(8)}
    frame = "here is what you need in order to use it from your own program every day"
    now = {url: f"{frame} {' '.join(text.split()[-3:])}" for url, text in was.items()}
    assert with_walls_as_one(was, now) == now


def test_pages_that_say_nothing_are_no_walls_because_one_says_nothing_any_more() -> None:
    now = dict.fromkeys(WAS, "")
    assert with_walls_as_one({**now, "/a": "an oak grows here"}, now) == now
