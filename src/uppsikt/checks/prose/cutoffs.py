"""Until when the report's figures reach, as its tables and its sentences say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uppsikt.checks.document import Span, Table
from uppsikt.checks.prose.sentences import Sentence, worth_searching
from uppsikt.checks.seeking import Sought
from uppsikt.core.language import Text
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV

_NUMBERS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH_NAMES = tuple(Text(sv, en) for sv, en in zip(MONTHS_SV, MONTHS_EN, strict=True))
_COUNT = rf"(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}})"
_MONTH = rf"(?P<month>{'|'.join(MONTHS_SV)})"
_DAY_OF = r"(?:den\s+)?(?:\d\d?\s+)?"
_SAID = (
    Sought(
        "månader",
        pattern=rf"(?:första\s+{_COUNT}|{_COUNT.replace('count', 'other')}\s+första)\s+månader(?:na)?\b",
    ),
    Sought(*MONTHS_SV, pattern=rf"(?:t\.?\s?o\.?\s?m\.?|till\s+och\s+med|fram\s+till)\s+{_DAY_OF}{_MONTH}\b"),
    Sought(
        *("utfall", "resultat"),
        pattern=rf"(?:utfall|resultat)(?:et)?\s+(?:per|januari\s?[-–]|jan\s?[-–])\s?{_DAY_OF}{_MONTH}\b",
    ),
)
_DAY = re.compile(r"\b(?:20)?(?P<year>\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?:30|31|28|29)\b")
_RANGE = re.compile(r"\bjan(?:uari)?\s?[-–]\s?(?P<month>[a-z]{3})[a-z]*", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\bdelår(?:srapport)?\s+1|prognos\s+1|tertial\s+1|föregående|förra|budget|planera|nästa", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A month that figures reach to, from 1, and where that is said."""

    month: int
    spans: tuple[Span, ...]
    told: str
    is_table: bool


def cutoffs_of(sentences: Sequence[Sentence], tables: Sequence[Table]) -> tuple[Cutoff, ...]:
    """Every month that headings or sentences give as the end of the period."""
    return (*_in_tables(tables), *_in_text(sentences))


def strays(cutoffs: Sequence[Cutoff]) -> Iterator[tuple[Cutoff, Cutoff]]:
    """Sentences that reach to another month than the tables do (or than most sentences), with one that says so."""
    tables = Counter(one.month for one in cutoffs if one.is_table)
    votes = tables or Counter(one.month for one in cutoffs)
    if not votes:
        return
    (month, count), *rest = votes.most_common(2)
    if rest and rest[0][1] == count:
        return
    right = next(one for one in cutoffs if one.month == month and one.is_table == bool(tables))
    for one in cutoffs:
        if one.month != month and not one.is_table:
            yield one, right


def month_of(heading: str) -> int | None:
    """The month that a column's figures reach to ("Utfall 220831", "jan–aug"); none for full years."""
    day = _DAY.search(heading)
    if day:
        return int(day["month"])
    found = _RANGE.search(heading)
    return _MONTHS.index(found["month"].lower()) + 1 if found and found["month"].lower() in _MONTHS else None


def _in_tables(tables: Sequence[Table]) -> Iterator[Cutoff]:
    """The months of the latest year that column headings name."""
    columns = [
        (int(day["year"]) if (day := _DAY.search(column.heading)) else None, month, column)
        for table in tables
        for column in table.columns
        if column.spans and (month := month_of(column.heading))
    ]
    last = max((year for year, _, _ in columns if year is not None), default=None)
    for year, month, column in columns:
        if year in (last, None):
            yield Cutoff(month, column.spans, column.heading, True)


def _in_text(sentences: Sequence[Sentence]) -> Iterator[Cutoff]:
    likely = {sentence for said in _SAID for sentence in worth_searching(sentences, said)}
    for sentence in sorted(likely, key=lambda one: one.index):
        for said in _SAID:
            for found in said.finditer(sentence.lower):
                if not _ANOTHER.search(sentence.lower):
                    start = sentence.start + found.start()
                    spans = sentence.spans(start, sentence.start + found.end())
                    yield Cutoff(_month(found), spans, found.group(), False)


def _month(found: re.Match[str]) -> int:
    named = found.groupdict()
    if named.get("month"):
        return MONTHS_SV.index(str(named["month"]).lower()) + 1
    count = str(named.get("count") or named.get("other")).lower()
    return int(count) if count.isdigit() else _NUMBERS.index(count) + 1
