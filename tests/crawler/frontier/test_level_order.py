from __future__ import annotations

from llmstxt_sched.crawler.frontier.level_order import shortest_first

SITE = "https://docs.example"


def ordered(*targets: str) -> list[str]:
    return [url.removeprefix(SITE) for url in shortest_first([f"{SITE}{target}" for target in targets])]


def test_a_folder_changes_places_with_the_first_of_its_index_files() -> None:
    assert ordered("/d/index.html", "/x", "/d/", "/d/index.php") == ["/d/", "/x", "/d/index.html", "/d/index.php"]
    assert ordered("/d/", "/x", "/d/index.html") == ["/d/", "/x", "/d/index.html"]


def test_a_path_changes_places_with_itself_with_a_query_unless_the_query_chooses_a_page() -> None:
    assert ordered("/a?view=wide", "/x", "/a") == ["/a", "/x", "/a?view=wide"]
    assert ordered("/a?page_id=3", "/x", "/a") == ["/a?page_id=3", "/x", "/a"]


def test_addresses_of_different_pages_stay_where_they_are() -> None:
    assert ordered("/b", "/a/index.html", "/a/indexes", "/c?view=wide") == [
        *("/b", "/a/index.html", "/a/indexes", "/c?view=wide"),
    ]
