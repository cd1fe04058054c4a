"""From a report's folder to a document: references resolve or stop the build, and nothing is typed by hand unseen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.reports.sample import DECISION, ECONOMY, FACTS, RECIPE, SampleSource, fact, write_report
from uppsikt.core.findings import Finding, has_errors
from uppsikt.figures.model import Cell, Contribution, Figure
from uppsikt.reports.compose import compose
from uppsikt.reports.document import (
    Decision,
    Document,
    FigureNote,
    FigureRun,
    Origin,
    Paragraph,
    StatementBlock,
    text_of,
)
from uppsikt.reports.renderers.words import origin_text
from uppsikt.reports.resolver import origins_of


def composed(tmp_path: Path, **changed: str) -> tuple[Document | None, list[Finding]]:
    return compose(write_report(tmp_path / "report", **changed), SampleSource(), FACTS)


def findings_of(tmp_path: Path, code: str, **changed: str) -> list[Finding]:
    _, findings = composed(tmp_path, **changed)
    return [finding for finding in findings if finding.code == code]


def test_figures_and_words_in_prose_come_from_the_engine(document: Document) -> None:
    paragraph = next(block for block in document.blocks if isinstance(block, Paragraph))
    assert text_of(paragraph.runs) == (
        "Prognosen för helåret visar ett underskott på 15,4\u00a0mnkr mot budget. "
        "Det är 4,7\u00a0mnkr bättre än i förra prognosen."
    )


def test_a_figure_run_knows_its_address_and_its_number(document: Document) -> None:
    paragraph = next(block for block in document.blocks if isinstance(block, Paragraph))
    figures = [run for run in paragraph.runs if isinstance(run, FigureRun) and run.value is not None]
    assert figures[0].address == "nettoredovisning/nettokostnad/avvikelse@delar2-2022"
    assert (str(figures[0].value), figures[0].unit, figures[0].marks.strong) == ("15.4", "mnkr", True)


def test_a_derived_figure_keeps_its_operands(document: Document) -> None:
    note = next(note for note in document.figures if note.address == "kommungemensamt-inkl-statsbidrag")
    assert note.text == "−3\u202f819\u00a0tkr"
    assert [origin.label for origin in note.origins] == [
        "Kommungemensamt, Avvikelse delår 2",
        "Statsbidrag, Avvikelse delår 2",
    ]


def test_an_operand_s_files_are_told_too(document: Document) -> None:
    note = next(note for note in document.figures if note.address.startswith("nettoredovisning/statsbidrag/"))
    assert note.origins[0].label == "huvudbok-2022.se"


def test_each_statement_is_asked_for_once(folder: Path) -> None:
    source = SampleSource()
    compose(folder, source, FACTS, with_lineage=False)
    assert sorted(source.asked) == ["enheter:40@delar2-2022", "nettoredovisning:None@delar2-2022"]


def test_headings_are_numbered_by_the_program(document: Document) -> None:
    assert [(heading.number, heading.text) for heading in document.headings] == [
        ("1", "Förslag till beslut"),
        ("2", "Delårsresultat och prognos"),
        ("2.1", "Utfall och prognos"),
        ("2.2", "Per enhet"),
        ("3", "Arbetsgivaransvar"),
    ]


def test_an_unnumbered_heading_takes_no_number_from_the_others(tmp_path: Path) -> None:
    document, _ = composed(tmp_path, decision=DECISION.replace("# Förslag till beslut", "# Förord {-}\n\n# Beslut"))
    assert document is not None
    assert [heading.number for heading in document.headings][:3] == ["", "1", "2"]


def test_the_decision_s_clauses_are_its_list(document: Document) -> None:
    (decision,) = (block for block in document.blocks if isinstance(block, Decision))
    assert len(decision.clauses) == 2


def test_a_table_prints_its_unit_its_sign_rule_and_its_note(document: Document) -> None:
    table = next(block.table for block in document.blocks if isinstance(block, StatementBlock))
    assert [text_of(note) for note in table.notes] == [
        "Belopp i tkr. Kostnader har minustecken. Negativ avvikelse är sämre än budget.",
        "Bokslut 2021 är inte omräknat till ny organisation.",
    ]


def test_a_memo_row_says_that_it_is_part_of_something(document: Document) -> None:
    table = next(block.table for block in document.blocks if isinstance(block, StatementBlock))
    assert table.rows[-1].label == "varav myndighetsavdelningen och centralt skolstöd"


def test_a_reference_to_nothing_stops_the_build_and_names_the_nearest(tmp_path: Path) -> None:
    economy = ECONOMY + "\nVi når {{ nettoredovisning/nettokostnad/avvikelser }}.\n"
    document, findings = composed(tmp_path, economy=economy)
    (finding,) = (finding for finding in findings if finding.code == "R011")
    assert document is None
    assert str(finding.at) == "02-ekonomi.md, rad 30"
    assert "nettoredovisning/nettokostnad/avvikelse" in finding.do


@pytest.mark.parametrize("address", ["fakta/nki-2019", "okand/rad/kolumn", "en-summa-som-saknas"])
def test_no_kind_of_reference_may_lead_nowhere(tmp_path: Path, address: str) -> None:
    assert findings_of(tmp_path, "R011", economy=f"# Rubrik\n\nText {{{{ {address} }}}}.")


def test_a_number_typed_by_hand_is_a_warning_with_its_line_and_the_figure_it_should_be(tmp_path: Path) -> None:
    economy = "# Rubrik\n\nEn rad utan tal,\noch en med −15,4 mnkr mot budget.\n"
    document, findings = composed(tmp_path, economy=economy)
    (finding,) = (finding for finding in findings if finding.code == "R010")
    assert document is not None
    assert finding.at.line == 4
    assert finding.facts["number"] == "−15,4 mnkr"
    assert "kanske menas nettoredovisning/nettokostnad/avvikelse@delar2-2022" in finding.do


@pytest.mark.parametrize("number", ["15,4 mnkr", "15,4 tkr", "0 tkr", "−9 000 tkr"])
def test_no_figure_is_proposed_for_another_sign_or_measure_nor_where_several_have_the_value(
    tmp_path: Path, number: str
) -> None:
    (finding,) = findings_of(tmp_path, "R010", economy=f"# Rubrik\n\nEn rad med {number} mot budget.\n")
    assert "kanske" not in finding.do


def test_the_same_number_marked_with_its_source_is_no_finding(tmp_path: Path) -> None:
    economy = '# Rubrik\n\nUnderskottet är [15,4 mnkr]{outside: "Årsredovisningen"} och öppet [24/7]{plain}.\n'
    assert findings_of(tmp_path, "R010", economy=economy) == []


def test_numbers_in_cells_captions_and_notes_are_looked_at_too(tmp_path: Path) -> None:
    recipe = RECIPE.replace("Minska]}", '"minst 4,1"]}').replace("ny organisation.", "ny organisation, 3 enheter.")
    numbers = [finding.facts["number"] for finding in findings_of(tmp_path, "R010", recipe=recipe)]
    assert sorted(map(str, numbers)) == ["3", "4,1"]


def test_a_word_chosen_by_a_zero_is_a_warning_unless_it_has_a_word_for_it(tmp_path: Path) -> None:
    zero = "nettoredovisning/varav-myndighet/avvikelse"
    assert findings_of(tmp_path, "R014", economy=f"# A\n\n{{{{ {zero} | word: plus/minus }}}}")
    assert not findings_of(tmp_path, "R014", economy=f"# A\n\n{{{{ {zero} | word: plus/minus/noll }}}}")


def test_a_figure_without_value_is_a_warning(tmp_path: Path) -> None:
    economy = "# A\n\n{{ nettoredovisning/varav-myndighet/bokslut-foregaende }}"
    assert findings_of(tmp_path, "R013", economy=economy)


def test_a_derived_figure_built_on_itself_is_refused(tmp_path: Path) -> None:
    recipe = RECIPE.replace(
        "facts:\n  hr", "  ring: {sum: [ring, nettoredovisning/nettokostnad/budget]}\nfacts:\n  hr"
    )
    assert findings_of(tmp_path, "R015", recipe=recipe, economy="# A\n\n{{ ring }}")


def test_a_derived_figure_of_a_share_and_an_amount_is_refused(tmp_path: Path) -> None:
    operands = "[nettoredovisning/nettokostnad/avvikelse, nettoredovisning/nettokostnad/budget]"
    recipe = RECIPE.replace("facts:\n  hr", f"  blandat: {{sum: {operands}}}\nfacts:\n  hr")
    source = SampleSource()
    whole = source.statement("nettoredovisning", None, "delar2-2022")
    shares = replace(whole, cells={**whole.cells, ("nettokostnad", "avvikelse"): Cell(share=Decimal("0.5"))})
    source.statement = lambda *_: shares  # type: ignore[method-assign]
    folder = write_report(tmp_path / "report", recipe=recipe, economy="# A\n\n{{ blandat }}")
    _, findings = compose(folder, source, FACTS)
    assert "R016" in [finding.code for finding in findings]


def test_a_row_with_more_cells_than_columns_is_refused(tmp_path: Path) -> None:
    recipe = RECIPE.replace('[fakta/nki, "", "", Öka]', '[fakta/nki, "", "", Öka, Mer]')
    assert findings_of(tmp_path, "R037", recipe=recipe)


def test_a_fact_that_claims_to_be_a_figure_there_is_not_is_a_finding(folder: Path) -> None:
    strange = fact("b", "B", "-783076", "tkr", claims="nettoredovisning/saknas/budget")
    _, findings = compose(folder, SampleSource(), {**FACTS, "bokslut-2021": strange})
    assert [finding.facts["address"] for finding in findings if finding.code == "R043"] == [
        "nettoredovisning/saknas/budget"
    ]


def test_a_published_figure_that_differs_from_the_ledger_is_a_warning_with_both(folder: Path) -> None:
    _, findings = compose(folder, SampleSource(), FACTS)
    (finding,) = (finding for finding in findings if finding.code == "R042")
    assert finding.facts["printed"] == "−794\u202f290"
    assert finding.facts["computed"] == "−783\u202f076"
    assert finding.facts["difference"] == "−11\u202f214"


def test_a_published_figure_that_agrees_is_no_finding(folder: Path) -> None:
    agreeing = fact("b", "B", "-783076", "tkr", claims="nettoredovisning/nettokostnad/bokslut-foregaende")
    _, findings = compose(folder, SampleSource(), {**FACTS, "bokslut-2021": agreeing})
    assert findings == []


def test_a_bridge_that_does_not_add_up_stops_the_build(tmp_path: Path) -> None:
    recipe = RECIPE.replace("total: nettokostnad", "total: nettokostnad\n    rows: [kommungemensamt, statsbidrag]")
    (finding,) = findings_of(tmp_path, "R036", recipe=recipe)
    assert finding.facts["difference"] == "−11\u202f564"


@pytest.mark.parametrize(
    ("code", "economy"),
    [
        ("R030", "# A\n\n::: chart finns-inte\n"),
        ("R030", "# A\n\n::: tabell nettoredovisning\n"),
        ("R031", "# A\n\n::: decision\n1. Ett beslut\n"),
        ("R032", "# A\n\n### C\n"),
        ("R033", "# 3. Sammanfattning\n"),
        ("R034", "# A\n\n![karta](karta.png)\n"),
        ("R034", "# A\n\n<table></table>\n"),
        ("R035", "# A\n\n- ett\n-\n"),
        ("R012", "# A\n\n{{ nettoredovisning/nettokostnad/avvikelse | miljoner }}\n"),
    ],
)
def test_each_fault_of_a_text_has_its_finding(tmp_path: Path, code: str, economy: str) -> None:
    assert findings_of(tmp_path, code, economy=economy)


def test_the_hash_is_the_same_for_the_same_content_and_another_for_another(tmp_path: Path) -> None:
    first, _ = composed(tmp_path / "a" if (tmp_path / "a").mkdir() is None else tmp_path)
    again, _ = composed(tmp_path / "b" if (tmp_path / "b").mkdir() is None else tmp_path)
    other, _ = composed(tmp_path, economy=ECONOMY.replace("följer budget", "följer nästan budget"))
    assert first is not None
    assert again is not None
    assert other is not None
    assert first.content_hash == again.content_hash != other.content_hash


def test_an_english_report_has_english_words_and_decimal_points(tmp_path: Path) -> None:
    document, findings = composed(tmp_path, recipe=RECIPE.replace("key:", "language: en\nkey:", 1))
    assert not has_errors(findings)
    assert document is not None
    table = next(block.table for block in document.blocks if isinstance(block, StatementBlock))
    assert table.number == "Table 1"
    assert text_of(table.notes[0]).startswith("Amounts in tkr.")


def test_a_source_that_answers_many_at_once_is_asked_once(folder: Path) -> None:
    class Many(SampleSource):
        def figures(self, addresses: Sequence[str]) -> list[Figure]:
            self.asked.append(f"{len(addresses)} at once")
            return [SampleSource().figure(address) for address in addresses]

    source = Many()
    many, _ = compose(folder, source, FACTS)
    one_by_one, _ = compose(folder, SampleSource(), FACTS)
    assert many is not None
    assert one_by_one is not None
    assert [asked for asked in source.asked if "at once" in asked] == ["4 at once"]
    assert many.figures == one_by_one.figures


def test_many_sources_of_a_kind_are_counted_instead_of_listed() -> None:
    forecasts = [
        Contribution(str(number), f"Prognos {number}", "forecast/delar2-2022", 12, 100) for number in range(9)
    ]
    files = [Contribution("f", "huvudbok.se", "actual", 400, 1)]
    assert origins_of([*files, *forecasts]) == (
        Origin("huvudbok.se", 1, 400),
        Origin("9 prognoser i delar2-2022", 900, 108),
    )


def test_a_single_posting_is_one_and_thousands_are_grouped() -> None:
    note = FigureNote("a", "figur-1", "A", "1", 100, "", "", (Origin("a.se", 1, 1), Origin("b.se", 2, 12345)))
    assert origin_text(note) == "a.se (1 post); b.se (12\u202f345 poster)"


def test_a_lone_decision_is_named_and_whoever_handed_in_a_forecast_is_not() -> None:
    decision = Contribution("budget:1", "Ks 1/2021 Ursprunglig budget", "budget", 12, 500)
    forecast = Contribution("forecast:1", "Prognos delar2-2022 1010 5, anna", "forecast/delar2-2022", 12, 600)
    assert origins_of([decision, forecast]) == (
        Origin("Ks 1/2021 Ursprunglig budget", 500, 12),
        Origin("1 prognos i delar2-2022", 600, 12),
    )
    assert origins_of([decision, decision]) == (Origin("2 budgetbeslut", 1000, 24),)
