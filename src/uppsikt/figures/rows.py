"""A definition's rows laid out: a row set becomes a row for each code, and for what stands directly on a parent.

Money may stand on a node that has others below it: a central adjustment, budget kept on a level, what a split left
behind. A table that shows those below would lose it, so the last row among them says what stands on the parent
itself. It is there only where there is such money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.language import Text
from uppsikt.figures.addresses import slug
from uppsikt.figures.definitions import (
    ABOVE,
    UNIT_PARAMETER,
    Direct,
    EachRow,
    RowSpec,
    Selector,
    SelectRow,
    StatementDefinition,
    SumRow,
    Test,
)
from uppsikt.figures.labels import fill, report_day
from uppsikt.figures.model import Parameters, Row, RowStyle
from uppsikt.figures.structures import tree

ROOT = "root"
UNIT = "unit"
DIRECT = "direkt"


@dataclass(frozen=True)
class LaidRow:
    """A row to be printed. `of` are the rows a sum adds; a picking row has a selector and no `of`.

    `is_dynamic` rows came of the code plan; those whose code isn't valid on the report's day, and all of `is_sparse`
    ones, are shown only where they hold money. `is_direct` is what stands on a parent itself, beside its children.
    """

    row: Row
    selector: Selector = ()
    of: tuple[str, ...] = ()
    is_sum: bool = False
    is_dynamic: bool = False
    is_sparse: bool = False
    is_current: bool = True
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A code's row and its level; with `is_direct` the row of what stands on the code itself.

    A code that stands on the first level on some day and below it on another has a row in each place, which counts
    its money while it stands `beneath` one of these.
    """

    code: str
    level: int
    is_direct: bool = False
    beneath: tuple[str, ...] = ()


