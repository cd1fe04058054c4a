"""The demonstration's report: our own words, every figure bound, nothing pointed at that isn't there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from uppsikt.figures.definitions import EachRow, load_definition
from uppsikt.reports.handtyped import hand_typed_numbers

FOLDER = Path(__file__).resolve().parents[2] / "src/uppsikt/demo/orebro"
REPORT = FOLDER / "report"
WORDS_IN_A_ROW = 8


def recipe() -> dict[str, object]:
    loaded = yaml.safe_load((REPORT / "report.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def part(key: str) -> dict[str, dict[str, object]]:
    value = recipe()[key]
    assert isinstance(value, dict)
    return value


def prose() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(REPORT.iterdir()))


def facts() -> list[dict[str, str]]:
    with (FOLDER / "facts.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def references() -> set[str]:
    return {match.strip() for match in re.findall(r"\{\{\s*([^|}]+)", prose())}


def in_a_row(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + WORDS_IN_A_ROW]) for start in range(len(words) - WORDS_IN_A_ROW + 1)}


@pytest.mark.shared
def test_no_eight_words_in_a_row_are_the_published_reports(shared: Path) -> None:
    seed = shared / "reference/seed/delarsrapport-2-2022-kommunstyrelsen.txt"
    taken = in_a_row(seed.read_text(encoding="utf-8"))
    assert len(taken) > 5_000
    own = [*REPORT.iterdir(), *(FOLDER / "reorganisations").iterdir(), FOLDER / "facts.csv", FOLDER / "README.md"]
    for path in own:
        assert not in_a_row(path.read_text(encoding="utf-8")) & taken, path.name


def test_all_parts_are_there_and_all_files_are_parts() -> None:
    assert recipe()["parts"] == sorted(path.name for path in REPORT.glob("*.md"))


def test_every_outside_fact_that_the_text_uses_is_in_the_register() -> None:
    keys = {fact["key"] for fact in facts()}
    used = set(re.findall(r"fakta/([a-z0-9-]+)", prose()))
    assert used <= keys
    assert len(used) > 70


def test_every_fact_says_where_it_comes_from_and_stands_once() -> None:
    rows = facts()
    assert Counter(row["key"] for row in rows).most_common(1)[0][1] == 1
    for row in rows:
        assert row["source"].startswith("Delårsrapport med prognos 2 2022, Örebro kommun"), row
        assert re.fullmatch(r"rad \d+((–| och )\d+)?", row["place"]), row


def test_a_fact_nobody_uses_is_there_to_be_compared_with_a_figure() -> None:
    used = set(re.findall(r"fakta/([a-z0-9-]+)", prose()))
    assert {row["key"] for row in facts() if row["key"] not in used and not row["claims"]} == set()


def test_the_printed_total_of_2021_claims_the_figure_it_differs_from() -> None:
    printed = {row["key"]: row for row in facts()}["tryckt-nettokostnad-bokslut-2021"]
    assert printed["value"] == "-794290"
    assert printed["claims"] == "nettoredovisning/nettokostnad/bokslut-foregaende@delar2-2022"


def test_named_figures_are_defined_and_used() -> None:
    named = {name for name in references() if "/" not in name}
    assert named == set(part("figures"))


def test_blocks_ask_for_what_the_recipe_holds_and_nothing_lies_unused() -> None:
    for kind, section in (("statement", "statements"), ("chart", "charts"), ("facts", "facts"), ("table", "tables")):
        asked = re.findall(rf"^::: {kind} (\S+)$", prose(), flags=re.MULTILINE)
        assert sorted(asked) == sorted(part(section)), kind


def test_units_in_addresses_are_units_of_the_register() -> None:
    with (FOLDER / "registers/unit.csv").open(encoding="utf-8", newline="") as stream:
        units = {row["code"] for row in csv.DictReader(stream, delimiter=";")}
    for address in references():
        statement, _, rest = address.partition(":")
        if rest:
            unit, row, _ = rest.split("/")
            assert unit in units, address
            assert statement != "enheter" or row in units, address


def test_addresses_of_local_statements_have_their_row_and_column() -> None:
    local = {}
    for path in sorted((FOLDER / "statements").glob("*.yaml")):
        definition, findings = load_definition(path.read_text(encoding="utf-8"), path.name)
        assert definition is not None, findings
        assert findings == []
        assert definition.key == path.stem
        local[definition.key] = definition
    claimed = {row["claims"].partition("@")[0] for row in facts() if row["claims"]}
    asked = [address.split("/") for address in references() | claimed if address.split("/")[0] in local]
    assert len(asked) > 20
    for key, row, column in asked:
        assert row in {own.key for own in local[key].rows if not isinstance(own, EachRow)}
        assert column in {own.key for own in local[key].columns if not own.is_hidden}


def test_the_text_has_no_number_typed_by_hand() -> None:
    lines = [line for line in _markdown().splitlines() if not line.startswith(":::")]
    bare = re.sub(r"\{\{.*?\}\}|\[[^\]]*\]\{plain\}", "", " ".join(re.sub(r"^\d\. ", "", line) for line in lines))
    assert [number.text for number in hand_typed_numbers(bare)] == []


def _markdown() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(REPORT.glob("*.md")))


def test_the_anatomy_is_whole_and_headings_carry_no_numbers_of_their_own() -> None:
    headings = re.findall(r"^(#+) (.+)$", _markdown(), flags=re.MULTILINE)
    chapters = [text for marks, text in headings if marks == "#"]
    sections = [text for marks, text in headings if marks == "##"]
    assert len(chapters) == 5
    assert len(sections) == 5 + 11 + 4 + 1
    assert not [text for _, text in headings if text[0].isdigit()]


def test_the_decision_has_two_clauses() -> None:
    block = re.search(r"::: decision\n(.*?)\n:::", _markdown(), flags=re.DOTALL)
    assert block
    assert re.findall(r"^(\d)\. ", block[1], flags=re.MULTILINE) == ["1", "2"]


def test_the_report_says_what_is_synthetic() -> None:
    assert "syntetisk" in str(recipe()["municipality"])
    assert "syntetiska" in (REPORT / "01-beslut.md").read_text(encoding="utf-8")


def test_the_files_that_the_demonstration_names_are_there() -> None:
    demo = yaml.safe_load((FOLDER / "demo.yaml").read_text(encoding="utf-8"))
    for path in [
        *demo["ledger"],
        *demo["budget"],
        *demo["reorganisations"],
        *demo["drafts"],
        *(r["forecast"] for r in demo["rounds"]),
        demo["facts"],
    ]:
        assert (FOLDER / path).is_file()
