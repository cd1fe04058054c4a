"""Rules K062–K065: what a report should say and doesn't, and what it should not show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from uppsikt.checks.document import Cell, Span, Table
from uppsikt.checks.numbers import written
from uppsikt.checks.prose.comments import goals_in, unexplained_in
from uppsikt.checks.prose.sentences import Sentence, worth_searching
from uppsikt.checks.prose.words import Tag
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.samples import NET_TABLE, PROSE_REPORT
from uppsikt.checks.seeking import Sought
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

_MOVED = Sought(
    *("omorg", "inordna", "redovisas", "flytta", "överför"),
    pattern=r"omorganiser(?:at|ats|ades|ade|ing|ingen|ingar|ingarna)\b|inordna(?:s|des|ts)\b|redovisas\s+inte\s+längre"
    r"|redovisas\s+inte\s+[^.]{0,60}\binom\b|(?:flyttats?|överförts?|överförda)\s+(?:från|till)\s+[^.]{0,40}"
    r"(?:nämnd|förvaltning|styrelse|avdelning)",
)
_RESTATED = Sought(
    *("jämförels", "jämförbar", "räkna", "justera"),
    pattern=r"jämförelse(?:tal|år|siffr|period|värde)|omräkna|räknats?\s+om|jämförbar\w*\s+(?:tal|siffr|enhet)|justerat\s+för",
)
_PEOPLE = re.compile(
    r"avgång|slutat|sjuk|anställd|medarbetare|personer|chefer|elever|brukare|klienter|anmäln|kränkning|tillbud|olycks",
    re.IGNORECASE,
)
_SENSITIVE = re.compile(r"avgång|slutat|sjuk|pension|avlid|kränkning|tillbud|olycks|anmäln|uppsag", re.IGNORECASE)
_COUNT = re.compile(r"\bantal\b|\bavgångar\b|\bpersoner\b|\bslutat\b", re.IGNORECASE)
_SMALL = 5
_SHOWN = 6  # places named beside the first


@rule(
    "K062",
    Severity.WARNING,
    name="reorganised-not-restated",
    says_sv="Verksamhet har flyttats (”{said}”), men ingenstans sägs om jämförelsetalen är omräknade.",
    says_en='Operations have moved ("{said}"), but nowhere is it said whether comparative figures are restated.',
    do_sv="Räkna om föregående år till den nya organisationen, eller säg hur mycket flytten påverkar.",
    do_en="Restate the year before to the new organisation, or say how much the move affects it.",
    why=Text(
        "När en enhet flyttar mitt i året är utfallet i år och i fjol inte samma verksamhet. Utan omräknade tal är "
        "skillnaden till en del bara flytten.",
        "When a unit moves mid-year, this year's and last year's outcome are not of the same operations. Without "
        "restated figures, part of the difference is only the move.",
    ),
    failing="Lokalavdelningen har från juli omorganiserats till förvaltningen.\n\n" + NET_TABLE,
    passing=(
        "Lokalavdelningen har från juli omorganiserats till förvaltningen. Jämförelsetalen för 2021 är omräknade.\n\n"
        + NET_TABLE
    ),
    said="omorganiserats",
)
def reorganised_not_restated(report: Report) -> Iterator[Remark]:
    """Reorganisations beside a comparison with the year before, with no word of restating."""
    sentences = report.prose.sentences
    if not _compares_years(report) or _first_in(sentences, _RESTATED):
        return
    moved = _first_in(sentences, _MOVED)
    if moved:
        (first, found), *others = moved
        yield remark(
            "K062",
            _found_spans(first, found),
            confidence=min(0.8, 0.6 + 0.05 * len(moved)),
            related=[
                Related(_found_spans(sentence, also)[0], Text("också flyttat", "moved too"))
                for sentence, also in others[:_SHOWN]
            ],
            said=found.group(),
        )


def _first_in(sentences: Sequence[Sentence], sought: Sought) -> list[tuple[Sentence, re.Match[str]]]:
    """The sentences that hold what is sought, with the first place in each."""
    likely = worth_searching(sentences, sought)
    return [(sentence, found) for sentence in likely if (found := sought.search(sentence.lower))]


def _found_spans(sentence: Sentence, found: re.Match[str]) -> tuple[Span, ...]:
    return sentence.spans(sentence.start + found.start(), sentence.start + found.end())


def _compares_years(report: Report) -> bool:
    """Whether any table puts outcomes of two years beside each other."""
    for table in report.tables:
        headings = report.prose.matcher.headings(table)
        actual = [one for one in headings if one.head in (Tag.ACTUAL, None)]
        if len({one.year for one in actual if one.year} | {-1 for one in actual if one.period.is_last_year}) > 1:
            return True
    return False


@rule(
    "K063",
    Severity.WARNING,
    name="deviation-unexplained",
    says_sv="{row} avviker {deviation}, {share} procent av budgeten, men nämns inte i texten.",
    says_en="{row} deviates by {deviation}, {share} per cent of the budget, but the text does not mention it.",
    do_sv="Förklara avvikelsen och vad som görs åt den.",
    do_en="Explain the deviation and what is done about it.",
    why=Text(
        "Den som beslutar behöver veta varför det avviker. Andra rader i tabellen kommenteras; den här är stor och "
        "gör det inte.",
        "Those who decide need to know why it deviates. Other rows of the table are commented on; this one is large "
        "and isn't.",
    ),
    failing=(
        "Inom statsbidrag är avvikelsen negativ, -8,1 mnkr. Kommungemensamt har en positiv avvikelse.\n\n" + NET_TABLE
    ),
    passing=PROSE_REPORT,
    row="Politisk kommunledning",
    deviation="6 587",
    share="14",
)
def deviation_unexplained(report: Report) -> Iterator[Remark]:
    """Large deviations of rows that no sentence names."""
    found = sorted(unexplained_in(report.prose), key=lambda one: -one.share)
    for one in found[:_SHOWN]:
        yield remark(
            "K063",
            [one.cell.span],
            confidence=0.62 if one.share >= Decimal("0.2") else 0.55,
            row=one.row.label,
            deviation=_shown(one.cell),
            share=written(100 * one.share, 0),
        )


@rule(
    "K064",
    Severity.WARNING,
    name="goal-not-assessed",
    says_sv="{row} har målet ”{target}”{way}, men texten bedömer det inte.",
    says_en='{row} has the target "{target}"{way}, but the text does not assess it.',
    do_sv="Skriv om målet nås och varför.",
    do_en="Say whether the target is met and why.",
    why=Text(
        "Ett mål utan bedömning går inte att följa upp. Allvarligast är det när siffrorna går åt fel håll.",
        "A target without an assessment can't be followed up. It is gravest when the figures go the wrong way.",
    ),
    failing=(
        "Texten handlar om annat.\n\nIndikatorer              Utfall 2020  Utfall 2021  Prognos 2022  Målvärde 2022\n"
        "Sjukfrånvaro                     3,8          3,4           3,8         Minska\n"
        "Styrningsindex                    66           69            70           Öka\n"
    ),
    passing=(
        "Sjukfrånvaron har ökat, så målet att minska den nås inte. Styrningsindex ökar och målet nås.\n\n"
        "Indikatorer              Utfall 2020  Utfall 2021  Prognos 2022  Målvärde 2022\n"
        "Sjukfrånvaro                     3,8          3,4           3,8         Minska\n"
        "Styrningsindex                    66           69            70           Öka\n"
    ),
    row="Sjukfrånvaro",
    target="Minska",
    way=" men går från 3,4 till 3,8",
)
def goal_not_assessed(report: Report) -> Iterator[Remark]:
    """Targets that no sentence assesses; those that go the wrong way are surer."""
    for goal in goals_in(report.prose):
        if goal.is_commented:
            continue
        way = Text("", "")
        if goal.goes_wrong and goal.before is not None and goal.now is not None:
            one, two = _shown(goal.before), _shown(goal.now)
            way = Text(f" men går från {one} till {two}", f" but goes from {one} to {two}")
        yield remark(
            "K064",
            [goal.now.span if goal.goes_wrong and goal.now is not None else goal.target.span],
            confidence=0.75 if goal.goes_wrong else 0.5,
            row=goal.row.label,
            target=goal.target.text.strip(),
            way=way,
        )


@rule(
    "K065",
    Severity.WARNING,
    name="small-group",
    says_sv="{count} tal under fem i ”{table}”: {rows}. Enskilda personer kan kännas igen.",
    says_en='{count} {count:number|numbers} below five in "{table}": {rows}. Individuals may be recognised.',
    do_sv="Slå ihop grupper eller skriv ”färre än 5”.",
    do_en='Merge groups or write "fewer than 5".',
    why=Text(
        "Av få personer i en yrkesgrupp går det att förstå vem som slutat eller varit sjuk. Många kommuner visar "
        "inte grupper under fem.",
        "Among few people in a profession one can tell who left or was ill. Many municipalities show no groups below "
        "five.",
    ),
    failing=(
        "De yrkesgrupper där flest avgångar skett, antal personer som slutat:\n\n"
        "Yrkesgrupp            Antal slutat 2021  Antal slutat 2022\n"
        "Ekonomer                             12                 17\n"
        "Upphandlare                           6                  4\n"
    ),
    passing=(
        "De yrkesgrupper där flest avgångar skett, antal personer som slutat:\n\n"
        "Yrkesgrupp            Antal slutat 2021  Antal slutat 2022\n"
        "Ekonomer                             12                 17\n"
        "Upphandlare                           6                  7\n"
    ),
    count=1,
    table="Yrkesgrupp",
    rows="Upphandlare (4)",
)
def small_group(report: Report) -> Iterator[Remark]:
    """Counts of people below five, one remark a table."""
    for table in report.tables:
        about = _about(report, table)
        if not (_PEOPLE.search(about) and _COUNT.search(about)):
            continue
        counts = [row for row in table.rows if not any(cell and _is_share(cell) for cell in row.cells)]
        small = [(row.label, cell) for row in counts for cell in row.cells if cell and _is_small(cell)]
        if small:
            yield remark(
                "K065",
                [small[0][1].span],
                confidence=0.62 if _SENSITIVE.search(about) else 0.5,
                related=[Related(cell.span, Text("också få", "few too")) for _, cell in small[1:_SHOWN]],
                count=len(small),
                table=table.title or table.rows[0].label,
                rows=", ".join(f"{label} ({cell.text.strip()})" for label, cell in small[:_SHOWN]),
            )


def _about(report: Report, table: Table) -> str:
    """What the table is of: its title, headings, rows without figures, and the lines above it."""
    above = [report.document.line(number).text for number in range(max(1, table.first_line - 3), table.first_line)]
    titles = [row.label for row in table.rows if not any(cell and cell.number for cell in row.cells)]
    return " ".join([*above, table.title, *(column.heading for column in table.columns), *titles])


def _is_share(cell: Cell) -> bool:
    return cell.number is not None and (cell.number.decimals > 0 or cell.number.unit is not None)


def _is_small(cell: Cell) -> bool:
    number = cell.number
    return number is not None and number.unit is None and not number.decimals and 0 < number.value < _SMALL


def _shown(cell: Cell) -> str:
    return written(cell.number.value, cell.number.decimals) if cell.number else cell.text
