"""What each fact of the running text should agree with: a cell, a sum of cells, or another fact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from uppsikt.checks.document import Cell, Table
from uppsikt.checks.numbers import Unit
from uppsikt.checks.prose.facts import MONEY, Fact, Period, period_in
from uppsikt.checks.prose.naming import Mention, Name, Names
from uppsikt.checks.prose.sentences import Sentence
from uppsikt.checks.prose.values import Amount, Slip, agree, amount_of, cell_amount, significant, slip_between
from uppsikt.checks.prose.words import GENERIC, Tag, Token, head_of, stem, tags_in, tokens_in
from uppsikt.checks.tables.roles import column_role

LIKELY = 0.45  # from here words point at a cell well enough for a value to confirm it
_MOST = 16  # cells kept that the fact may be of and does not agree with
ALMOST_WHOLE = 0.9
MISTIMED = 0.75  # how plainly words, time apart, must point at the cell of another time
CHANCE = Decimal("0.1")  # more than that, and a figure that fits a sum of two cells says nothing
BOUND = 0.8  # from here the fact must agree

# How well a kind of fact fits a kind of column, where its words say one and the heading another.
_FITS: dict[Tag | None, dict[Tag | None, float]] = {
    Tag.DEVIATION: {Tag.DEVIATION: 1.0},
    Tag.RESULT: {Tag.RESULT: 1.0, Tag.DEVIATION: 0.85},
    Tag.BUDGET: {Tag.BUDGET: 1.0},
    Tag.FORECAST: {Tag.FORECAST: 1.0, Tag.RESULT: 0.7},
    Tag.COST: {Tag.COST: 1.0, Tag.ACTUAL: 0.95, Tag.FORECAST: 0.8, None: 0.8},
    Tag.INCOME: {Tag.INCOME: 1.0, Tag.ACTUAL: 0.95, Tag.FORECAST: 0.8, None: 0.8},
    Tag.TARGET: {Tag.TARGET: 1.0},
    Tag.ACTUAL: {Tag.ACTUAL: 1.0, None: 0.9},
    Tag.SHARE: {Tag.SHARE: 1.0, Tag.ACTUAL: 0.9, None: 0.9},
    None: {Tag.ACTUAL: 0.9, Tag.FORECAST: 0.8, None: 0.9},
}
_BACK = re.compile(
    r"(?:Avvikelsen|Budgetavvikelsen|Underskottet|Överskottet|Resultatet|Prognosen|Utfallet|Detta|Den|Det|Dessa)\b"
)
_OF = re.compile(r"\b(?:inom|för|avser|avseende|hos|gällande)\s+(?:de[nt]?\s+)?([^\W\d_]+)", re.IGNORECASE)
_OF_A_NAME = re.compile(r"\s*(?:för|inom|hos|avseende|gällande)\s+([A-ZÅÄÖ][^\W\d_]+)")
_TIMES = frozenset(
    stem(word) for word in ["året", "perioden", "helåret", "innevarande", "delåret", "januari", "augusti", "2:a"]
)
_RESULT_ROW = {Tag.ACTUAL: 1.0, Tag.FORECAST: 0.9, None: 0.9, Tag.RESULT: 1.0, Tag.DEVIATION: 0.6}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as words: its kind and its time."""

    head: Tag | None
    tags: frozenset[Tag]
    period: Period
    year: int | None


@dataclass(frozen=True, eq=False)
class Place:
    """A cell that a fact may speak of, and how well the words point at it (0–1), value apart."""

    name: Name
    column: int
    cell: Cell
    points: float
    is_named: bool  # by the sentence itself, not by a heading or because nothing is named
    said_until: int  # where in the flow's text the name ends


@dataclass(frozen=True, eq=False)
class Match:
    """A fact and what it was held against. `score` (0–1) says how surely it is the same thing.

    `terms` are the cells, or the facts, that it should be the sum of; `points` is the score by words alone.
    """

    fact: Fact
    terms: tuple[Cell | Fact, ...]
    score: float
    points: float
    agrees: bool
    amount: Amount
    label: str = ""
    slip: Slip | None = None
    is_named: bool = True
    said_until: int = 0
    is_sum: bool = False

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of the cells it was held against."""
        return tuple(term.span.line for term in self.terms if isinstance(term, Cell))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report's own figures are of: its year, its round, and the unit of tables that name none."""

    year: int | None
    round: int | None
    unit: Unit | None


