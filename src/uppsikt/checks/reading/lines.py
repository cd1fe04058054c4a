"""What kind of line a line is: figures with a label, a label alone, a header, prose, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from uppsikt.checks.document import Line
from uppsikt.checks.reading.segment import counts
from uppsikt.checks.reading.words import Word, words_of

LONGEST_LABEL = 75  # characters
LONGEST_NAME = 100  # of a label before two amounts or more, where nothing in it is of a sentence
LONGEST_ROW = 1000
KNOWN_WORDS = 20_000
MOST_AFTER = 3  # words that may follow the figures of a row ("oförändrat", "Öka", "st")

HEADER_WORDS = re.compile(
    r"^(?:utfall\w*|bokslut\w*|budget\w*|prognos\w*|avvikels?e?n?\w*|diff\w*|förändring\w*|intäkt\w*|kostnad\w*"
    r"|netto\w*|resultat\w*|helår\w*|ack\w*|period\w*|jan\w*|feb\w*|mars|april?|maj|juni?|juli?|aug\w*|sep\w*"
    r"|okt\w*|nov\w*|dec\w*|delår\w*|andel\w*|not|tkr|mnkr|mkr|kr|belopp|i|kommun\w*|koncern\w*|redovis\w*|föreg\w*"
    r"|år\w*|målvärde\w*|mål|indikator\w*|antal\w*|kvinnor|män|totalt?|tot|summa|fg|innev\w*|kvar|procent|%"
    r"|sammanställd|mot|för|tertial|kvartal|plan\w*|ram\w*|forecast|actual|k/m|nämnd\w*|verksamhet\w*|inkl|exkl"
    r"|ing\w*|utg\w*|eget|kapital|nämndbidrag|bidrag\w*|nyckeltal|mått|enhet\w*|och|av|per|q[1-4]|t[1-3]|h[12])$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:19[5-9]\d|20[0-6]\d)$")
_DATE = re.compile(r"^(?:20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$|^20\d\d-\d\d(-\d\d)?$|^\d\d?/\d\d?/20\d\d$")
_STUCK = re.compile(r"([\da-zåäö])([A-ZÅÄÖ])")
_NUMBERED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖ][a-zåäö]")
_NOTE_HEADING = re.compile(r"^\s*Not\s+\d{1,2}\b\s*(?:[A-ZÅÄÖ]|$)", re.IGNORECASE)
NOTE_LIST = re.compile(
    r"^\s*\d{1,2}(?:,\s\d{1,2})+\s*$|^\s*\d{1,2}(?:,\d{1,2}){2,}\s*$|^\s*(?:[A-Z]\d{1,2}|\d{1,2}[A-Z])\s*$"
)
TAIL = 120  # characters at the end of a line that show whether it stands in a table of contents
_CONTENTS = re.compile(r"(?:(?:\.\s?){3,}|…{2,})\s*\d+$")
_COUNTED = ("st", "st.", "kr", "tkr", "mnkr", "procent", "personer", "åa")
_SENTENCE_END = re.compile(r"[a-zåäö)”\"][.:?!]\s*$")


class Kind(StrEnum):
    """What a line is to the finder of tables."""

    FIGURES = "figures"
    LABEL = "label"
    HEADER = "header"
    PROSE = "prose"
    EMPTY = "empty"


@dataclass(frozen=True)
class Parsed:
    """A line taken apart: the words before its figures, the figures, the words after."""

    line: Line
    kind: Kind
    label: tuple[Word, ...] = ()
    figures: tuple[Word, ...] = ()
    after: tuple[Word, ...] = ()

    @cached_property
    def wide(self) -> bool:
        """Whether its figures stand apart from each other or from the label, as in a laid-out table."""
        apart = any(word.wide for word in self.figures[1:])
        return apart or bool(self.label and self.figures and self.figures[0].wide)

    @cached_property
    def most(self) -> int:
        """The most cells its figures could be."""
        return counts(self.figures)[1] if self.figures else 0


def parsed(line: Line) -> Parsed:
    """The line taken apart and judged by itself, without its neighbours."""
    text = line.text.strip()
    if len(line.text) > LONGEST_ROW or _plainly_prose(text):
        return Parsed(line, Kind.PROSE)
    words = words_of(line) if text else []
    if not words:
        return Parsed(line, Kind.EMPTY)
    if is_of_contents(text) or (_NOTE_HEADING.match(line.text) and len(words) < 12):
        return Parsed(line, Kind.PROSE, tuple(words))
    if NOTE_LIST.match(line.text):
        return Parsed(line, Kind.LABEL, tuple(words))
    if all(word.is_dash for word in words):
        return Parsed(line, Kind.FIGURES, (), tuple(words))
    label, figures, after = _split(words)
    if _NUMBERED.match(line.text) and not label and len(figures) == 1:
        return Parsed(line, Kind.PROSE, tuple(words))
    if figures and _is_row(label, figures, after):
        kind = Kind.HEADER if is_header([*label, *figures, *after]) else Kind.FIGURES
        return Parsed(line, kind, label, figures, after)
    if (is_header(words) and len(words) <= 14) or _stuck_header(line.text):
        return Parsed(line, Kind.HEADER, tuple(words))
    if _is_prose(line.text, words):
        return Parsed(line, Kind.PROSE, tuple(words))
    return Parsed(line, Kind.LABEL, tuple(words))


def is_of_contents(text: str) -> bool:
    """Whether a line, spaces at its ends apart, is one of a table of contents: dots that lead to a page's number."""
    return text[-1:].isdigit() and bool(_CONTENTS.search(text[-TAIL:]))


