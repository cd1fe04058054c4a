from __future__ import annotations

import re
from pathlib import Path

import uppsikt.rounds.findings as findings
from uppsikt.core.findings import CATALOGUE
from uppsikt.core.language import speaking

ROUNDS = {code: rule for code, rule in CATALOGUE.items() if code.startswith("N")}


def test_every_sample_fills_its_sentences_in_both_languages() -> None:
    for rule in ROUNDS.values():
        for language in ("sv", "en"):
            with speaking(language):
                assert "{" not in rule.says.filled(**rule.sample) + rule.do.filled(**rule.sample)


def test_every_finding_of_the_room_is_met_in_a_test() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert set(ROUNDS) <= set(re.findall(r'"(N\d{3})"', tests))


def test_every_code_has_one_name_in_the_room() -> None:
    named = [value for name, value in vars(findings).items() if name.isupper()]
    assert sorted(named) == sorted(ROUNDS)
