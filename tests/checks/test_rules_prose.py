"""The rules of running text, each beside a neighbour that is in order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.checks import rules as _rules  # noqa: F401  (importing registers every rule)
from uppsikt.checks.reading.text import read_text
from uppsikt.checks.registry import CHECKS
from uppsikt.checks.remarks import Remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.samples import NET_TABLE, PROSE_REPORT, changed
from uppsikt.core.findings import Severity
from uppsikt.core.language import speaking

MINE = sorted(code for code in CHECKS if "K040" <= code < "K090")


def _remarks(text: str, *codes: str) -> list[Remark]:
    report = Report(read_text(text))
    return [said for code in (codes or MINE) for said in CHECKS[code].run(report)]


def _codes(text: str) -> list[str]:
    return [said.code for said in _remarks(text)]


@pytest.mark.parametrize("code", MINE)
def test_every_rule_finds_its_failing_sample_and_leaves_its_passing_one(code: str) -> None:
    check = CHECKS[code]
    assert code in [said.code for said in _remarks(check.failing, code)]
    assert not _remarks(check.passing, code)


@pytest.mark.parametrize("code", MINE)
def test_every_remark_says_what_is_wrong_in_both_languages(code: str) -> None:
    for said in _remarks(CHECKS[code].failing, code):
        texts = []
        for language in ("sv", "en"):
            with speaking(language):
                texts.append(said.finding.says)
        assert texts[0] != texts[1] or said.finding.facts
        assert "{" not in "".join(texts)


def test_a_report_in_order_gives_no_remarks() -> None:
    assert _codes(PROSE_REPORT) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("-15,4 mnkr", "-16,4 mnkr", "K040"),
        ("6,6 mnkr", "6,9 mnkr", "K040"),
        ("-8,1 mnkr", "-1,8 mnkr", "K040"),
        ("-8,1 mnkr", "-8,1 tkr", "K043"),
        ("-18,2 mnkr", "+18,2 mnkr", "K044"),
        ("negativ budgetavvikelse på -18,2", "positiv budgetavvikelse på 18,2", "K045"),
    ],
)
def test_any_figure_of_the_text_that_slips_is_found_where_it_stands(old: str, new: str, code: str) -> None:
    text = changed(PROSE_REPORT, old, new)
    found = [said for said in _remarks(text) if said.code == code]
    assert found
    line = next(number for number, line in enumerate(text.split("\n"), 1) if new[-9:] in line)
    assert found[0].spans[0].line == line


def test_a_plain_slip_is_an_error_and_a_mere_difference_a_warning() -> None:
    (slip,) = _remarks(changed(PROSE_REPORT, "-18,2 mnkr", "-16,2 mnkr"))
    (other,) = _remarks(changed(PROSE_REPORT, "-18,2 mnkr", "-43,9 mnkr"))
    assert (slip.severity, other.severity) == (Severity.ERROR, Severity.WARNING)


def test_the_sum_is_shown_beside_the_remark() -> None:
    (said,) = _remarks(changed(PROSE_REPORT, "-18,2 mnkr", "-16,2 mnkr"))
    assert said.sum is not None
    assert "16,2" in str(said.sum)
    assert said.related[0].span.line > said.spans[0].line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nämnden visar ett överskott på -3,1 mnkr.", True),
        ("Nämnden visar ett underskott på -3,1 mnkr.", False),
        ("Nämnden visar ett överskott på 3,1 mnkr, mot -2,0 mnkr i fjol.", False),
        ("Frånvaron har ökat från 8,1 procent till 7,6 procent.", True),
        ("Frånvaron har minskat från 8,1 procent till 7,6 procent.", False),
        ("Frånvaron har inte ökat utan gått från 8,1 procent till 7,6 procent.", False),
    ],
)
def test_words_and_signs_may_not_contradict_each_other(text: str, found: bool) -> None:
    assert bool(_remarks(text, "K044")) is found


def test_a_restated_comparison_silences_the_reorganisation() -> None:
    moved = "Enheten har från juli omorganiserats till förvaltningen.\n\n"
    assert _remarks(moved + NET_TABLE, "K062")
    assert not _remarks(moved + "Föregående år har räknats om till ny organisation.\n\n" + NET_TABLE, "K062")
    assert not _remarks(moved, "K062")


def test_tables_that_the_text_never_comments_on_ask_for_no_explanation() -> None:
    assert not _remarks("Texten handlar om annat.\n\n" + NET_TABLE, "K063")


def test_units_are_remarked_on_once_for_the_whole_report() -> None:
    text = "Hyran är 3,2 mnkr. Lönen är 4,1 mnkr. Elen är 1,3 Mkr. Vattnet är 2,2 Mkr. Värmen är 1,1 mnkr."
    assert len(_remarks(text, "K067")) == 1


_SPOKEN = """
    Nämnden Kulturnämnden underskott överskott avvikelse från till 3,1 mnkr -12,5 mnkr 45 procent (7,5 varav mot
    budget ökat minskat 2021 2022 juli . , : • främst inom statsbidrag Avvikelse Budget 12 345 –230 105 startade våren
"""
_WORDS = [*_SPOKEN.split(), "\n", "\n\n"]


@given(st.lists(st.sampled_from(_WORDS), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_jumble_of_words_is_read_without_falling_over(words: list[str]) -> None:
    for said in _remarks(" ".join(words)):
        assert said.spans
        assert said.finding.says
        assert 0 <= said.confidence <= 1


BOARDS = """Nämndernas prognos

Belopp i mnkr                      Budget 2023   Prognos 2023   Avvikelse
Kommunstyrelsen                         -152,4         -149,1         3,3
Socialnämnden                           -690,3         -712,0       -21,7
Kulturnämnden                            -88,1          -87,6         0,5
Summa nämnder                           -930,8         -948,7       -17,9
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "Exklusive engångsposter är socialnämndens underskott 20,7 mnkr.",
        "I föregående prognos var socialnämndens underskott 20,7 mnkr.",
        "År 2022 var socialnämndens underskott 20,7 mnkr.",
        "Socialnämnden har fått 21,2 mnkr i statsbidrag.",
        "Socialnämndens underskott beror på placeringar som kostar 9,7 mnkr mer än budget.",
        "Åtgärder i socialnämnden väntas minska underskottet med 6,7 mnkr.",
        "I budgeten för 2024 får kulturnämnden 90,1 mnkr.",
        "Kulturnämndens kostnader ökar från 55,2 mnkr till 57,1 mnkr.",
        "Socialnämnden visar ett underskott på 21,7 mnkr, varav hemtjänsten står för 12,5 mnkr.",
        "Kommunens investeringar uppgår till 210 mnkr mot budgeterade 310 mnkr.",
        "Andelen behöriga i kulturnämnden har ökat från 84,1 procent till 86,2 procent.",
    ],
)
def test_figures_of_something_else_are_no_errors(sentence: str) -> None:
    loud = [said for said in _remarks(f"{sentence}\n\n{BOARDS}") if said.severity is not Severity.NOTE]
    assert loud == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Prognosen för helåret är 755,8 mnkr, vilket ger ett underskott mot budget på 15,4 mnkr.",
        "Prognosen är 755,8 mnkr mot budget på 740,4 mnkr.",
        "Nettokostnaden var 783,1 mnkr i bokslutet 2021 och beräknas i år till 20,0 mnkr för Växande kommunen.",
        "Nettokostnaden beräknas till 20,0 mnkr för Tillväxtpaketet.",
        "Räknas statsbidragen in blir den gemensamma verksamhetens avvikelse −3,8 mnkr.",
    ],
)
def test_what_the_sentence_itself_sets_apart_from_the_row_is_no_error(sentence: str) -> None:
    assert [said.code for said in _remarks(f"{sentence}\n\n{NET_TABLE}", "K040", "K042", "K043")] == []


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Prognosen för helåret ger ett underskott mot budget på 16,4 mnkr.", "K040"),
        ("Nettokostnaden beräknas till 75,6 mnkr för helåret.", "K043"),
        ("Kommungemensam verksamhet beräknas få en negativ budgetavvikelse med 3,8 mnkr.", "K042"),
    ],
)
def test_and_what_it_does_not_set_apart_is_one(sentence: str, code: str) -> None:
    assert code in [said.code for said in _remarks(f"{sentence}\n\n{NET_TABLE}", "K040", "K042", "K043")]


def test_an_appendix_of_sources_repeats_on_purpose() -> None:
    source = "Ks 1101/2022 2022-06-21 Omorganisation: Lokaler från Programnämnd Samhällsbyggnad ({} poster)"
    rows = "\n\n".join(source.format(count) for count in (12, 18, 12, 132))
    assert [said.code for said in _remarks(rows, "K061")] == []
    told = "Nämnden redovisar enligt prognosen ett underskott om {} mnkr i delår 2 2022, i bokslutet 2021 {} mnkr"
    assert [said.code for said in _remarks(f"{told.format('7,6', '5,1')}.\n\n{told.format('7,8', '5,1')}.", "K061")]
