from __future__ import annotations

import pytest
from tests.support.growth import assert_linear

from llmstxt_sched.crawler.frontier.crawl_request import AddressState, CrawlRequest
from llmstxt_sched.crawler.frontier.frontier import Frontier
from llmstxt_sched.crawler.model import Limits
from llmstxt_sched.domain.urls import parse, scope_of
from llmstxt_sched.extraction.links import MAX_LINKS

HOME = parse("https://docs.example/")


def frontier(max_pages: int = 500) -> Frontier:
    return Frontier(scope_of(HOME, HOME), Limits(max_pages=max_pages))


def queued(frontier: Frontier) -> list[str]:
    return [address.url.target for address in frontier.next_level()]


def link(target: str) -> str:
    return f"https://docs.example{target}"


def test_a_folder_comes_before_each_of_its_index_files() -> None:
    site = frontier()
    site.add_links([link("/d/index.html"), link("/x"), link("/d/"), link("/d/index.php")], 1, HOME)
    assert queued(site) == ["/d/", "/x", "/d/index.html", "/d/index.php"]
    site.add_links([link("/e/index.html"), link("/e/index.php"), link("/e/")], 1, HOME)
    assert queued(site)[0] == "/e/"


def test_links_are_queued_once_in_order() -> None:
    site = frontier()
    site.add_links([link("/b"), link("/a"), link("/b#x"), "http://www.docs.example/a", link("/c")], 1, HOME)
    assert queued(site) == ["/b", "/a", "/c"]
    assert queued(site) == []
    assert site.found == 3


def test_what_is_no_link_of_this_site_is_no_limit_either() -> None:
    site = frontier()
    others = ["https://other.example/", "mailto:a@docs.example", "http://[", "https://docs.example:99999/"]
    site.add_links(others, 1, HOME)
    assert queued(site) == []
    assert not site.limits_hit


def test_other_forms_of_a_known_page_are_not_asked_for() -> None:
    site = frontier()
    site.add_links(
        [link("/clay"), link("/clay?view=print"), link("/sand?view=print"), link("/_sources/clay.md.txt")], 1, HOME
    )
    assert queued(site) == ["/clay", "/sand?view=print"]
    site.set_state(parse(link("/clay")), AddressState.PAGE)
    site.add_links([link("/clay.md"), link("/sand.md")], 2, HOME)
    assert queued(site) == ["/sand.md"]


def test_a_form_of_a_page_that_turns_out_to_be_none_is_asked_for_by_the_next_page_that_links_to_it() -> None:
    site = frontier()
    navigation = [link("/clay"), link("/clay?view=print"), link("/sand")]
    site.add_links(navigation, 1, HOME)
    assert queued(site) == ["/clay", "/sand"]
    site.set_state(parse(link("/clay")), AddressState.NO_PAGE)
    site.add_links(navigation, 2, HOME)
    assert queued(site) == ["/clay?view=print"]
    site.add_links(navigation, 2, HOME)
    assert queued(site) == []


@pytest.mark.parametrize(
    ("links", "depth", "limit"),
    [
        ([link("/" + "a" * 2100)], 1, "url_length"),
        ([link("/" + "a/b/c/d/e/f/g/h" * 3)], 1, "path_segments"),
        ([link("/a/a/a/")], 1, "repeated_segments"),
        ([link("/x/a/b/a/b/a/b/")], 1, "repeated_segments"),
        ([link(f"/c?page={n}") for n in range(21)], 1, "query_variants"),
        ([link("/a")], 11, "max_depth"),
        ([link(f"/{n}") for n in range(500)], 1, "max_pages"),
        ([link("/a")] * (MAX_LINKS + 1), 1, "links_per_page"),
    ],
)
def test_a_limit_that_bites_is_named(links: list[str], depth: int, limit: str) -> None:
    site = frontier()
    site.add_links(links, depth, HOME)
    assert list(site.limits_hit) == [limit]


def test_a_limit_is_named_with_the_first_address_that_it_left_out() -> None:
    site = frontier(max_pages=2)
    long = link("/" + "a" * 2100)
    site.add_links([link("/a"), link("/b"), link("/c"), long, *[link("/a")] * MAX_LINKS], 1, HOME)
    assert site.limits_hit == {"links_per_page": str(HOME), "max_pages": link("/b"), "url_length": f"{long[:200]}…"}


def test_nothing_short_of_a_limit_is_named() -> None:
    site = frontier()
    links = [*(link(f"/{n}") for n in range(400)), *(link(f"/c?{n}") for n in range(20)), link("/a/a/b/")]
    links += [link("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/"), "https://other.example/" + "u" * 3000]
    links += [link("/a")] * (MAX_LINKS - len(links))
    site.add_links(links, 10, HOME)
    assert not site.limits_hit
    assert len(queued(site)) == 423


def test_a_wiki_at_one_path_is_met_as_a_whole_and_the_views_of_its_pages_end() -> None:
    site = frontier()
    pages = [link(f"/index.php?title=Page_{n}") for n in range(100)]
    site.add_links([each for page in pages for each in (f"{page}&action=history", page)], 1, HOME)
    found = queued(site)
    assert [each for each in found if "&" not in each] == [page.removeprefix(link("")) for page in pages]
    assert (len(found), list(site.limits_hit)) == (120, ["query_variants"])


