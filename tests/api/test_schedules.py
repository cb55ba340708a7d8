from __future__ import annotations

import pytest
from tests.support.service import Service


def test_a_preview_tells_the_next_times_in_the_zone(service: Service) -> None:
    preview = service.json("GET", "/api/schedule/preview?cron_expression=0+2+*+*+*&timezone=Asia/Tokyo&count=3")
    assert preview["text"] == "Every day at 02:00"
    assert [time["local"][10:] for time in preview["next"]] == ["T02:00:00+09:00"] * 3
    assert [time["utc"][10:] for time in preview["next"]] == ["T17:00:00Z"] * 3


def test_a_year_of_preview_marks_the_nights_when_the_clocks_move(service: Service) -> None:
    query = "cron_expression=30+2+*+*+*&timezone=Europe/Berlin&count=400"
    notes = [time["note"] for time in service.json("GET", f"/api/schedule/preview?{query}")["next"]]
    assert len(notes) == 400
    assert notes.count("skipped") >= 1
    assert notes.count("repeated") >= 1


@pytest.mark.parametrize(
    "query",
    [
        "cron_expression=0+0+31+2+*",
        "cron_expression=*+*+*+*+*",
        "cron_expression=x",
        "cron_expression=0+2+*+*+*&timezone=Mars/Phobos",
        "cron_expression=0+2+*+*+*&count=0",
        "cron_expression=0+2+*+*+*&count=401",
        "timezone=UTC",
    ],
)
def test_what_a_project_would_be_refused_is_refused(service: Service, query: str) -> None:
    assert service.json("GET", f"/api/schedule/preview?{query}", expect=422)["errors"]
