"""Sentences end where Swedish ends them, and paragraphs cut in two are healed."""

from __future__ import annotations

from tests.checks.prose.reports import TABLE, prose_of
from uppsikt.checks.prose.sentences import sentences_of
from uppsikt.checks.reading.text import read_text


def _texts(text: str) -> list[str]:
    return [sentence.text for sentence in prose_of(text).sentences]


def test_abbreviations_and_decimal_points_end_no_sentence() -> None:
    text = "Kostnaden blir ca. 3 mnkr, bl.a. för hyror. Den ökar t.ex. i Norr."
    assert _texts(text) == ["Kostnaden blir ca. 3 mnkr, bl.a. för hyror.", "Den ökar t.ex. i Norr."]


def test_a_unit_before_a_full_stop_ends_the_sentence() -> None:
    assert len(_texts("Underskottet är 3 mnkr. Det beror på hyror.")) == 2


def test_a_paragraph_cut_by_a_table_is_one_sentence_and_says_where_it_was_cut() -> None:
    first = "Ersättningen från staten för sjuklönekostnader under våren uppgår till 2\n\n"
    prose = prose_of(first + TABLE + "\nmnkr och återfinns inom personal.\n")
    flow = prose.flows[0]
    assert "uppgår till 2 mnkr och" in flow.passage.text
    assert flow.table_after is not None
    assert flow.passage.text[flow.cut_at :].startswith("mnkr")


def test_a_new_paragraph_is_not_joined_to_a_finished_one() -> None:
    assert (
        len(prose_of("Det första stycket är färdigt och slutar här med en punkt.\n\noch detta är ett annat.").flows)
        == 2
    )


def test_a_short_line_is_the_topic_of_what_follows() -> None:
    flows = prose_of("Kommunledning\n\nÅrets prognos visar på positiv avvikelse med 6,6 mnkr.\n").flows
    assert flows[-1].topic == "Kommunledning"


def test_spans_lead_back_to_the_lines() -> None:
    document = read_text("Kostnaden är\n10,5 mnkr i år.\n")
    sentence = sentences_of(prose_of("Kostnaden är\n10,5 mnkr i år.\n").flows)[0]
    assert [document.text_at(span) for span in sentence.spans()] == ["Kostnaden är", "10,5 mnkr i år."]
