from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from uppsikt.core.findings import Place, found
from uppsikt.core.language import speaking
from uppsikt.web.findings import CHOICE_UNKNOWN, FILE_EMPTY


def shown(source: str, **values: object) -> str:
    return Template("{% load uppsikt %}" + source).render(Context(values))


def test_a_text_is_shown_in_the_readers_language() -> None:
    source = '{% t "{n} rader" "{n} rows" n=n %}'
    assert shown(source, n=3) == "3 rader"
    with speaking("en"):
        assert shown(source, n=3) == "3 rows"


def test_what_is_filled_into_a_text_is_escaped() -> None:
    assert shown('{% t "Fil {n}" "File {n}" n=n %}', n="<b>") == "Fil &lt;b&gt;"


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|kr }}", -123456789, "−1\u202f234\u202f568"),
        ("{{ v|kr }}", None, "–"),
        ("{{ v|kr_ore }}", 123456, "1\u202f234,56"),
        ("{{ v|count }}", 31001, "31\u202f001"),
        ("{{ v|count }}", None, "–"),
        ("{{ v|day }}", date(2022, 8, 31), "31 augusti 2022"),
        ("{{ v|day }}", None, "–"),
        ("{{ v|period }}", 202208, "2022-08"),
        ("{{ v|clock }}", datetime(2022, 9, 5, 12, 3, tzinfo=UTC), "2022-09-05 14:03"),
        ("{{ v|short }}", "0123456789abcdef", "0123456789ab"),
    ],
)
def test_values_are_shown_as_swedes_write_them(source: str, value: object, text: str) -> None:
    assert shown(source, v=value) == text


def test_findings_show_severity_code_place_fault_and_remedy() -> None:
    text = shown("{% findings f %}", f=[found(FILE_EMPTY, Place("aug.se", 3), name="aug.se")])
    for part in ("Fel", "W008", "aug.se, rad 3", "är tom", "Exportera filen"):
        assert part in text


def test_a_long_list_of_findings_says_how_many_are_left_off() -> None:
    many = [found(CHOICE_UNKNOWN, name="A", value=str(number)) for number in range(5)]
    assert "… och 3 till." in shown("{% findings f 2 %}", f=many)
    assert "till." not in shown("{% findings f 5 %}", f=many)
