"""Rules about the document's build, where a sample beside the rule is not enough."""

from __future__ import annotations

from uppsikt.checks.audit import check
from uppsikt.checks.reading.text import read_text

CHAPTERS = """1 Förslag till beslut

Nämnden godkänner rapporten.

2 Ekonomi

Utfallet följer budget.

{again}
Nämndens förslag till kommunstyrelsen
"""


def codes(text: str) -> set[str]:
    return {said.code for said in check(read_text(text), select=["K022"]).remarks}


def test_a_chapters_heading_above_a_text_is_that_heading_again() -> None:
    assert codes(CHAPTERS.format(again="Förslag till beslut")) == {"K022"}


def test_other_words_above_a_text_are_none() -> None:
    assert codes(CHAPTERS.format(again="Förslag till yttrande")) == set()


def test_a_chapter_after_a_heading_without_number_is_no_fault_of_the_program() -> None:
    text = "1 Rapport om prognos\n\n1 Rapport om prognos\n\n1 Sammanfattning\n\nText.\n\n2 Ekonomi\n\nText.\n"
    assert isinstance(check(read_text(text)).remarks, tuple)


INVESTMENTS = """Investeringar, mnkr
                     Utgifter   Inkomster   Budget
Skolor                   -219           1     -218
Idrott                   -512           -     -540
Gator                    -411           {cell}     -427
Parker                    -79           2      -81
Broar                    -577           1     -585
"""


def test_a_row_without_the_dash_that_others_have_for_nothing_is_a_warning() -> None:
    def said(text: str) -> list[str]:
        return [str(one.severity) for one in check(read_text(text), select=["K028"]).remarks]

    assert said(INVESTMENTS.format(cell=" ")) == ["warning"]
    assert said(INVESTMENTS.format(cell="-")) == []


NAMED = """Delårsrapport 2 2022

1 Sammanfattning om delårsrapport 2 2022

Nämnden har följt sin plan under perioden.

{heading}

Utfallet ligger nära prognosen.
"""


def test_a_heading_that_names_what_figures_are_held_against_is_no_other_reports_name() -> None:
    def said(heading: str) -> bool:
        return bool(check(read_text(NAMED.format(heading=heading)), select=["K020"]).remarks)

    assert not said("2 Avvikelse mot delårsrapport 1 2021")
    assert said("2 Ekonomi i delårsrapport 1 2021".replace(" i ", ", "))


def test_figures_with_their_words_beside_them_are_set_in_columns() -> None:
    rows = "-3 819 tkr   Kommungemensamt, avvikelse i delår 2; bidrag från\nstaten och annat\nsom står i källan\n"
    (listed,) = read_text(rows).passages
    (told,) = read_text("-3 819 tkr avviker det kommungemensamma med, och bidrag från\nstaten och annat.\n").passages
    assert (listed.tabular, told.tabular) == (True, False)
