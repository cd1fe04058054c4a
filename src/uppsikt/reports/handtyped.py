"""Numbers typed by hand in prose: found, unless they are dates, paragraphs, law references and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_MONTH = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec"
    r"|January|February|March|May|June|July|August|October|December)\.?"
)
_YEAR = r"(?:19|20)\d{2}"
_GAP = "[ \u00a0\u202f\u2009]"
_MINUSES = ("-", "\u2212", "\u2013")
_DASH = "[-\u2212\u2013]"
_COUNTED = (
    r"delår(?:srapport(?:en)?)?|prognos|tertial|kvartal|etapp|version|steg|fas|del|bilaga|kapitel|kap\.?|avsnitt|punkt"
    r"|sida|sidan|s\.|tabell|diagram|figur|nr|nummer|mål|alternativ|spår|nivå|grupp|kontogrupp|konto|kontoklass|klass"
    r"|ansvar|enhet|verksamhet|projekt|objekt|version|not|artikel|rutin|paragraf|vecka|v\."
    r"|interim|forecast|quarter|stage|step|phase|part|appendix|chapter|section|item|page|table|chart|figure|no\.|week"
)

# What looks like a number but is not a figure. Each is blanked out before numbers are looked for.
_NOT_FIGURES = re.compile(
    "|".join(
        [
            r"https?://\S+|www\.\S+|\S+@\S+",
            r"\b\d{4}-\d{2}(?:-\d{2})?\b",  # 2022-08-31, 2022-08
            r"\b\d{1,2}/\d{1,2}(?!\d)(?:" + _GAP + _YEAR + r"\b)?",  # 31/8, 30/6 2022
            rf"\b\d{{1,2}}(?:\.|:a|:e)?(?:{_GAP}?{_DASH}{_GAP}?\d{{1,2}})?{_GAP}{_MONTH}(?:{_GAP}{_YEAR})?(?!\w)",
            rf"\b{_MONTH}{_GAP}\d{{1,2}}(?:,?{_GAP}{_YEAR})?(?!\w)",  # August 31, 2022
            rf"(?:\b[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,11}}|\b[Dd]nr:?){_GAP}+\d{{1,6}}/(?:{_YEAR}|\d{{2}})\b",  # Ks 230/2019
            r"\b(?:19|20)\d{2}:\d{1,4}\b",  # 2018:597, FS 2009:2
            rf"\b\d{{1,3}}{_GAP}?kap\.?(?:{_GAP}?\d{{1,3}}{_GAP}?(?:[a-z]{_GAP})?(?:(?:{_DASH}|och){_GAP}?\d{{1,3}}{_GAP}?)?§+)?",
            rf"\b\d{{1,3}}{_GAP}?(?:[a-z]{_GAP}?)?(?:{_DASH}{_GAP}?\d{{1,3}}{_GAP}?)?§+",  # 12 §, 4 a §
            rf"§+{_GAP}?\d{{1,3}}(?:{_GAP}?(?:{_DASH}|och|,){_GAP}?\d{{1,3}})*",  # § 12, §§ 3–5
            r"\b(?:KL|LKBR|RL|SFS|RKR)\s+\d{1,4}:\d{1,4}\b",  # KL 11:16
            r"\b(?:kl|klockan)\.?\s*\d{1,2}(?:[.:]\d{2})?",
            rf"\b{_YEAR}{_GAP}?(?:{_DASH}|/|och|till){_GAP}?(?:{_YEAR}|\d{{2}})\b",  # 2019–2021, 2021/22
            rf"(?i:\b(?:{_COUNTED})){_GAP}+\d+(?:\.\d+)*(?:{_GAP}?(?:{_DASH}|och|and){_GAP}?\d+(?:\.\d+)*)?\b(?![,]\d)",
            rf"(?<![\d,.]){_YEAR}(?![\d%]|,\d|{_GAP}\d{{3}}(?!\d)|{_GAP}?(?:kr|tkr|mnkr|mkr|procent|%|st\b))",
            r"\b(?:\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\b",  # 220831
            r"\b\d+[A-Za-zÅÄÖåäö]+\w*|\b[A-Za-zÅÄÖåäö]+\d\w*",  # 6A, R17
            rf"\b[A-Za-zÅÄÖåäö]+{_DASH}\d+\b",  # covid-19
        ]
    )
)
_UNIT = (
    r"(?:mnkr|mkr|Mkr|MSEK|tkr|kkr|kr|kronor|miljoner|miljarder|tusen"
    r"|procentenheter|procent|%|‰|st|personer|årsarbetare)"
)
_NUMBER = re.compile(
    rf"(?P<sign>(?:(?<!\w)[-\u2212\u2013+±]{_GAP}?)?)"
    rf"(?P<whole>\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}})+(?!\d)|\d+)"
    rf"(?:,{_GAP}?(?P<fraction>\d+))?"
    rf"(?P<unit>{_GAP}*{_UNIT}(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class HandTyped:
    """A number in prose: where it starts, as written, its size without sign and its unit."""

    start: int
    text: str
    size: Decimal
    unit: str

    @property
    def value(self) -> Decimal:
        """The number with its sign."""
        return -self.size if self.text[:1] in _MINUSES else self.size


def hand_typed_numbers(text: str) -> Iterator[HandTyped]:
    """The numbers in a text that are figures, from left to right."""
    searched = _NOT_FIGURES.sub(lambda match: "\x00" * len(match[0]), text)
    for match in _NUMBER.finditer(searched):
        whole = re.sub(rf"{_GAP}|\.", "", match["whole"])
        size = Decimal(f"{whole}.{match['fraction']}" if match["fraction"] else whole)
        yield HandTyped(match.start(), text[match.start() : match.end()].strip(), size, (match["unit"] or "").strip())
