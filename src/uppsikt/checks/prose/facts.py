"""Facts: a figure in running text with its unit, direction, kind, period and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from uppsikt.checks.document import Span
from uppsikt.checks.numbers import Number, Unit
from uppsikt.checks.prose.sentences import Sentence
from uppsikt.checks.prose.words import Direction, Tag, directions_in, head_of, tags_in, trends_in

_UNIT_WORDS = re.compile(r"[\s\u00a0]*(?:[a-zåäöA-Z]+(?:\s+(?:kronor|kr)\b)?|%)")
_CLAUSE_END = re.compile(r"[.;:()]|,\s|\s(?:och|medan|men|samt)\s")
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?!\d|,\d|\s?\d{3}\b)")
_ROUND = re.compile(r"(?:delår(?:srapport)?(?:\s+med\s+prognos)?|prognos|tertial)\s*(\d)\b(?![,.]\d)", re.IGNORECASE)
_LAST_YEAR = re.compile(
    r"föregående\s+(?:år|prognos)|förra\s+(?:året|prognosen)|fjol|året\s+(?:innan|före)|tidigare\s+(?:år|prognos|bedömning)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sept", "okt", "nov", "dec")
_MONTH = re.compile(r"\b(?:" + "|".join(_MONTHS) + r")[a-zåäö]*", re.IGNORECASE)
_PART = re.compile(r"\b(?:varav|därav|av\s+(?:detta|dessa|vilka|vilket)|avser|avses)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:och|samt|respektive)\s*(?:ca\s*)?\(?$", re.IGNORECASE)
_PART_AFTER = re.compile(
    r"\s+av\s+(?:avvikelsen|detta|dessa|beloppet|ökningen|minskningen|underskottet|överskottet)\b"
)
_LISTED = re.compile(r"^[\s,()]*(?:(?:och|samt|respektive|resp\.?)\b)?")
_SAYS_WHEN = re.compile(
    r"\s*\(?(?:föregående\s+år|förra\s+året|året\s+(?:innan|före)"
    r"|(?:(?:i|för|under)\s+)?(?:bokslut(?:et)?\s+|helåret\s+|år\s+)?(?:19|20)\d\d\b)\)?",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\s*(?:högre|lägre|bättre|sämre|mer|mindre|över|under)\s+(?:än\s+)?\w+", re.IGNORECASE)
_ONLY_TO = re.compile(r"\s*(?:till|mot)\s*(?:ca|cirka|drygt|knappt)?\s*", re.IGNORECASE)
_FROM = re.compile(r"\bfrån\s*(?:ca|cirka|drygt|knappt)?\s*$", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:från|till|på)(?:\s+(?:ca|cirka|drygt|knappt|totalt))?\s*$", re.IGNORECASE)
_VERB = re.compile(r"\b(?:är|blir|blev|visar|uppgår|uppgick|beräknas|redovisar|prognostiseras|innebär|var)\b")
MONEY = (Unit.KRONOR, Unit.THOUSANDS, Unit.MILLIONS, Unit.BILLIONS)
PERCENT = (Unit.PERCENT, Unit.POINTS)
_AFTER = 60  # characters after a figure that may say what it is ("… lägre än budget")
_AT_ONCE = 28  # characters after a figure where a kind must stand to be its own ("lägre än budget")
_NEAR = 45  # characters between a direction word and the figure it governs


@dataclass(frozen=True, slots=True)
class Period:
    """What the words say about time: years named, "last year", the round of a forecast, a month."""

    years: frozenset[int] = frozenset()
    is_last_year: bool = False
    round: int | None = None
    month: int | None = None


@dataclass(frozen=True, eq=False)
class Fact:
    """A figure of the running text. `before` and `after` are the stretches of words that are its own."""

    number: Number
    sentence: Sentence
    before: tuple[int, int]
    after: tuple[int, int]
    tags: frozenset[Tag]
    direction: Direction | None
    period: Period
    is_part: bool = False
    is_prior: bool = False  # "462 mkr (143 mkr)": the second is the year before
    unit_is_assumed: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the number stands, sign and digits."""
        return self.sentence.flow.passage.spans(self.number.start, self.number.end)

    @property
    def value(self) -> Decimal:
        """The value with the sign that is written, or else that the words say."""
        if self.number.sign or self.direction is None:
            return self.number.value
        return self.number.value.copy_abs() * self.direction.sign

    @property
    def sign_is_said(self) -> bool:
        """Whether a sign is written or a word says which way."""
        return bool(self.number.sign) or self.direction is not None

    @property
    def size(self) -> Decimal:
        """Its value without sign: in kronor for money, else as it stands."""
        kronor = self.number.kronor
        return abs(self.number.value if kronor is None else kronor)

    @property
    def step(self) -> Decimal:
        """Half of what its last digit is worth, in the unit of `size`: how far rounding reaches."""
        factor = self.number.unit.kronor if self.number.unit else None
        reach = self.number.ulp * (factor or 1) / 2
        return reach * (4 if self.number.approximate else 1)

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.number.unit in MONEY

    @cached_property
    def head(self) -> Tag | None:
        """The kind of figure that its words say it is."""
        return head_of(self.tags)

    @cached_property
    def own_words(self) -> str:
        """The words before it that are its own."""
        return self.sentence.flow.passage.text[self.before[0] : self.before[1]]

    @cached_property
    def text(self) -> str:
        """The number and its unit as printed."""
        end = self.number.end if self.unit_is_assumed else unit_end(self.sentence, self.number)
        return self.sentence.flow.passage.text[self.number.start : end]


