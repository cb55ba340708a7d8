"""A page with an article, of which the tests of its parts are made."""

from __future__ import annotations

PARAGRAPHS = "".join(
    f"<p>{text}</p>"
    for text in (
        "The council voted on Tuesday to open the old harbour to walkers, after a debate that lasted for nine hours.",
        "Nobody had expected the mayor, who has been against it for years, to change his mind on the last evening.",
        "Work on the quays, which are closed since the flood, will begin in spring and take about two years, he said.",
        "The cost, which is shared by the city and the port, is put at forty million, less than was feared at first.",
    )
)
TEASERS = "<div class=more-stories><p><a href=/1>Ten recipes for rhubarb that you will love</a></p></div>"
CODE = "<pre>make harbour</pre>"
ARTICLE_TYPE = "<meta property=og:type content=article>"
JSON_LD = '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"]}]}</script>'


def page(content: str, head: str = ARTICLE_TYPE, name: str = "story") -> str:
    return f"<html><head>{head}</head><body><div class={name}><h1>Harbour</h1>{content}</div></body></html>"


PARAGRAPH = "<p>What begins with a hash goes on to the end of its line, and nothing reads it but people.</p>"

LINK = "<a href=/1>Ten recipes for rhubarb that you will love</a>"
KEPT_LIST = f"<ul><li>{LINK}</li><li><a href=/2>Eleven more</a></li></ul>"
