from __future__ import annotations

import pytest

from uppsikt.core.findings import CATALOGUE, Finding
from uppsikt.core.language import speaking
from uppsikt.ledger import findings, findings_profiles, findings_sie5

OWN = sorted(
    value
    for module in (findings, findings_sie5, findings_profiles)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
)


@pytest.mark.parametrize("code", OWN)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_sample_fills_its_sentences(code: str, language: str) -> None:
    sample = Finding(code, facts=CATALOGUE[code].sample)
    with speaking(language):
        assert "{" not in sample.says + sample.do
        assert sample.says.endswith(".")
        assert sample.do.endswith(".")