def test_what_robots_txt_forbids_takes_no_room_from_pages() -> None:
    site = Frontier(scope_of(HOME, HOME), Limits(max_pages=3), lambda url: url.path.startswith("/cart"))
    site.set_state(HOME, AddressState.PAGE)
    variants = [link(f"/cart?item={number}") for number in range(100)]
    site.add_links([*variants, link("/a"), link("/b")], 1, HOME)
    # Of the others, as many are queued as there may be pages, to tell what is forbidden.
    assert queued(site) == [*(f"/cart?item={number}" for number in range(3)), "/a", "/b"]
    assert not site.limits_hit
    assert site.state(parse(variants[-1])) is None
    site.drop_queue()
    site.add_links([link("/c"), link("/d")], 2, HOME)
    assert not site.limits_hit
    site.add(link("/e"), 2)
    assert site.limits_hit == {"max_pages": link("/e")}


def test_the_place_of_an_address_that_is_no_page_goes_to_the_next_one() -> None:
    site = frontier(max_pages=3)
    site.add_links([link(f"/{name}") for name in "abcd"], 1, HOME)
    first, second = site.next_level()
    assert queued(site) == []
    assert site.limits_hit == {"max_pages": link("/c")}
    site.give_room(first)
    site.give_room(first)
    assert queued(site) == ["/c"]
    assert site.limits_hit == {"max_pages": link("/d")}
    site.give_room(second)
    assert queued(site) == ["/d"]
    assert not site.limits_hit
    site.add(link("/e"), 2)
    assert queued(site) == []
    assert site.limits_hit == {"max_pages": link("/e")}


def test_a_place_that_went_to_what_an_address_led_to_is_not_given_twice() -> None:
    site = frontier(max_pages=2)
    site.add_links([link("/old"), link("/a")], 1, HOME)
    (old,) = site.next_level()
    new = site.register_successor(old, parse(link("/new")))
    assert new
    site.take_room(new)
    site.give_room(old)
    assert queued(site) == []


@pytest.mark.slow
def test_a_site_of_dead_links_is_not_asked_without_an_end() -> None:
    site = frontier(max_pages=2)
    asked = 0
    for number in range(300):
        site.add_links([link(f"/{number}/{each}") for each in range(300)], 1, HOME)
        for request in site.next_level():
            site.give_room(request)
            asked += 1
    assert asked == 101
    assert list(site.limits_hit) == ["max_pages"]


def test_older_versions_and_listings_of_sources_take_no_room_from_other_pages() -> None:
    site = frontier(max_pages=6)
    older = [link("/docs/1.0/install"), link("/docs/1.1/install"), link("/docs/1.0/use")]
    listings = [link("/_modules/mill.html"), link("/classMill-members.html")]
    site.add_links([*listings, *older, link("/docs/2.0/install"), link("/docs/2.0/use")], 1, HOME)
    assert queued(site) == ["/docs/2.0/install", "/docs/2.0/use"]
    assert site.puts_off(parse(older[0]))
    site.add_links([link("/a"), link("/b"), older[0], link("/docs/1.0/tune")], 2, HOME)
    assert queued(site) == ["/a", "/b"]
    assert not site.limits_hit
    # The nearest first, as far as there is room.
    assert queued(site) == ["/_modules/mill.html"]
    assert site.limits_hit == {"max_pages": listings[1]}
    assert queued(site) == []


def test_what_was_put_off_is_visited_where_the_nearest_of_it_was_met_by_a_redirect() -> None:
    site = frontier()
    site.add_links([link("/v1/a"), link("/v2/a"), link("/moved")], 1, HOME)
    *_, moved = site.next_level()
    assert site.register_successor(moved, parse(link("/v1/a")))
    site.add_links([link("/v1/b")], 2, parse(link("/v1/a")))
    assert queued(site) == ["/v1/b"]
    assert queued(site) == []


def test_what_is_named_as_a_picture_or_an_archive_takes_no_room_from_pages() -> None:
    site = frontier(max_pages=5)
    files = [link(f"/{name}") for name in ("graph.svg", "Mill-1.0.tar.gz", "wiki/File:Mill.PNG", "mill.pdf")]
    site.add_links([*files, link("/package.json"), link("/node.js"), link("/svg")], 1, HOME)
    assert queued(site) == ["/package.json", "/node.js", "/svg"]
    assert queued(site) == ["/graph.svg"]
    assert list(site.limits_hit) == ["max_pages"]


@pytest.mark.slow
def test_addresses_of_hundreds_of_folders_take_linear_time() -> None:
    links = {folders: [link("/src" * folders + f"/{number}") for number in range(500)] for folders in (50, 500)}

    def added(folders: int) -> None:
        site = frontier()
        site.add_links(links[folders], 1, HOME)
        assert list(site.limits_hit) == ["path_segments"]

    assert_linear(added, 500)