class Matcher:
    """Holds facts against the tables of a report."""

    def __init__(self, tables: Sequence[Table], sentences: Sequence[Sentence], facts: Sequence[Fact]) -> None:
        self.tables = tables
        self.sentences = sentences
        self.facts = facts
        self.names = Names(tables)
        self._headings: dict[int, tuple[Heading, ...]] = {}

    @cached_property
    def frame(self) -> Frame:
        """Year, round and unit that go without saying here."""
        headings = [heading for table in self.tables for heading in self.headings(table)]
        years = Counter(heading.year for heading in headings if heading.year)
        common = [year for year, count in years.items() if count >= max(years.values()) / 4]
        said = Counter(year for fact in self.facts for year in fact.period.years)
        year = max(common) if common else (said.most_common(1)[0][0] if said else None)
        rounds = [heading.period.round for heading in headings if heading.period.round]
        units = Counter(table.unit for table in self.tables if table.unit in MONEY)
        return Frame(year, max(rounds, default=None), units.most_common(1)[0][0] if units else None)

    def headings(self, table: Table) -> tuple[Heading, ...]:
        """The table's columns as words."""
        if id(table) not in self._headings:
            self._headings[id(table)] = tuple(
                _heading(column.heading, column_role(column).year) for column in table.columns
            )
        return self._headings[id(table)]

    def places(self, fact: Fact) -> list[Place]:
        """The cells the fact's words point at, the surest first."""
        return self._places(fact, fact.period)

    def _places(self, fact: Fact, said: Period | None) -> list[Place]:
        """As `places`, with another time than the fact says; none asks for no time at all."""
        fits: dict[tuple[int, bool], list[tuple[int, float]]] = {}
        made: list[Place] = []
        told = self._told_after(fact)
        for mention in self._subjects(fact):
            name = mention.name
            coverage = mention.coverage * (1.0 if told in name.stems or not told else 0.5)
            kind = (id(name.table), Tag.RESULT in name.tags)
            if kind not in fits:
                fits[kind] = list(self._columns(fact, name, said))
            for column, fit in fits[kind]:
                cell = name.row.cells[column]
                points = round(coverage * fit, 3)
                if cell is not None and cell.number is not None and points >= 0.3:
                    made.append(Place(name, column, cell, points, mention.is_named, mention.end))
        return sorted(made, key=lambda place: -place.points)

    def mistimed(self, fact: Fact) -> Match | None:
        """The cell of another year or round that the fact agrees with to three digits."""
        if not (fact.period.years or fact.period.is_last_year or fact.period.round) or significant(fact) < 3:
            return None
        own = self.places(fact)
        for place in self._places(fact, None):
            match = self._against_cell(fact, place, [place], False) if place.points >= MISTIMED else None
            beside = any(one.name is place.name and one.points >= MISTIMED for one in own)
            if match is not None and match.agrees and match.is_named and beside:
                return match
        return None

    def _subjects(self, fact: Fact) -> list[Mention]:
        """The rows the fact may be of: named beside it, before it in the sentence, or in the sentence before."""
        sentence = fact.sentence
        start, end = fact.before[0], fact.after[1]
        own = [token for token in sentence.tokens if start <= token.start < end]
        found = _nearest(self.names.mentioned(own), fact)
        if any(one.coverage >= 0.9 for one in found):
            return found
        earlier = [token for token in sentence.tokens if token.start < start]
        found = _better(found, self.names.mentioned(earlier), 0.9)
        if any(one.coverage >= 0.8 for one in found):
            return found
        if _BACK.match(sentence.text):
            found = _better(found, self.names.mentioned(self._before(sentence)), 0.8)
        whole = 0.8 if Tag.TOTAL in fact.tags else 0.6 if self._is_open(fact) else 0.4
        topic = self.names.mentioned(tokens_in(sentence.flow.topic)) if sentence.flow.topic else []
        is_self = any(token.is_self for token in sentence.tokens if token.start < fact.number.start)
        found = _better(found, topic if is_self else _unnamed(topic), 0.85 if is_self else min(whole, 0.6))
        return _better(found, self._wholes(fact), whole)

    def _before(self, sentence: Sentence) -> tuple[Token, ...]:
        """The words of the sentence before, in the same paragraph."""
        if sentence.index == 0:
            return ()
        earlier = self.sentences[sentence.index - 1]
        return earlier.tokens if earlier.flow is sentence.flow else ()

    def _is_open(self, fact: Fact) -> bool:
        """Whether the sentence names nothing else that the figure is of ("… avser hyra för kontor")."""
        for found in _OF.finditer(fact.sentence.text):
            one = stem(found[1])
            if one not in GENERIC and one not in _TIMES and not self.names.knows(one):
                return False
        return True

    def _told_after(self, fact: Fact) -> str:
        """The stem of the name that follows the figure at once: "20,0 mnkr för Tillväxtpaketet"; else nothing."""
        found = _OF_A_NAME.match(fact.sentence.flow.passage.text, fact.after[0], fact.sentence.end)
        one = stem(found[1]) if found else ""
        return "" if one in GENERIC | _TIMES else one

    def _wholes(self, fact: Fact) -> list[Mention]:
        """The rows for the whole, which a figure without a name may be of."""
        if fact.head not in (Tag.DEVIATION, Tag.RESULT, Tag.FORECAST, Tag.BUDGET):
            return []
        return [Mention(name, 1.0, 0, False) for name in self.names.all if name.is_total]

    def _columns(self, fact: Fact, name: Name, said: Period | None) -> Iterator[tuple[int, float]]:
        for index, heading in enumerate(self.headings(name.table)):
            fit = _kind_fit(fact, heading, name)
            if fit and said is not None:
                fit *= self._time_fit(said, heading)
            if fit > 0.2:
                yield index, fit

    def _time_fit(self, said: Period, heading: Heading) -> float:
        fit = 1.0
        last = heading.period.is_last_year or (self.frame.year and heading.year and heading.year < self.frame.year)
        if said.is_last_year:
            fit *= 1.0 if last else 0.0
        elif said.years:
            fit *= self._year_fit(said.years, heading.year, bool(last))
        elif last:
            fit *= 0.3
        if said.round or heading.period.round:
            fit *= _same(said.round or self.frame.round, heading.period.round, 0.8)
        if said.month and heading.period.month:
            fit *= 1.0 if said.month == heading.period.month else 0.0
        return fit * (0.85 if heading.period.month and not said.month else 1.0)

    def _year_fit(self, said: frozenset[int], printed: int | None, is_last: bool) -> float:
        """How well a column's year fits the years said; a column without year is of this year."""
        if printed is not None:
            return 1.0 if printed in said else 0.0
        if is_last:
            return 0.3
        return 0.9 if self.frame.year is None or self.frame.year in said else 0.2

    def held(self, fact: Fact) -> tuple[Match, ...]:
        """The fact held against every cell and sum that it may speak of: agreeing ones first."""
        places = self.places(fact)
        made = [
            match
            for index, place in enumerate(places)
            if (match := self._against_cell(fact, place, places, index < _MOST)) is not None
        ]
        if not any(match.agrees and match.points >= LIKELY for match in made):
            made = [_with_slip(match) for match in made] + list(self._against_sums(fact, places))
        return tuple(sorted(made, key=lambda match: (not match.agrees, match.slip is None, -match.score)))

    def _against_cell(self, fact: Fact, place: Place, places: list[Place], keep: bool) -> Match | None:
        """The fact held against one cell; none where they can't be compared, or differ and need not be kept."""
        other = self._amount(place, fact)
        if other is None:
            return None
        mine = amount_of(fact)
        if fact.head not in (Tag.DEVIATION, Tag.RESULT):
            mine, other = Amount(abs(mine.value), mine.step, False), Amount(abs(other.value), other.step, False)
        fits = agree(mine, other)
        if not (fits or keep):
            return None
        return Match(
            fact,
            (place.cell,),
            confirmed(place.points, fact) if fits else place.points * _alone(place, places),
            place.points,
            fits,
            other,
            f"{place.name.row.label}, {place.name.table.columns[place.column].heading}",
            is_named=place.is_named,
            said_until=place.said_until,
        )

    def _amount(self, place: Place, fact: Fact) -> Amount | None:
        heading = self.headings(place.name.table)[place.column]
        is_share = Tag.SHARE in place.name.tags or Tag.SHARE in heading.tags
        return cell_amount(place.cell, place.name.table, Unit.PERCENT if is_share else self.frame.unit, fact)

    def _by_chance(self, fact: Fact, place: Place) -> bool:
        """Whether some other row of the column could well make up the difference by accident."""
        cells = [cell for row in place.name.table.rows if (cell := row.cells[place.column]) is not None]
        amounts = [one.value for cell in cells if (one := cell_amount(cell, place.name.table, self.frame.unit, fact))]
        spread = max(amounts, default=Decimal(0)) - min(amounts, default=Decimal(0))
        return 2 * amount_of(fact).step * len(amounts) > CHANCE * spread

    def _against_sums(self, fact: Fact, places: list[Place]) -> Iterator[Match]:
        """The named row together with one other row of the same column: another scope of the same name."""
        for place in places[:3]:
            if place.points < 0.6 or significant(fact) < 2 or place.name.is_total or self._by_chance(fact, place):
                continue
            first = cell_amount(place.cell, place.name.table, self.frame.unit, fact)
            for row in place.name.table.rows:
                cell = row.cells[place.column]
                second = cell_amount(cell, place.name.table, self.frame.unit, fact) if cell else None
                if row is place.name.row or cell is None or first is None or not second or not second.value:
                    continue
                both = first.plus(second)
                if agree(amount_of(fact), both):
                    label = f"{place.name.row.label} + {row.label}"
                    points = place.points * 0.8
                    yield Match(
                        fact, (place.cell, cell), confirmed(points, fact), points, True, both, label, is_sum=True
                    )


