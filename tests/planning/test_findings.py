from __future__ import annotations

import re
from pathlib import Path

import uppsikt.planning.findings as findings
from uppsikt.core.findings import CATALOGUE
from uppsikt.core.language import speaking

PLANNING = {code: rule for code, rule in CATALOGUE.items() if code.startswith("P")}


def test_every_sample_fills_its_sentences_in_both_languages() -> None:
    for rule in PLANNING.values():
        for language in ("sv", "en"):
            with speaking(language):
                assert "{" not in rule.says.filled(**rule.sample) + rule.do.filled(**rule.sample)


def test_every_planning_finding_is_met_in_a_test() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert set(PLANNING) <= set(re.findall(r'"(P\d{3})"', tests))


def test_every_code_has_one_name_in_the_room() -> None:
    named = [value for name, value in vars(findings).items() if name.isupper()]
    assert sorted(named) == sorted(PLANNING)
