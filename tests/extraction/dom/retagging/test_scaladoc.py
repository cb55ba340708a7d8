from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, markdown
from tests.support.growth import assert_linear

HEAD = (
    "<div id=definition><div class='big-circle class'>c</div><p id=owner><a href=index.html>mill</a></p>"
    "<h1>Mill<span class=permalink><a href=Mill.html title=Permalink><i class=material-icons></i></a></span></h1>"
    "<h3><span class=morelinks>Related Doc: <a href=index.html>package mill</a></span></h3></div>"
)
TEMPLATE = (
    "<div id=template><div id=allMembers>{}</div>"
    "<div id=inheritedMembers><div class=parent><h3>Inherited from <span>AnyRef</span></h3></div></div>"
    "<div id=groupedMembers><div name=Ungrouped class=group><h3>Ungrouped</h3>{}</div></div></div>"
)


def declaration(kind: str, name: str, rest: str = "") -> str:
    begin = f"<span class=modifier_kind><span class=modifier></span> <span class=kind>{kind}</span></span>"
    return f"{begin} <span class=symbol><span class=name>{name}</span>{rest}</span>"


def member(said: str, comment: str = "", defined_in: str = "") -> str:
    comment = f"<div class='comment cmt'><p>{comment}</p></div>" if comment else ""
    where = f"<dl class='attributes block'><dt>Definition Classes</dt><dd>{defined_in}</dd></dl>" if defined_in else ""
    return f"<li class='indented0 '>{said}<div class=fullcomment>{comment}{where}</div></li>"


GRIND = declaration("def", "grind", "<span class=tparams>[A]</span><span class=params>(corn: A)</span>: Flour")


def page(members: str, signature: str = "h4", groups: str = "") -> str:
    class_ = declaration("class", "Mill", "<span class=result> extends <a href=House.html>House</a></span>")
    values = f"<div class='values members'><h3>Value Members</h3><ol>{members}</ol></div>"
    return (
        f"<title></title><body class='class type'>{HEAD}"
        f"<{signature} id=signature class=signature>{class_}</{signature}>"
        f"<div id=comment class=fullcommenttop><div class='comment cmt'><p>{PROSE}</p></div></div>"
        f"{TEMPLATE.format(values, groups)}"
    )


@pytest.mark.parametrize("signature", ["h4", "div"])
def test_declarations_are_code_and_nothing_stands_beside_the_title(signature: str) -> None:
    comment = "Grinds corn. It takes time."
    first = "<p class='shortcomment cmt'>Grinds corn.</p>"
    grind = member(GRIND, comment).replace("<div class=fullcomment>", f"{first}<div class=fullcomment>")
    assert markdown(page(grind, signature)) == (
        f"# Mill\n\n`class Mill extends House`\n\n{PROSE}\n\n### Value Members\n\n"
        "1. `def grind[A](corn: A): Flour`\n\n   Grinds corn. It takes time.\n"
    )


def test_what_a_heading_declared_before_version_2_12_is_code_as_well() -> None:
    assert "1. `def grind[A](corn: A): Flour`\n" in markdown(
        page(member(f"<h4 class=signature>{GRIND}</h4>", "It grinds."))
    )


def test_the_members_of_every_type_are_left_out_with_a_list_of_nothing_else() -> None:
    clone = member(declaration("def", "clone", "(): AnyRef"), "", "AnyRef")
    equals = member(declaration("def", "equals", "(arg0: Any): Boolean"), "", "AnyRef \u2192 Any")
    own = member(declaration("def", "toString", "(): String"), "", "Mill \u2192 AnyRef \u2192 Any")
    written = markdown(page(clone + equals + own))
    assert "clone" not in written
    assert "1. `def toString(): String`" in written
    assert "Value Members" not in markdown(page(clone + equals))


def test_what_is_said_of_a_group_of_members_stays() -> None:
    assert "Inherited" not in markdown(page(member(GRIND)))
    assert "How it grinds." in markdown(page(member(GRIND), groups="<p>How it grinds.</p>"))


def test_no_declaration_is_the_note() -> None:
    written = page(member(GRIND, "Grinds corn into flour, however coarse it is.")).replace(PROSE, "")
    assert extracted(written).lead == "Grinds corn into flour, however coarse it is."


def test_what_is_only_called_so_stays() -> None:
    said = "<div id=definition><h2>Definition</h2><p>What a mill is.</p></div><p><span class=modifier_kind>final</span>"
    assert markdown(f"<main><h1>Mill</h1><p>{PROSE}</p>{said}</main>") == (
        f"# Mill\n\n{PROSE}\n\n## Definition\n\nWhat a mill is.\n\nfinal\n"
    )


@pytest.mark.slow
def test_many_members_take_linear_time() -> None:
    def apart(members: int) -> None:
        assert markdown(page(member(GRIND, "It grinds.", "Mill") * members)).count("`def grind") == members

    def beside(members: int) -> None:
        assert "grind" in markdown(page(f"<li>{GRIND * members}</li>"))

    assert_linear(apart, 1_000)
    assert_linear(beside, 2_000)


def test_a_definition_or_a_diagram_of_another_page_stays() -> None:
    definition = f"<div id=definition><h1>Mill</h1><p>{PROSE}</p><ul><li>Grinds.</li></ul></div>"
    diagram = "<div class=diagram-container><pre>a -> b</pre></div>"
    assert markdown(f"<main>{definition}{diagram}</main>") == f"# Mill\n\n{PROSE}\n\n- Grinds.\n\n```\na -> b\n```\n"