def _plainly_prose(text: str) -> bool:
    """A long line without gaps whose last words hold no digit: most lines of a report, told at no cost."""
    if "  " in text or "|" in text or "\t" in text:
        return False
    if len(text) <= LONGEST_LABEL:
        return _ends_a_text(text)
    last = " ".join(text.rsplit(None, MOST_AFTER + 1)[1:])
    if any(map(str.isdigit, last)) or _stuck_header(text):
        return False
    words = text.split()
    return len(words) > 14 or 2 * sum(map(_heads, words)) < len(words)


def _ends_a_text(text: str) -> bool:
    """Whether a short line is plainly the last of a paragraph: seven words or more, no digit, a full stop."""
    if text[-1:] != "." or text.count(" ") < 6 or not text[-2:-1].isalpha() or text[-2:-1].isupper():
        return False
    return not any(map(str.isdigit, text)) and not _stuck_header(text)


def is_header(words: list[Word]) -> bool:
    """Whether the words could head columns: years and dates, and words that columns are called by."""
    years = sum(1 for word in words if is_time(word.text))
    heading = [_heads(word.text.strip(",.:*()")) for word in words]
    known = sum(heading)
    others = [word for word, heads in zip(words, heading, strict=True) if not heads and not is_time(word.text)]
    if any(word.is_part and not _small(word) for word in others):
        return False
    if len(words) == 1:
        return bool(years)
    if words[-1].text.endswith("."):
        return False
    return years + known >= 2 and len(others) <= (years + known) / 2 and (years > 0 or known >= 3)


def _stuck_header(text: str) -> bool:
    """Headings that extraction ran together: "Intäkter 2020Intäkter 2021Kostnader 2020"."""
    if not _STUCK.search(text):
        return False
    parts = _STUCK.sub(r"\1 \2", text).split()
    if len(parts) > 30:
        return False
    known = sum(1 for part in parts if HEADER_WORDS.match(part.strip(",.:*()")) or is_time(part))
    return known >= 4 and known * 3 >= len(parts) * 2


@lru_cache(maxsize=KNOWN_WORDS)
def _heads(word: str) -> bool:
    """Whether columns are called by the word: asked of nearly every word of a report, and words come again."""
    return bool(HEADER_WORDS.match(word))


@lru_cache(maxsize=KNOWN_WORDS)
def is_time(text: str) -> bool:
    """Whether a word is a year or a date as columns are headed by ("2021", "220831", "2021-08-31")."""
    return bool(_YEAR.match(text) or _DATE.match(text))


def _small(word: Word) -> bool:
    return len(word.digits) == 1 and not word.decimals and not word.sign


def _split(words: list[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]]:
    """The last run of figures that at most a few words follow."""
    end = len(words)
    while end and not words[end - 1].is_part:
        end -= 1
    while end and end < len(words) and words[end].is_figure:
        end += 1
    if len(words) - end > MOST_AFTER and not words[end].wide if end < len(words) else False:
        return tuple(words), (), ()
    begin = end
    while begin and words[begin - 1].is_figure:
        begin -= 1
    begin = _begin_of_figures(words, begin, end)
    return tuple(words[:begin]), tuple(words[begin:end]), tuple(words[end:])


def _begin_of_figures(words: list[Word], begin: int, end: int) -> int:
    """Leave figures that belong to the label there ("Åbylunden 2", "- HR"): they stand close to its words."""
    wide = [index for index in range(begin, end) if words[index].wide]
    if begin > 0 and wide and not words[begin].wide and wide[0] > begin:
        amounts = any(word.decimals for word in words[begin : wide[0]])
        return begin if amounts else wide[0]
    while begin < end and words[begin].is_dash and begin + 1 < end and begin == 0 and not words[begin + 1].is_figure:
        begin += 1
    return begin


def _is_row(label: tuple[Word, ...], figures: tuple[Word, ...], after: tuple[Word, ...]) -> bool:
    if not any(word.is_part for word in figures):
        return False
    length = label[-1].end - label[0].start if label else 0
    apart = figures[0].wide or any(word.wide for word in figures[1:])
    if (length > LONGEST_LABEL and not _is_long_name(label, figures)) or len(label) > 14:
        return False
    if not label and after and not after[0].wide and after[0].text.lower() not in _COUNTED:
        return False  # "3.2 Rubrik", "13,1 mnkr varav …": figures that open a text
    if apart and (not after or after[0].wide):
        return True
    cells = counts(figures)[1]
    if cells >= 2:
        return len(after) <= 2 and not (label and label[-1].text.endswith((",", ".")) and len(label) > 6)
    return length <= 45 and len(after) <= 1 and (not label or label[0].text[0].isupper() or label[0].text[0] in "-•")


def _is_long_name(label: tuple[Word, ...], figures: tuple[Word, ...]) -> bool:
    """Whether a long label is a name and no sentence: amounts follow it, and no comma, stop or digit is in it."""
    if label[-1].end - label[0].start > LONGEST_NAME or not label[0].text[:1].isupper() or counts(figures)[1] < 2:
        return False
    plain = all(word.text[-1] not in ",.:;" and not any(map(str.isdigit, word.text)) for word in label)
    return plain and not any(is_time(word.text) for word in figures)


def _is_prose(text: str, words: list[Word]) -> bool:
    if _NUMBERED.match(text):
        return True
    wide = sum(word.wide for word in words[1:])
    return wide == 0 and (len(text.strip()) > LONGEST_LABEL or (len(words) > 6 and bool(_SENTENCE_END.search(text))))