def unit_end(sentence: Sentence, number: Number) -> int:
    """Where the number's unit ends, or the number where none follows."""
    if number.unit is None:
        return number.end
    found = _UNIT_WORDS.match(sentence.flow.passage.text, number.end)
    return min(found.end(), sentence.end) if found else number.end


def facts_of(sentences: Sequence[Sentence]) -> tuple[Fact, ...]:
    """Every figure with a unit, in order."""
    made: list[Fact] = []
    for sentence in sentences:
        last = made[-1].number.unit if made and made[-1].sentence.flow is sentence.flow else None
        if sentence.numbers:
            made.extend(_facts(sentence, last))
    return tuple(made)


def _facts(sentence: Sentence, last: Unit | None) -> Iterator[Fact]:
    numbers = _with_units(sentence, last)
    previous: Fact | None = None
    begin = sentence.start
    for index, (number, assumed) in enumerate(numbers):
        until = numbers[index + 1][0].start if index + 1 < len(numbers) else sentence.end
        previous = _fact(sentence, number, begin, until, previous, assumed)
        yield previous
        end = number.end if assumed else unit_end(sentence, number)
        when = _SAYS_WHEN.match(sentence.flow.passage.text, end, until)
        begin = when.end() if when else max(end, _end_of_comparison(previous))


def _end_of_comparison(fact: Fact) -> int:
    """Where a comparison that follows the figure ends ("… lägre än budget"): what comes then is another's."""
    text = fact.sentence.flow.passage.text[fact.after[0] : fact.after[1]]
    return fact.after[1] if _COMPARED.match(text) else fact.after[0]


def _with_units(sentence: Sentence, last: Unit | None) -> list[tuple[Number, bool]]:
    """The sentence's figures; one without unit takes its neighbour's, if it is written like an amount."""
    numbers = list(sentence.numbers)
    if not numbers:
        return []
    known = [number.unit for number in numbers if number.unit in MONEY or number.unit in PERCENT]
    if not known:
        if last not in MONEY:
            return []
        numbers = [number for number in numbers if number.sign and number.unit is None]
        known = [last]
    made: list[tuple[Number, bool]] = []
    for index, number in enumerate(numbers):
        if number.unit in MONEY or number.unit in PERCENT:
            made.append((number, False))
        elif number.unit is None and _like_an_amount(number):
            following = next((one.unit for one in numbers[index:] if one.unit in MONEY), known[-1])
            made.append((replace(number, unit=following), True))
    return made