def _heading(text: str, year: int | None) -> Heading:
    tags = tags_in(text) - {Tag.TOTAL}
    return Heading(head_of(tags), tags, period_in(text), year)


def _kind_fit(fact: Fact, heading: Heading, name: Name) -> float:
    if fact.head is Tag.CHANGE:
        return 0.0
    fit = _FITS.get(fact.head, {}).get(heading.head, 0.0)
    if Tag.RESULT in name.tags and Tag.RESULT in fact.tags and Tag.BUDGET not in fact.tags:
        fit = max(fit, _RESULT_ROW.get(heading.head, 0.0))
    if Tag.FORECAST in fact.tags and heading.head is Tag.ACTUAL and fact.head is not Tag.DEVIATION:
        fit *= 0.3
    if _opposed(fact.tags, heading.tags) or _opposed(fact.tags, name.tags):
        return 0.0
    return fit


def _opposed(said: frozenset[Tag], printed: frozenset[Tag]) -> bool:
    """Whether one speaks of costs and the other of income."""
    both = {Tag.COST, Tag.INCOME}
    return len(said & both) == len(printed & both) == 1 and not said & printed & both


def _same(said: int | None, printed: int | None, unsaid: float) -> float:
    if said is None or printed is None:
        return unsaid
    return 1.0 if said == printed else 0.0


