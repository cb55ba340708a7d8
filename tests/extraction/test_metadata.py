from __future__ import annotations

from tests.extraction.reading import PROSE, read


def test_the_head_gives_title_descriptions_and_site() -> None:
    said = read(
        "<title> Setup \n | Site</title><meta name=Description content='What  to do'>"
        "<meta property=og:description content=Other><meta property=og:site_name content=Site>"
        f"<main><h2>First</h2><p>{PROSE} More.</p></main>"
    ).extract
    assert said.title == "Setup | Site"
    assert (said.description, said.og_description, said.site_name) == ("What to do", "Other", "Site")
    assert (said.h1, said.first_heading, said.lead) == ("", "First", PROSE)


def test_json_ld_names_the_site_and_broken_json_does_not_matter() -> None:
    data = '{"@graph":[{"@type":"Article","name":"No"},{"@type":["WebSite"],"name":"Site  Name"}]}'
    page = read(f"<script type=application/ld+json>{{</script><script type=application/ld+json>{data}</script>")
    assert page.extract.site_name == "Site Name"


def test_a_refresh_may_come_in_less_than_a_second() -> None:
    assert read("<meta http-equiv=refresh content='.5;url=/new'>").refresh == "https://docs.example/new"


def test_robots_meta_is_read_for_all_robots_and_for_ours() -> None:
    page = read("<meta name=ROBOTS content='NoIndex, follow'><meta name=llmstxt-sched content=nofollow>")
    assert page.noindex
    assert page.nofollow
    assert not read("<meta name=googlebot content=noindex>").noindex
