from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.reports.sample import FACTS, RECIPE, SampleSource, write_report
from uppsikt.reports.compose import compose
from uppsikt.reports.document import TextRun
from uppsikt.reports.printable import printable
from uppsikt.reports.renderers import render

CHART = """charts:
  nojd:
    kind: facts
    facts: [fakta/nki]
    caption: Nöjd
"""


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\x7f", "\ufffe", "\ud800"])
def test_a_character_that_no_format_carries_becomes_a_space(character: str) -> None:
    assert printable((TextRun(f"ett{character}två"), [{"a": f"b{character}"}])) == (
        TextRun("ett två"),
        [{"a": "b "}],
    )


def test_every_other_character_stays() -> None:
    text = "Åäö\tmed\u00adbindestreck – och 🙂\n"
    assert printable(text) == text


def test_a_soft_line_break_from_a_word_processor_stops_no_format(tmp_path: Path) -> None:
    facts = {**FACTS, "nki": replace(FACTS["nki"], label="Nöjd\x0bkund")}
    recipe = RECIPE.replace("charts:\n", CHART)
    folder = write_report(tmp_path / "r", recipe=recipe, economy="# A\n\nFörsta\x0bandra.\n\n::: chart nojd\n")
    document, findings = compose(folder, SampleSource(), facts)
    assert document is not None, findings
    files = render(document)
    assert "Första andra." in files["rapport.html"].decode()
    assert all(files.values())
