from __future__ import annotations

from tests.extraction.reading import PROSE, markdown

SPACE = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
TEXT = f"<p class=MsoNormal>{PROSE}</p>"


def test_the_title_and_the_contents_of_a_document_of_word() -> None:
    contents = "".join(f"<p class=MsoToc{at}><a href='#_Toc{at}'>{at} Part. 7</a></p>" for at in (1, 2, 1))
    begin = (
        f"<p class=MsoTitle>Stones</p><p class=MsoSubtitle>Standard</p><p class=MsoTocHeading>Contents</p>{contents}"
    )
    page = f"<div class=WordSection1>{begin}<h1>1{SPACE}Scope</h1>{TEXT}<p class=MsoTitle>Annex</p>{TEXT}</div>"
    assert markdown(page) == f"# Stones\n\nStandard\n\n# 1 Scope\n\n{PROSE}\n\nAnnex\n\n{PROSE}\n"


def test_the_items_of_lists_of_word_are_items() -> None:
    bullet = f"<p class=MsoListBullet style='margin-left:18pt'><span style='font-family:Symbol'>\u00b7{SPACE}</span>"
    items = f"{bullet}One</p>\n{bullet}Two <i>stones</i></p><p class=MsoListNumber>1.{SPACE}First</p>"
    page = f"<main><h1>T</h1>{TEXT}{items}{TEXT}</main>"
    assert markdown(page) == f"# T\n\n{PROSE}\n\n- One\n- Two *stones*\n\n1\\. First\n\n{PROSE}\n"
    # Another's sign is what its author has written.
    other = page.replace("Mso", "Own")
    assert "\u00b7 One" in markdown(other)


def test_paragraphs_in_a_font_for_code_are_one_block_of_it() -> None:
    style = '<style>p.Code, li.Code, div.Code\n\t{margin:0cm;font-size:9pt;font-family:"Courier New";}</style>'
    lines = "".join(f"<p class=Code>{line}</p>\n" for line in ("&lt;a&gt;", "&nbsp; &lt;b/&gt;", "&lt;/a&gt;"))
    page = f"{style}<main>{TEXT}{lines}{TEXT}<p class=Code>x&nbsp; y</p></main>"
    code = "```\n<a>\n  <b/>\n</a>\n```"
    assert markdown(page) == f"{PROSE}\n\n{code}\n\n{PROSE}\n\n```\nx  y\n```\n"