def _like_an_amount(number: Number) -> bool:
    return number.decimals > 0 and "." not in number.text


def _fact(sentence: Sentence, number: Number, begin: int, until: int, previous: Fact | None, assumed: bool) -> Fact:
    text = sentence.flow.passage.text
    before = text[begin : number.start]
    end = number.end if assumed else unit_end(sentence, number)
    after = _own_after(text[end : min(until, end + _AFTER)])
    tags = tags_in(before)
    if _LEVEL.search(before):
        tags -= {Tag.CHANGE}  # "gått upp från 6,1 till 7,6": both are levels, neither is the change
    tags |= tags_in(after[:_AT_ONCE]) & {Tag.CHANGE, Tag.DEVIATION, Tag.RESULT}
    direction = _direction(before, begin, number.start) or _direction_after(after, end)
    prior = previous is not None and bool(re.fullmatch(r"\s*\(\s*", before)) and text[end : end + 1] == ")"
    if previous is not None and direction is None and not head_of(tags) and _goes_on(before):
        tags, direction = tags | previous.tags, previous.direction
    period = period_in(before + " " + after)
    if previous is not None and _ONLY_TO.fullmatch(before) and _FROM.search(previous.own_words):
        tags, direction = tags | (previous.tags - {Tag.CHANGE}), previous.direction
    earlier = _FROM.search(before) and text[end:until].strip().startswith(("till", "mot")) and trends_in(before)
    if prior or (earlier and not period.years):
        prior, period = True, Period(is_last_year=True)
    return Fact(
        number,
        sentence,
        (begin, number.start),
        (end, end + len(after)),
        tags,
        direction,
        period,
        _is_part(before, previous) or bool(_PART_AFTER.match(text, end)),
        prior,
        assumed,
    )


def _is_part(before: str, previous: Fact | None) -> bool:
    if _PART.search(before):
        return True
    return previous is not None and previous.is_part and bool(_AND.search(before))


def _own_after(text: str) -> str:
    cut = _CLAUSE_END.search(text)
    return text[: cut.start()] if cut else text


def _goes_on(before: str) -> bool:
    """Whether the words only list one more figure: ", 4,5 mnkr", " samt Socialnämnden (–9,9"."""
    if _VERB.search(before):
        return False
    return (
        bool(_LISTED.match(before)) and len(before.split()) <= 8 and before.lstrip()[:1] in (",", ")", "(", "o", "s")
    )


def _direction(before: str, offset: int, at: int) -> Direction | None:
    found = directions_in(before)
    if not found:
        return None
    last = found[-1]
    placed = Direction(last.sign, last.start + offset, last.end + offset, last.word)
    return placed if at - placed.end <= 2 * _NEAR else None


def _direction_after(after: str, offset: int) -> Direction | None:
    found = [one for one in directions_in(after) if one.start <= _NEAR // 2]
    if not found:
        return None
    return Direction(found[0].sign, found[0].start + offset, found[0].end + offset, found[0].word)


def years_in(text: str) -> frozenset[int]:
    """The years a text names."""
    return frozenset(int(one) for one in _YEAR.findall(text))


def period_in(text: str) -> Period:
    """What words say about time, in a sentence or a column heading."""
    month = None
    for found in _MONTH.finditer(text):
        month = next(index for index, name in enumerate(_MONTHS, 1) if found.group().lower().startswith(name))
    rounds = [int(one) for one in _ROUND.findall(text)]
    return Period(
        years_in(text),
        bool(_LAST_YEAR.search(text)),
        rounds[-1] if rounds else None,
        month,
    )
