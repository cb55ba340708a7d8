from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown

TEXT = f"<div itemprop=articleBody>{f'<p>{PROSE}</p>' * 6}</div>"
HEADER = "<header><h2><a href=/{0}>Post {0}</a></h2><time datetime=2023-12-0{0}>1 June</time></header>"
POST = f"<article class='post post-{{0}}' itemprop=blogPost>{HEADER}{{1}}</article>"
HEAD = "<title>Blog | Mill</title><meta property=og:type content=article>"


@pytest.mark.parametrize("around", ["main", "div"])
@pytest.mark.parametrize("others", [TEXT, f"<p>{PROSE}</p>"], ids=["in full", "in brief"])
def test_an_index_of_posts_is_all_of_them(others: str, around: str) -> None:
    posts = POST.format(1, TEXT) + "".join(POST.format(at, others) for at in (2, 3))
    page = f"{HEAD}<body><nav><a href=/>Home</a></nav><{around}>{posts}</{around}></body>"
    written = markdown(page)
    assert written.count(PROSE) == posts.count(PROSE)
    assert [line for line in written.splitlines() if line.startswith("#")] == [
        f"## [Post {at}](https://docs.example/{at})" for at in (1, 2, 3)
    ]


def test_an_article_whose_title_leads_to_itself_is_none_of_the_posts_below_it() -> None:
    below = "".join(POST.format(at, f"<p>JUNK {PROSE}</p>") for at in (2, 3))
    page = f"<title>Post 1 | Mill</title><body><main>{POST.format(1, TEXT)}<section>{below}</section></main></body>"
    written = markdown(page)
    assert written.count(PROSE) == 6
    assert "JUNK" not in written