def test_an_index_of_names_is_the_last_of_its_level() -> None:
    site = frontier()
    site.add_links([link("/genindex.html"), link("/a"), link("/api/py-modindex.html"), link("/b")], 1, HOME)
    assert queued(site) == ["/a", "/b", "/genindex.html", "/api/py-modindex.html"]
    site.add_links([link("/genindex-all.html")], 2, HOME)
    assert queued(site) == ["/genindex-all.html"]


def test_a_page_that_comes_last_is_visited_once_and_at_once_where_a_redirect_leads_to_it() -> None:
    site = frontier()
    site.add_links([link("/v1.0/a"), link("/v2.0/a"), link("/v1.0/b")], 1, HOME)
    (source,) = site.next_level()
    assert site.register_successor(source, parse(link("/v1.0/a"))) is not None
    assert queued(site) == ["/v1.0/b"]
    assert site.found == 3


def test_where_all_versions_are_wanted_none_comes_last() -> None:
    site = Frontier(scope_of(HOME, HOME), Limits(versions="all"))
    site.add_links([link("/v1.0/a"), link("/v2.0/a")], 1, HOME)
    assert queued(site) == ["/v1.0/a", "/v2.0/a"]


def test_a_redirect_is_taken_over_without_costing_a_page() -> None:
    site = frontier(max_pages=2)
    site.add(link("/a"), 1)
    (source,) = site.next_level()
    follow = site.register_successor(source, parse(link("/b")))
    assert follow == CrawlRequest(parse(link("/b")), 1, (source.url,))
    assert site.register_successor(source, parse(link("/b"))) is None
    assert site.register_successor(source, parse("https://other.example/")) is None


def test_the_twin_of_another_scheme_is_taken_over_once() -> None:
    site = frontier()
    site.add("http://www.docs.example/a", 1)
    (source,) = site.next_level()
    follow = site.register_successor(source, parse(link("/a")))
    assert follow is not None
    assert site.register_successor(follow, source.url) is None


def test_a_chain_of_redirects_ends() -> None:
    site = frontier()
    address: CrawlRequest | None = site.register(HOME, 0)
    for number in range(5):
        assert address is not None
        address = site.register_successor(address, parse(link(f"/{number}")))
    assert address is not None
    assert site.register_successor(address, parse(link("/more"))) is None


def test_states_are_remembered() -> None:
    site = frontier()
    assert site.state(HOME) is None
    site.register(HOME, 0)
    assert site.state(HOME) is AddressState.QUEUED
    site.set_state(HOME, AddressState.PAGE)
    assert site.state(parse("http://www.docs.example/")) is AddressState.PAGE


def test_what_is_left_out_is_not_queued_nor_is_what_lies_below_a_folder_left_out() -> None:
    site = frontier()
    site.leave_out([link("/a?lang=de"), "mailto:x"], ["/de/"])
    site.add_links([link("/a?lang=de"), link("/a"), link("/de/"), link("/de/x/y"), link("/design")], 1, HOME)
    assert queued(site) == ["/a", "/design"]


def test_a_known_page_is_asked_again_where_it_was_not_visited_and_there_is_room() -> None:
    site = frontier(max_pages=3)
    site.add(link("/a"), 1)
    assert site.revisit(parse(link("/a")), 1) is None
    again = site.revisit(parse(link("/b")), 2)
    assert again == CrawlRequest(parse(link("/b")), 2, is_linked=False)
    assert site.revisit(parse(link("/c")), 1) is None
    assert list(site.limits_hit) == ["max_pages"]


def test_what_is_queued_and_dropped_leaves_its_room_to_known_pages() -> None:
    site = frontier(max_pages=2)
    site.register(HOME, 0)
    site.set_state(HOME, AddressState.PAGE)
    site.add(link("/a"), 1)
    site.drop_queue()
    assert queued(site) == []
    assert site.revisit(parse(link("/b")), 1)
    assert site.revisit(parse(link("/a")), 1) is None


def test_an_address_that_redirected_and_its_target_have_one_place_also_once_the_queue_is_dropped() -> None:
    site = frontier(max_pages=3)
    site.set_state(site.register(HOME, 0).url, AddressState.PAGE)
    site.add(link("/old"), 1)
    (source,) = site.next_level()
    target = site.register_successor(source, parse(link("/new")))
    assert target
    site.set_state(source.url, AddressState.NO_PAGE)
    site.set_state(target.url, AddressState.PAGE)
    site.drop_queue()
    assert site.revisit(parse(link("/known")), 1)
    assert site.revisit(parse(link("/another")), 1) is None


def test_links_are_added_at_once_only_where_that_is_quick() -> None:
    globs = tuple(f"/{'a*' * 240}{number}" for number in range(100))
    one_glob = Frontier(scope_of(HOME, HOME), Limits(include=("/docs/*",)))
    many_globs = Frontier(scope_of(HOME, HOME), Limits(include=globs[:50], exclude=globs[50:]))
    few = [link(f"/docs/{number}") for number in range(200)]
    assert one_glob.is_quick(few)
    assert not one_glob.is_quick(few * 10)
    assert many_globs.is_quick([])
    assert not many_globs.is_quick(few[:1])
