"""Every code explains itself in both languages, with an example that the audit itself made."""

import re
from functools import cache

import pytest

from uppsikt.checks.explain import code_of, codes, explained, listed, near, reference_page
from uppsikt.checks.output.terminal import Look
from uppsikt.checks.registry import CHECKS
from uppsikt.core.language import speaking

PAGE = cache(reference_page)  # every example on it is made by the audit: once is enough


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_code_is_explained_whole(code: str, language: str) -> None:
    with speaking(language):
        text = explained(code, Look())
    assert text.startswith(code)
    assert "{" not in text
    if code in CHECKS:
        assert text.count(code) >= 2, "the example shows the rule's own remark"
        assert "^" in text


def test_a_rule_is_found_by_code_and_by_name_in_any_case() -> None:
    assert code_of("k002") == "K002"
    assert code_of("Row-Arithmetic") == "K002"
    assert code_of("K9") == ""
    assert near("K01") != ""


def test_the_list_and_the_page_name_every_code() -> None:
    names = listed(Look())
    assert [code for code in codes() if code not in names] == []
    assert [code for code in codes() if f"## {code}" not in PAGE()] == []


def test_every_link_in_the_pages_table_leads_to_a_section() -> None:
    page = PAGE()
    anchors = {line[3:].lower().replace(" ", "-") for line in page.splitlines() if line.startswith("## ")}
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", page) if link not in anchors] == []
