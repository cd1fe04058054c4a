"""An edition shows the units of all that it was read from, whatever place in it a figure is put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.sample import FACTS, SampleSource, fact
from uppsikt.core.findings import has_errors
from uppsikt.reports.claims import told_of
from uppsikt.reports.compose import compose
from uppsikt.reports.editions import document_file

RECIPE = """\
key: prov
title: Prov
municipality: Prov
unit: "41"
round: delar2-2022
parts: [01.md]
"""
OF_40 = "enheter:40/42/avvikelse"
FIGURE = f"{{{{ {OF_40} | mnkr }}}}"
DERIVED = f"figures:\n  dubbelt:\n    sum: [{OF_40}, {OF_40}]\n"


def table(kind: str, **said: str) -> str:
    """A table in the recipe with one cell."""
    words = {"caption": "T", "note": "N", "cell": "Ord", **said}
    return (
        f"{kind}:\n  t:\n    caption: '{words['caption']}'\n    note: '{words['note']}'\n    columns: [Läge]\n"
        f"    rows: [{{label: A, cells: ['{words['cell']}']}}]\n"
    )


PLACES = {
    "nowhere": ("Text.", ""),
    "heading": (f"## Läget {FIGURE}", ""),
    "heading as a word": (f"## Ett {{{{ {OF_40} | word: plus/minus/noll }}}}", ""),
    "paragraph": (f"Talet är **{FIGURE}**.", ""),
    "word": (f"Det är {{{{ {OF_40} | word: bättre/sämre/lika }}}}.", ""),
    "list": (f"- A\n  - {FIGURE}", ""),
    "quote": (f"> {FIGURE}", ""),
    "link": (f"[se {FIGURE}](https://exempel.se)", ""),
    "decision": (f"::: decision\n1. Avvikelsen {FIGURE} godkänns.\n:::", ""),
    "callout": (f"::: callout Obs\n### {FIGURE}\n:::", ""),
    "derived in a heading": ("## {{ dubbelt | mnkr }}", DERIVED),
    "derived": ("{{ dubbelt | mnkr }}", DERIVED),
    "statement": ("::: statement enheter:40", ""),
    "chart": ("::: chart d", 'charts:\n  d: {kind: deviation, statement: enheter, unit: "40", caption: D}\n'),
    "cell alone": ("::: facts t", table("facts", cell=FIGURE)),
    "cell beside words": ("::: facts t", table("facts", cell=f"{FIGURE} i år")),
    "caption": ("::: facts t", table("facts", caption=f"Läget {FIGURE}")),
    "note": ("::: table t", table("tables", note=f"Därav {FIGURE}")),
    "cell of prose": ("::: table t", table("tables", cell=f"- Läget {FIGURE}")),
}


@pytest.mark.parametrize("place", PLACES)
def test_wherever_a_figure_is_put_the_edition_was_read_from_its_statement(tmp_path: Path, place: str) -> None:
    text, recipe = PLACES[place]
    (tmp_path / "report.yaml").write_text(f"{RECIPE}{recipe}", encoding="utf-8")
    (tmp_path / "01.md").write_text(f"# Prov\n\n{text}\n", encoding="utf-8")
    document, findings = compose(tmp_path, SampleSource(), FACTS)
    assert document is not None, findings
    assert document.asked == (() if place == "nowhere" else (("enheter", "40"),))
    assert b'"asked"' not in document_file(document)


def test_what_a_fact_claims_is_shown_where_a_finding_prints_what_it_should_have_been(tmp_path: Path) -> None:
    (tmp_path / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (tmp_path / "01.md").write_text("# Prov\n\nText.\n", encoding="utf-8")
    for value, told in (("-7610", set()), ("-7000", {("enheter", "40")})):
        claiming = fact("c", "C", value, "tkr", claims=OF_40)
        document, findings = compose(tmp_path, SampleSource(), {"c": claiming})
        assert not has_errors(findings)
        assert document is not None
        assert document.asked == ()
        assert told_of(findings) == told
