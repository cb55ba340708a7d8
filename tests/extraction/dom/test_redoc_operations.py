from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, markdown
from tests.support.growth import assert_linear


def test_what_redoc_has_in_buttons_of_an_operation_is_content() -> None:
    path = "<button><span class='x http-verb get'>get</span><span>/gates/{id}</span><svg></svg></button>"
    answers = (
        "<button><svg></svg><strong>200 </strong><span><p>A gate.</p></span></button>"
        "<button disabled><strong>default</strong><span><p>An error.</p></span></button><button><b>Copy</b></button>"
    )
    page = f"<div class=api-content><h2>Gates</h2><p>{PROSE}</p><h3>Responses</h3><div>{answers}</div>{path}</div>"
    written = f"## Gates\n\n{PROSE}\n\n### Responses\n\n**200**\n\nA gate.\n\n**default**\n\nAn error.\n\n"
    assert markdown(page) == f"{written}```\nGET /gates/{{id}}\n```\n"


def test_a_button_with_a_number_of_something_is_no_answer_of_redoc() -> None:
    assert markdown(f"<main><p>{PROSE}</p><button><strong>200</strong> points</button></main>") == f"{PROSE}\n"


def test_a_sample_of_json_in_redoc_is_code() -> None:
    item = '<li><div><span>"tag"</span>: <span>"a"</span></div></li>'
    sample = f'<code><button></button>{{<ul><li><div>"all": [<ul>{item}</ul>]</div></li></ul>}}</code>'
    page = f"<main><p>{PROSE}</p><div><div class=redoc-json>{sample}</div></div></main>"
    assert markdown(page) == f'{PROSE}\n\n```json\n{{\n  "all": [\n    "tag": "a"\n  ]\n}}\n```\n'


@pytest.mark.slow
def test_deep_samples_of_json_take_linear_time_and_are_indented_no_further() -> None:
    def read(items: int) -> None:
        deep = "<ul><li>" * (items // 133) + "<li>x" * items
        assert len(markdown(f"<main><p>{PROSE}</p><div class=redoc-json>{deep}</div></main>")) < 60 * items + 20_000

    assert_linear(read, 20_000)


@pytest.mark.slow
def test_samples_of_json_in_each_other_are_read_in_linear_time() -> None:
    def read(parts: int) -> None:
        samples = "<div class=redoc-json>" * (parts // 100) + "<b>x</b>" * parts
        assert "```json\nxx" in markdown(f"<main><p>{PROSE}</p>{samples}</main>")

    assert_linear(read, 20_000)
