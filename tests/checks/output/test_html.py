"""The HTML file: whole in itself, marks on the page lead to remarks, nothing of a report becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

from tests.checks.small import RIGHT_SUM, WRONG_SUM, outcome, typeset
from uppsikt.checks.outcome import Outcome
from uppsikt.checks.output.html import as_html
from uppsikt.checks.reading import read_bytes
from uppsikt.checks.running import outcome_of
from uppsikt.core.language import speaking

VOID = {"meta", "img", "rect", "link", "br"}


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def no_data(one: Outcome) -> bytes:
    raise AssertionError("only PDFs have pictures of pages")


def text_page(text: str = WRONG_SUM) -> str:
    return as_html([outcome(text)], no_data)


def pdf_page() -> str:
    data = typeset()
    return as_html([outcome_of(read_bytes(data, source="r.pdf"), "r.pdf")], lambda one: data)


def test_every_tag_is_closed_and_every_link_leads_to_an_id() -> None:
    for page in (text_page(), pdf_page()):
        balance = _Balance()
        balance.feed(page)
        assert balance.open == []
        ids = re.findall(r'id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_it_needs_nothing_else() -> None:
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', pdf_page()) == []
    assert "<script" not in pdf_page()


def test_the_place_is_marked_in_the_source_lines_with_a_line_around() -> None:
    page = text_page()
    assert "<mark>-3 565</mark>" in page
    assert "6  Kultur" in page


def test_the_arithmetic_is_set_out() -> None:
    page = text_page()
    assert 'class="sum"' in page
    assert "Skillnad</th><td" in page


def test_a_pdfs_page_is_shown_with_a_numbered_mark_that_leads_to_the_remark() -> None:
    page = pdf_page()
    assert page.count("data:image/webp;base64,") == 1
    assert 'alt="Sida 1 med marker' in page
    assert re.search(r'<a href="#r1" class="error" aria-label="1: K002 fel">.*<rect x="\d+', page)


def test_no_level_of_headings_is_skipped() -> None:
    for page in (text_page(), pdf_page()):
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_numbers_go_on_from_file_to_file() -> None:
    page = as_html([outcome(), outcome(RIGHT_SUM), outcome(path="annan.txt")], no_data)
    assert re.findall(r'<article id="(r\d+)"', page) == ["r1", "r2"]


def test_markup_in_a_report_stays_text() -> None:
    page = text_page(WRONG_SUM.replace("Nettokostnad", "<b>Netto</b>"))
    assert "<b>" not in page
    assert "&lt;b&gt;Netto&lt;/b&gt;" in page


def test_a_report_in_order_and_another_language() -> None:
    with speaking("en"):
        page = text_page(RIGHT_SUM)
    assert '<html lang="en">' in page
    assert "No remarks." in page