class Rows:
    """Makes rows of row specs, one after the other; keys stay unique."""

    def __init__(
        self, definition: StatementDefinition, parameters: Parameters, plan: CodePlan, days: Iterable[date]
    ) -> None:
        self.definition = definition
        self.parameters = parameters
        self.plan = plan
        self.day = report_day(parameters)
        self.days = list(dict.fromkeys([self.day, *days]))
        self.keys = {spec.key for spec in definition.rows if not isinstance(spec, EachRow)}

    def rows(self) -> Iterator[LaidRow]:
        """All rows in order."""
        above: list[str] = []
        for spec in self.definition.rows:
            for laid in self._of(spec, above):
                if laid.row.style is RowStyle.NORMAL and laid.row.level == 0 and not laid.is_sum:
                    above.append(laid.row.key)
                yield laid

    def _of(self, spec: RowSpec, above: list[str]) -> Iterator[LaidRow]:
        if isinstance(spec, EachRow):
            yield from self._each(spec)
        elif isinstance(spec, SumRow):
            of = tuple(key for name in spec.of for key in (above if name == ABOVE else [name]))
            yield LaidRow(Row(spec.key, self._label(spec.label), spec.style, spec.level), of=of, is_sum=True)
        else:
            yield self._select(spec, spec.key, spec.level, ())

    def _select(self, spec: SelectRow, key: str, level: int, more: Selector) -> LaidRow:
        row = Row(key, self._label(spec.label), spec.style, level)
        return LaidRow(row, (*more, *self.bound(spec.selector)))

    def _label(self, label: Text) -> Text:
        return fill(label, self.parameters, self.plan)

    def bound(self, selector: Selector) -> Iterator[Test]:
        """The tests with the statement's unit in its place; a test of a unit that isn't given passes all."""
        for test in selector:
            codes = (*test.under, *test.excluding)
            if UNIT_PARAMETER not in codes:
                yield test
            elif self.parameters.unit is not None:
                under, excluding = (
                    tuple(self.parameters.unit if code == UNIT_PARAMETER else code for code in part)
                    for part in (test.under, test.excluding)
                )
                yield replace(test, under=under, excluding=excluding)

    def _each(self, spec: EachRow) -> Iterator[LaidRow]:
        keys: dict[str, str] = {}
        asked = [place for place in self._places(spec) if place.is_direct or spec.direct is not Direct.ONLY]
        for place in asked:
            code, name = place.code, self._name(spec, place.code)
            if place.is_direct:
                key = self._unused(f"{keys.get(code) or self._plain_key(spec, code)}-{DIRECT}")
                name = directly_on(name)
            elif place.beneath and not self._is_there(spec, place):
                key = self._unused(f"{self._plain_key(spec, code)}-{slug(place.beneath[0]) or ROOT}")
                name = self._elsewhere(spec, name, place.beneath[0])
            else:
                key = keys[code] = self._key(spec, code)
            yield from self._rows_of(spec, place, Row(key, name, spec.style, place.level))

    def _rows_of(self, spec: EachRow, place: _Place, row: Row) -> Iterator[LaidRow]:
        """A code's row and the parts under it."""
        own = Test(
            spec.dimension, (place.code,), hierarchy=spec.hierarchy, is_alone=place.is_direct, beneath=place.beneath
        )
        is_there = self._is_there(spec, place)
        laid = LaidRow(
            replace(row, code=place.code) if is_there and not place.is_direct else row,
            (own, *self.bound(spec.selector)),
            is_dynamic=True,
            is_sparse=spec.is_sparse or place.is_direct or not is_there,
            is_current=self.plan.entry(spec.dimension, place.code, self.day) is not None,
            is_direct=place.is_direct,
        )
        yield laid
        for part in spec.parts:
            of_part = self._select(part, f"{row.key}-{part.key}", row.level + 1 + part.level, laid.selector)
            self.keys.add(of_part.row.key)
            yield replace(laid, row=of_part.row, selector=of_part.selector, is_direct=False)

    def _places(self, spec: EachRow) -> Iterator[_Place]:
        tops = [code for name in spec.of for code in self._tops(spec, name)]
        if spec.kind:
            yield from self._of_kind(spec, tops)
            return
        roots = [] if tops else self._children(spec, [None])
        if len(roots) == 1:  # a lone root stands for its children
            tops, roots = roots, []
        parents = [top for top in tops if self._children(spec, [top])]
        # a node with nothing below it stands for itself, so that its money has a row
        first = {*roots, *self._children(spec, parents), *(top for top in tops if top not in parents)}
        moved = self._moved(spec, first)
        seen: set[str] = set()
        for code in sorted(first):
            if code in moved:
                yield from self._row(spec, _Place(code, 0, beneath=tuple(parents) or ("",)), seen, moved)
            elif code not in seen:
                seen.add(code)
                yield from self._row(spec, _Place(code, 0), seen, moved)
        yield from self._direct(spec, parents, 0)

    def _moved(self, spec: EachRow, first: set[str]) -> set[str]:
        """The codes of the first level that on some day stand below another of them."""
        trees = [tree(self.plan, spec.dimension, spec.hierarchy, day) for day in self.days]
        if not spec.is_counted_once:
            return set()
        return {code for code in first for at in trees if not first.isdisjoint(at.above(code)[1:])}

    def _is_there(self, spec: EachRow, place: _Place) -> bool:
        """Whether the code stands in this place on the day that the table is about."""
        at = tree(self.plan, spec.dimension, spec.hierarchy, self.day)
        return not place.beneath or (at.parents.get(place.code) or "") in place.beneath

    def _direct(self, spec: EachRow, parents: Iterable[str], level: int) -> Iterator[_Place]:
        return (_Place(parent, level, is_direct=True) for parent in parents if spec.direct is not Direct.HIDE)

    def _tops(self, spec: EachRow, name: str) -> list[str]:
        if name == ROOT or (name in (UNIT, UNIT_PARAMETER) and not self.parameters.unit):
            return []
        return [self.parameters.unit if name in (UNIT, UNIT_PARAMETER) and self.parameters.unit else name]

    def _children(self, spec: EachRow, parents: Sequence[str | None]) -> list[str]:
        found: dict[str, None] = {}
        for day in self.days:
            at = tree(self.plan, spec.dimension, spec.hierarchy, day)
            for parent in parents:
                found.update(dict.fromkeys(at.children.get(parent, [])))
        return sorted(found)

    def _row(self, spec: EachRow, place: _Place, seen: set[str], moved: set[str]) -> Iterator[_Place]:
        """A code's row, and those below it as far as the statement goes; each code's own below it but once."""
        yield place
        level = place.level + 1
        children = self._children(spec, [place.code]) if level < spec.levels else []
        new = [child for child in children if child not in seen]
        for child in new:
            if child not in seen:
                seen.add(child)
                beneath = (place.code,) if child in moved else ()
                yield from self._row(spec, _Place(child, level, beneath=beneath), seen, moved)
        if children and (new or not place.beneath):
            yield from self._direct(spec, [place.code], level)

    def _of_kind(self, spec: EachRow, tops: list[str]) -> Iterator[_Place]:
        """The codes of a kind, and the nodes above them, which hold what stands on none of them."""
        within: set[str] = set()
        above: set[str] = set()
        for day in self.days:
            at = tree(self.plan, spec.dimension, spec.hierarchy, day)
            below = {code for top in tops or at.children[None] for code in at.below(top)}
            within |= below
            chosen = [code for code in below if self._kind(spec.dimension, code) == spec.kind]
            above |= {node for code in chosen for node in at.above(code)[1:]} & below
        codes = sorted(code for code in within if self._kind(spec.dimension, code) == spec.kind)
        yield from (_Place(code, 0) for code in codes)
        yield from self._direct(spec, sorted(above - set(codes)), 0)

    def _kind(self, dimension: str, code: str) -> str:
        entry = self.plan.entry(dimension, code, self.day)
        if entry is None:
            entry = next((name for name in self.plan.names if (name.dimension, name.code) == (dimension, code)), None)
        return entry.kind if entry else ""

    def _key(self, spec: EachRow, code: str) -> str:
        name, plain = self._plain_key(spec, code), slug(code) or "kod"
        return self._unused(name, f"{name}-{plain}", plain)

    def _plain_key(self, spec: EachRow, code: str) -> str:
        """The key of a code as long as no other row has it."""
        plain = slug(code) or "kod"
        return slug(self.plan.name(spec.dimension, code, self.day)) or plain if spec.keyed_by == "name" else plain

    def _unused(self, *keys: str) -> str:
        numbered = (f"{keys[-1]}-{number}" for number in count(2))
        key = next(own for own in chain(keys, numbered) if own not in self.keys)
        self.keys.add(key)
        return key

    def _elsewhere(self, spec: EachRow, name: Text, parent: str) -> Text:
        """What a code is called in another place than it has on the table's day: as it is, under what."""
        under = self.plan.name(spec.dimension, parent, self.day) if parent else ""
        return Text(f"{name.sv} (under {under})", f"{name.en} (under {under})") if under else name

    def _name(self, spec: EachRow, code: str) -> Text:
        name = self.plan.name(spec.dimension, code, self.day)
        text = spec.label.replace("{code}", code).replace("{name}", name)
        return Text(text, text)


def directly_on(name: Text) -> Text:
    """What money on a parent itself is called."""
    return Text(f"Direkt på {name.sv}", f"Directly on {name.en}")
