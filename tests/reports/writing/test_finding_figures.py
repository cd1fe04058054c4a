"""Figures picked by words and by value, and numbers bound in a text that is being written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.sample import FACTS, ROUND, SampleSource
from uppsikt.core.formats import Unit
from uppsikt.reports.document import Paragraph, UnboundRun, text_of
from uppsikt.reports.handtyped import hand_typed_numbers
from uppsikt.reports.recipe import RECIPE_FILE
from uppsikt.reports.writing.preview import Preview, bound, located, preview_section
from uppsikt.reports.writing.search import FigureIndex, Form, entries_of
from uppsikt.reports.writing.selectors import KeptManuscript
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.values import SectionRow

RECIPE = """\
key: prov
title: Prov
municipality: Prov
round: delar2-2022
parts: [a.md]
statements:
  nettoredovisning: {}
  enheter: {unit: "40"}
charts:
  bro: {kind: bridge, statement: nettoredovisning, total: nettokostnad}
"""
MNKR = Form(Unit.MNKR, with_unit=True)


def make_index() -> FigureIndex:
    source = SampleSource()
    statements = [
        source.statement(key, unit, ROUND.key) for key, unit in (("nettoredovisning", None), ("enheter", "40"))
    ]
    return FigureIndex(entries_of(statements, [], FACTS.values(), ROUND.key))


INDEX = make_index()


@pytest.mark.parametrize(
    ("query", "reference", "shown"),
    [
        ("avvikelse politisk", "nettoredovisning/politisk-kommunledning/avvikelse | mnkr unit", "6,6\u00a0mnkr"),
        ("prognos netto", "nettoredovisning/nettokostnad/prognos | mnkr unit", "−755,8\u00a0mnkr"),
        ("BUDGET centralt stod", "enheter:40/42/budget | mnkr unit", "−310,0\u00a0mnkr"),
        ("statsbidragen utfall", "nettoredovisning/statsbidrag/utfall | mnkr unit", "38,4\u00a0mnkr"),
        ("sjukfrånvaro kvinnor", "fakta/sjuk-k | unit", "5,1\u00a0%"),
        ("enheter:40/42/budget | mnkr unit }}", "enheter:40/42/budget | mnkr unit", "−310,0\u00a0mnkr"),
        ("15,4 mnkr", "nettoredovisning/nettokostnad/avvikelse | mnkr abs unit", "15,4\u00a0mnkr"),
    ],
)
def test_a_figure_is_found_by_words_as_people_write_them(query: str, reference: str, shown: str) -> None:
    hits, count = INDEX.search(query, MNKR)
    assert (hits[0].reference, hits[0].shown) == (f"{{{{ {reference} }}}}", shown)
    assert count >= len(hits)


def test_every_word_must_fit_and_the_rounds_own_column_comes_before_the_last_rounds() -> None:
    assert INDEX.search("avvikelse finnsinte", MNKR) == ([], 0)
    hits, _ = INDEX.search("avvikelse nettokostnad", MNKR)
    assert [hit.address.rpartition("/")[2] for hit in hits[:2]] == ["avvikelse", "avvikelse-foregaende"]


def test_a_figures_own_words_weigh_more_than_those_of_the_statement_around_it() -> None:
    hits, _ = INDEX.search("enheter netto prognos", MNKR)
    assert hits == [], "no row of the units' statement is a net cost"
    hits, _ = INDEX.search("nettoredovisning statsbidrag", MNKR)
    assert {hit.label for hit in hits} == {"Statsbidrag"}


def test_a_word_can_be_picked_in_the_figures_place() -> None:
    (hit, *_), _ = INDEX.search("avvikelse politisk", Form(words="överskott/underskott"))
    assert hit.reference.endswith("| word: överskott/underskott }}")


def agreeing(text: str) -> list[str]:
    (number,) = hand_typed_numbers(text)
    return [hit.reference for hit in INDEX.agreeing(number, text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ett underskott på 15,4 mnkr", "{{ nettoredovisning/nettokostnad/avvikelse | mnkr abs unit }}"),
        ("avvikelsen är −15 383 tkr", "{{ nettoredovisning/nettokostnad/avvikelse | tkr unit }}"),
        ("blir 755,76 miljoner", "{{ nettoredovisning/nettokostnad/prognos | mnkr 2 abs unit }}"),
        ("sjukfrånvaron är 4,4 procent", "{{ fakta/sjuk-t | unit }}"),
        ("betyget är 77", "{{ fakta/nki }}"),
    ],
)
def test_a_number_is_offered_the_figure_it_agrees_with_and_prints_the_same(text: str, first: str) -> None:
    assert agreeing(text)[0] == first


def test_among_several_the_one_whose_name_stands_in_the_sentence_comes_first() -> None:
    assert "statsbidrag" in agreeing("För statsbidrag är avvikelsen −8 100 tkr.")[0]
    assert agreeing("Det kostade 123 456 789 tkr.") == []


TEXT = "# Läget\n\nVi 😀 har {{ fakta/nki }} och 15,4 mnkr, men\ninte [15,4]{plain} eller 15,4 mnkr eller 3,5 %."


def previewed(text: str = TEXT, source: SampleSource | None = None) -> Preview:
    from datetime import UTC, datetime

    day = datetime(2022, 10, 4, tzinfo=UTC)
    rows = tuple(
        SectionRow("prov", key, part, key, SectionState.WRITING, 1, held, "", day, "a")
        for key, part, held in (
            ("recept", RECIPE_FILE, RECIPE),
            ("forst", "a.md", "# Först\n\n::: statement enheter"),
            ("laget", "a.md", ""),
        )
    )
    return preview_section(KeptManuscript(rows), rows[2], text, source or SampleSource(), FACTS, INDEX)


def test_a_preview_marks_each_number_typed_by_hand_where_it_stands() -> None:
    preview = previewed()
    units = TEXT.encode("utf-16-le")
    assert [units[one.start * 2 : one.end * 2].decode("utf-16-le") for one in preview.unbound] == [
        "15,4 mnkr",
        "15,4 mnkr",
        "3,5 %",
    ]
    assert [one.line for one in preview.unbound] == [3, 4, 4]
    assert [bool(one.offers) for one in preview.unbound] == [True, True, False]
    paragraph = preview.blocks[1]
    assert isinstance(paragraph, Paragraph)
    assert "har 77 och 15,4 mnkr" in text_of(paragraph.runs)
    marks = [run.mark for run in paragraph.runs if isinstance(run, UnboundRun)]
    assert marks == ["tal-1", "tal-2", "tal-3"]


def test_binding_a_number_puts_the_reference_in_its_place_and_prints_the_same() -> None:
    first, second, _ = previewed().unbound
    text = bound(TEXT, second.start, second.end, second.offers[0].reference)
    text = bound(text, first.start, first.end, first.offers[0].reference)
    preview = previewed(text)
    assert [one.text for one in preview.unbound] == ["3,5 %"]
    paragraph = preview.blocks[1]
    assert isinstance(paragraph, Paragraph)
    assert text_of(paragraph.runs).count("15,4\u00a0mnkr") == 2


def test_headings_and_tables_are_numbered_as_in_the_whole_report() -> None:
    preview = previewed("## Läget {-}\n\nText.\n\n### Inne\n\n::: statement nettoredovisning\n\n::: chart bro")
    assert preview.findings == ()
    assert [getattr(block, "number", None) for block in preview.blocks[:3]] == ["", None, "1.0.1"]
    assert preview.blocks[3].table.number == "Tabell 2"  # type: ignore[union-attr]


def test_a_preview_asks_for_each_statement_once_and_never_for_lineage() -> None:
    source = SampleSource()
    previewed(f"{TEXT}\n\n::: statement nettoredovisning", source)
    assert sorted(source.asked) == ["enheter:40@delar2-2022", "nettoredovisning:None@delar2-2022"]


@given(st.text("ab 1,4\n😀", max_size=30), st.integers(0, 3))
def test_a_number_is_found_in_any_text_or_said_to_be_nowhere(before: str, nth: int) -> None:
    text = f"{before}\n15,4 mnkr och 15,4 mnkr"
    line = text.count("\n") + 1
    start, end = located(text, line, "15,4 mnkr", nth)
    taken = text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le")
    assert taken == ("15,4 mnkr" if nth < 2 else "")


def test_million_kronor_is_taken_whole() -> None:
    text = "Det är 15,4 miljoner kronor."
    start, end = located(text, 1, "15,4 miljoner")
    assert bound(text, start, end, "X") == "Det är X."