def _better(found: list[Mention], more: list[Mention], factor: float) -> list[Mention]:
    """Both lists, each name once, those of the second worth less."""
    best = {one.name: one for one in more}
    made = {name: replace(one, coverage=one.coverage * factor) for name, one in best.items()}
    for one in found:
        if one.name not in made or made[one.name].coverage < one.coverage:
            made[one.name] = one
    return sorted(made.values(), key=lambda one: -one.coverage)


def _nearest(mentions: list[Mention], fact: Fact) -> list[Mention]:
    """Of the names wholly said before the figure, the last is meant; those further off are worth less."""
    before = [one.end for one in mentions if one.coverage >= ALMOST_WHOLE and one.end <= fact.number.start]
    last = max(before, default=0)
    return [one if one.end >= last else replace(one, coverage=one.coverage * 0.75) for one in mentions]


def _with_slip(match: Match) -> Match:
    return match if match.agrees else replace(match, slip=slip_between(match.fact, match.amount))


def _unnamed(mentions: list[Mention]) -> list[Mention]:
    return [replace(one, is_named=False) for one in mentions]


def _alone(place: Place, places: list[Place]) -> float:
    """Less sure where words point as well at other cells with other figures."""
    number = place.cell.number
    rivals = {
        abs(other.cell.number.value)
        for other in places
        if other.cell.number and number and other.points >= place.points - 0.1
    }
    return 1.0 if len(rivals) <= 1 else 0.8 if len(rivals) == 2 else 0.65


def confirmed(points: float, fact: Fact) -> float:
    """Words and value together: a figure of many digits that agrees is hardly chance."""
    told = {1: 0.2, 2: 0.5, 3: 0.75}.get(significant(fact), 0.85 if significant(fact) else 0.0)
    return round(1 - (1 - points) * (1 - told), 3)
