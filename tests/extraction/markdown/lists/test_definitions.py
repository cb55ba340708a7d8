from __future__ import annotations

import pytest
from tests.extraction.reading import of_main

DEFINITIONS = {
    "a term that begins and ends with emphasis": (
        "<dl><dt><i>x</i> <i>a</i>.<i>b</i><dd>Def<dt><i>y</i><dd>Other</dl>",
        "- **x a.b**: Def\n- ***y***: Other",
    ),
    "terms": (
        "<dl><dt>a</dt><dd>one</dd><dt>b</dt><dt>c</dt><dd><p>two</p></dd></dl>",
        "- **a**: one\n- **b**\n- **c**: two",
    ),
    "a term of several definitions": (
        "<dl><dt>Parameters:</dt><dd>a</dd><dd>b</dd></dl>",
        "- **Parameters:**\n  - a\n  - b",
    ),
    "a long definition": (
        "<dl><dt><code>-x</code></dt><dd><p>a</p><pre>b</pre></dd><dt>y</dt><dd>z</dd></dl>",
        "- `-x`\n\n  a\n\n  ```\n  b\n  ```\n\n- **y**: z",
    ),
    "terms with classifiers of docutils": (
        (
            "<dl><dt><strong>arr</strong><span class=classifier>array_like</span></dt><dd><p>a</p></dd>"
            "<dt><b>n</b> <span class=classifier>int</span><span class=classifier>optional</span></dt><dd>b</dd>"
            "<dt>m<span class=classifier-delimiter>:</span> <span class=classifier>int</span></dt><dd>c</dd>"
            "<dt><span class=classifier>bool</span></dt><dd>d</dd></dl>"
        ),
        "- **arr : array_like**: a\n- **n : int : optional**: b\n- **m: int**: c\n- **bool**: d",
    ),
    "a list without a definition that is marked": (
        "<dl>one <b>two</b></dl><dl><dt>a</dt>one <b>two</b><script>x</script><dt>b</dt><dd>three</dd> four </dl>",
        "one **two**\n\n- **a**: one **two**\n- **b**\n  - three\n  - four",
    ),
    "a signature": ("<dl><dt class='sig sig-object'>f(<em>*a</em>)</dt><dd><p>x</p></dd></dl>", "`f(*a)`\n\nx"),
    "a signature that is a block of code": (
        "<dl><dt><pre>f(a)\n  b</pre></dt><dd>x</dd></dl>",
        "```\nf(a)\n  b\n```\n\nx",
    ),
    "a list in a definition": (
        "<dl><dt>a</dt><dd><ul><li>b<li>c</ul></dd></dl>",
        "- **a**\n\n  - b\n  - c",
    ),
}


@pytest.mark.parametrize("name", DEFINITIONS)
def test_terms_stand_before_their_definitions(name: str) -> None:
    html, text = DEFINITIONS[name]
    assert of_main(html) == text


def test_asterisks_in_bold_type_are_no_thematic_break() -> None:
    assert of_main("<dl><dt>*</dt><dd><p>a</p><p>b</p></dd></dl>") == "- **\\***\n\n  a\n\n  b"


def test_a_description_list_without_terms_and_descriptions_is_a_text() -> None:
    # Nim's of what a module imports.
    links = "<a href=a.html>a</a>, <a href=b.html>b</a>"
    text = "[a](https://docs.example/guide/a.html), [b](https://docs.example/guide/b.html)"
    assert of_main(f"<h1>T</h1><dl class=item>{links}</dl>") == f"# T\n\n{text}"


def test_the_colon_after_a_field_is_written_whether_docutils_writes_it_or_a_style_does() -> None:
    field = "<dl class='field-list simple'><dt>Parameters{}</dt><dd>{}</dd></dl>"
    for colon in ("", "<span class=colon>:</span>"):
        assert of_main(field.format(colon, "<ul><li>a</li><li>b</li></ul>")) == "- **Parameters:**\n\n  - a\n  - b"
        assert of_main(field.format(colon, "<p>a</p>")) == "- **Parameters:** a"
        assert of_main(field.format(f"{colon}\n  ", "<p>a</p>")) == "- **Parameters:** a"


def test_a_permalink_after_the_name_of_a_field_hides_no_colon_of_its_own() -> None:
    link = "<a class=headerlink href=#raises>\u00b6</a>"
    term = f"<dt id=raises>Raises<span class=colon>:</span>{link}</dt><dd>an error</dd>"
    assert of_main(f"<dl class=field-list>{term}</dl>") == "- **Raises:** an error"
    assert of_main(f"<dl class=field-list><dt>Raises{link}</dt><dd>an error</dd></dl>") == "- **Raises:** an error"


def test_texts_in_the_boxes_of_a_description_list_stay() -> None:
    said = "<div>Works <b>with</b>:</div>"
    groups = "<div><dt>Dart</dt> or <dd>since 1</dd></div><div><dt>Lib</dt><dd>no</dd></div>"
    dart = "- **Dart**\n  - or\n  - since 1\n- **Lib**"
    assert of_main(f"<dl>{said}{groups}</dl>") == f"Works **with**:\n\n{dart}: no"
    assert of_main(f"<dl>{groups}{said}</dl>") == f"{dart}\n  - no\n  - Works **with**:"
