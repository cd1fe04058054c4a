"""Charts: bars that add up, words instead of colour, the same picture each time."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from uppsikt.core.language import speaking
from uppsikt.reports.charts import (
    ACCENT,
    WHOLE,
    WORSE,
    Bar,
    Bridge,
    bridge_spec,
    bridge_words,
    chart_svg,
    deviation_spec,
    deviation_words,
    signed_text,
    svg_png,
)
from uppsikt.reports.document import Document, NumberCell

BARS = [Bar("Centralt stöd", Decimal(-7610), "−7\u202f610"), Bar("Politik", Decimal(6587), "+6\u202f587")]
BRIDGE = Bridge(
    Bar("Budget", Decimal(-740375), "−740\u202f375"),
    (Bar("Gemensamt", Decimal(4281), "+4\u202f281"), Bar("Övrigt", Decimal(-19664), "−19\u202f664")),
    Bar("Prognos", Decimal(-755758), "−755\u202f758"),
)


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [ACCENT, WORSE, WHOLE])
def test_every_colour_has_text_contrast_on_white(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_a_change_has_its_sign_and_zero_has_none() -> None:
    assert [signed_text(Decimal(value), 1) for value in ("2.5", "-2.5", "0")] == ["+2,5", "−2,5", "0,0"]


def test_each_bar_carries_its_printed_amount() -> None:
    values = deviation_spec(BARS, "tkr", "Avvikelse")["data"]["values"]
    assert [(value["text"], value["kind"]) for value in values] == [
        ("−7\u202f610", "worse"),
        ("+6\u202f587", "better"),
    ]


def test_each_step_of_a_bridge_begins_where_the_one_before_ended() -> None:
    start, first, second, end = bridge_spec(BRIDGE, "tkr", "Bro")["data"]["values"]
    assert start["label_at"] == first["from"] == -740375
    assert first["label_at"] == second["to"] == -736094
    assert second["label_at"] == end["label_at"] == -755758


def test_a_truncated_axis_says_so() -> None:
    axis = bridge_spec(BRIDGE, "tkr", "Bro")["layer"][0]["encoding"]["x"]
    assert axis["title"] == "tkr (axeln börjar inte vid noll)"


def test_the_words_hold_all_that_the_picture_shows() -> None:
    assert deviation_words(BARS, "tkr") == (
        "Liggande stapeldiagram i tkr. Centralt stöd −7\u202f610; Politik +6\u202f587."
    )
    assert deviation_words(BARS, "").startswith("Liggande stapeldiagram. Centralt stöd")
    words = bridge_words(BRIDGE, "tkr")
    assert all(part.text in words and part.label in words for part in (BRIDGE.start, *BRIDGE.steps, BRIDGE.end))


def test_a_chart_s_table_holds_its_figures_with_addresses(document: Document) -> None:
    chart = next(chart for chart in document.charts if chart.key == "avvikelse-per-enhet")
    cells = [cell for row in chart.table.rows for cell in row.cells if isinstance(cell, NumberCell)]
    assert [cell.text for cell in cells] == ["−10,5", "−7,6", "0,0", "0,0", "0,0"]
    assert cells[0].address == "enheter:40/45/avvikelse@delar2-2022"


def test_svg_is_the_same_each_time_and_in_the_language_s_numbers() -> None:
    pytest.importorskip("vl_convert")
    spec = bridge_spec(BRIDGE, "tkr", "Bro")
    assert chart_svg(spec) == chart_svg(spec)
    half = deviation_spec([Bar("A", Decimal("0.4"), "+0,4")], "mnkr", "A")
    assert ">0,2<" in chart_svg(half)
    with speaking("en"):
        assert ">0.2<" in chart_svg(half)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Avgångar löneadministratörer och upphandlare", "Avgångar löneadministratörer och upphandlare"),
        ("Avgångar " * 6, "Avgångar Avgångar Avgångar Avgångar Avgångar…"[:44] + "…"),
    ],
)
def test_a_long_label_is_whole_and_a_longer_one_is_cut(label: str, shown: str) -> None:
    svg = chart_svg(deviation_spec([Bar(label, Decimal(8), "8")], "tkr", "x"))
    assert shown in re.findall(r">([^<>]+)</text>", svg)


def test_the_picture_for_word_holds_the_texts_of_the_chart() -> None:
    svg = chart_svg(deviation_spec(BARS, "tkr", "x"))
    without = re.sub(r"<text.*?</text>", "", svg)
    assert svg_png(svg) != svg_png(without)
