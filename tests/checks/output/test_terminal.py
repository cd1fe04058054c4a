"""At the terminal: code, place, the line with carets exactly under the figure, the sum, what to do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.checks.small import RIGHT_SUM, WRONG_SUM, outcome
from uppsikt.checks.document import Document, Line, Span
from uppsikt.checks.outcome import Outcome
from uppsikt.checks.output.terminal import Look, as_text, shown
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Finding
from uppsikt.core.language import speaking


def lines(*, colour: bool = False) -> list[str]:
    return as_text([outcome()], Look(200, colour)).splitlines()


def test_the_carets_stand_under_the_wrong_figure() -> None:
    said = lines()
    source = next(index for index, line in enumerate(said) if "Nettokostnad   " in line)
    carets = said[source + 1]
    assert said[source][carets.index("^") : carets.rindex("^") + 1] == "-3 565"


def test_the_head_names_rule_file_and_place_and_the_end_counts() -> None:
    said = lines()
    assert said[0].startswith("K002 fel rapport.txt, rad 7, kolumn 56 (row-arithmetic, säkerhet ")
    assert any(line.startswith("  → ") for line in said)
    assert said[-1] == "Fel: 1, varningar: 0, upplysningar: 0."


def test_english_users_read_english() -> None:
    with speaking("en"):
        said = lines()
    assert said[0].startswith("K002 error rapport.txt, line 7, column 56 (row-arithmetic, confidence ")
    assert said[-1] == "Errors: 1, warnings: 0, notes: 0."


def test_a_report_in_order_says_so() -> None:
    assert as_text([outcome(RIGHT_SUM)], Look()) == "Inga anmärkningar.\n"


def test_silenced_remarks_are_counted() -> None:
    silenced = outcome(WRONG_SUM.replace("-45\n", "-45  # noqa: K002\n"))
    assert as_text([silenced], Look()) == "Inga anmärkningar (tystade: 1).\n"


def test_colours_only_where_they_are_wanted() -> None:
    assert "\x1b" not in "".join(lines())
    assert "\x1b[1;31mK002 fel\x1b[0m" in lines(colour=True)[0]


@given(
    before=st.text(alphabet="abc å", max_size=120),
    marked=st.text(alphabet="0123456789", min_size=1, max_size=8),
    after=st.text(alphabet="abc å", max_size=120),
    width=st.integers(40, 140),
)
def test_however_narrow_the_caret_stands_under_the_place(before: str, marked: str, after: str, width: int) -> None:
    text = "x" + before + marked + after
    document = Document("r.txt", "text", (Line(1, text, 1),), ())
    start = 1 + len(before)
    remark = Remark(Finding("K091", facts={"codes": ""}), (Span(1, start, start + len(marked)),))
    said = shown(remark, Outcome("r.txt", document, (remark,)), Look(width)).splitlines()
    source, carets = said[2], said[3]
    assert len(source) <= width
    under = source[carets.index("^") : carets.rindex("^") + 1]
    assert under.rstrip("…")[0] == marked[0]
