"""Every rule's own samples: the failing one gives the rule's remark, the passing one none."""

from __future__ import annotations

import pytest

from uppsikt.checks.audit import check
from uppsikt.checks.reading.text import read_text
from uppsikt.checks.registry import CHECKS
from uppsikt.core.language import speaking


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_the_failing_sample_gives_the_rules_remark(code: str) -> None:
    audit = check(read_text(CHECKS[code].failing), select=[code])
    assert [said.code for said in audit.remarks] != []


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_the_passing_sample_gives_none(code: str) -> None:
    audit = check(read_text(CHECKS[code].passing), select=[code])
    assert [str(said.finding) for said in audit.remarks] == []


@pytest.mark.parametrize("code", sorted(CHECKS))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_remark_says_itself_and_points_at_text(code: str, language: str) -> None:
    document = read_text(CHECKS[code].failing)
    with speaking(language):
        for said in check(document, select=[code]).remarks:
            assert "{" not in said.finding.says + said.finding.do
            assert all(0 <= span.start <= span.end <= len(document.line(span.line).text) for span in said.spans)
