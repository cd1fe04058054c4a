"""Savings assignments as files: what the pages show, in kronor to the öre, reductions positive."""

from __future__ import annotations

from uppsikt.core.language import say
from uppsikt.web.presenting import FileCell, Sheet, in_kronor
from uppsikt.web.savings.pages import DetailPage, IndexPage, Line, UnitLine


def index_file(page: IndexPage) -> Sheet:
    """The list."""
    title = say("Effektiviseringsuppdrag", "Savings assignments")
    headings = [say("Uppdrag", "Assignment"), say("Ligger på", "Stands on"), say("År", "Year")]
    headings += [say("Totalt (kr)", "Total (SEK)"), say("Utfördelat (kr)", "Distributed (SEK)")]
    headings += [say("Återstår (kr)", "Remaining (SEK)")]
    return Sheet("effektivisering", title, headings, [_index_row(line) for line in page.lines])


def _index_row(line: Line) -> list[FileCell]:
    row = line.row
    sums = (row.total_ore, row.settled_ore, row.remaining_ore) if line.bar else (None, None, None)
    return [row.title, line.unit, line.years, *map(in_kronor, sums)]


def detail_file(page: DetailPage) -> Sheet:
    """One assignment, unit by unit."""
    headings = [say("Kod", "Code"), say("Enhet", "Unit"), say("Andel", "Share"), say("Plan (kr)", "Plan (SEK)")]
    headings += [say("Utfördelat (kr)", "Distributed (SEK)"), say("Kvar av planen (kr)", "Left of the plan (SEK)")]
    return Sheet(page.row.key, page.row.title, headings, [_detail_row(line) for line in page.lines])


def _detail_row(line: UnitLine) -> list[FileCell]:
    sums = (line.planned_ore, line.settled_ore, line.left_ore)
    return [line.code, line.name, line.share, *map(in_kronor, sums)]
