"""Where codes stand on the way from one structure to another, change by change.

A change touches few codes. So a walk is begun with what every code passes and goes on with the codes alone that a
stage carries elsewhere, or that stand below a node it moves. A code's *track* is what it passes at the start and
after each stage that makes a difference; codes with one track are one atom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uppsikt.core.codeplan import CodePlan
from uppsikt.figures.carrying import Carrying, Code
from uppsikt.figures.definitions import Test
from uppsikt.figures.membership import expanded
from uppsikt.figures.stages import Stage
from uppsikt.figures.structures import Reading, tree_of

Passed = frozenset[int]  # numbers of the dimension's tests
Track = tuple[tuple[int, Passed], ...]  # what is passed from the start (-1) and from stages on
START = -1


@dataclass(frozen=True, slots=True)
class Walk:
    """From one reading through stages, each a reading."""

    start: Reading
    stages: tuple[Stage, ...] = ()


class Tracker:
    """Follows the codes and leaves of one dimension through walks."""

    def __init__(self, plan: CodePlan, dimension: str, tests: Sequence[Test], names: frozenset[Code]) -> None:
        self.plan = plan
        self.dimension = dimension
        self.tests = tests
        self.names = names
        self.hierarchies = dict.fromkeys(test.hierarchy for test in tests)
        universe = names | set(plan.codes(dimension))
        self._under = self._by_node(universe, [() if test.is_alone else test.under for test in tests])
        self._alone = self._by_node(universe, [test.under if test.is_alone else () for test in tests])
        self._excluding = self._by_node(universe, [test.excluding for test in tests])
        self._beneath = {number: test.beneath for number, test in enumerate(tests) if test.beneath}
        self._open = {number for number, test in enumerate(tests) if not test.under}
        self._known: dict[tuple[frozenset[int], bool], Passed] = {}

    def _by_node(
        self, universe: frozenset[Code], codes: Iterable[tuple[str, ...]]
    ) -> Mapping[tuple[str, str], frozenset[int]]:
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, own in enumerate(codes):
            for node in expanded(self.plan, self.dimension, own, universe):
                found[self.tests[number].hierarchy, node].add(number)
        return {key: frozenset(numbers) for key, numbers in found.items()}

    def tracks(self, walk: Walk, carrying: Carrying) -> Mapping[Code, Track]:
        """Every code's and leaf's track through a walk."""
        standing = _Standing(self, walk.start, carrying)
        found: dict[Code, list[tuple[int, Passed]]] = {
            name: [(START, self.passed(standing, name))] for name in self.names
        }
        for number, stage in enumerate(walk.stages):
            for name in standing.advance(stage.reading):
                passed = self.passed(standing, name)
                if passed != found[name][-1][1]:
                    found[name].append((number, passed))
        return {name: tuple(track) for name, track in found.items()}

    def passed(self, standing: _Standing, name: Code) -> Passed:
        """The tests that money of a code or leaf passes where it stands."""
        passed = set(self._open)
        failed: set[int] = set()
        for hierarchy in self.hierarchies:
            passed |= self._alone.get((hierarchy, standing.place(name) or ""), frozenset())
        for hierarchy, node, parent in standing.above(name):
            numbers = self._under.get((hierarchy, node), frozenset())
            passed |= {own for own in numbers if (parent or "") in self._beneath.get(own, (parent or "",))}
            failed |= self._excluding.get((hierarchy, node), frozenset())
        key = (frozenset(passed - failed), name is None)
        if key not in self._known:
            self._known[key] = frozenset(own for own in key[0] if self.tests[own].is_present in (None, not key[1]))
        return self._known[key]


class _Standing:
    """Where names stand, and their trees, at one moment of a walk."""

    def __init__(self, tracker: Tracker, start: Reading, carrying: Carrying) -> None:
        self._tracker = tracker
        self._carrying = carrying
        self._places = dict(carrying.places(start))
        self._names: dict[Code, set[Code]] = defaultdict(set)
        for name in tracker.names:
            self._names[self.place(name)].add(name)
        self._parents = {own: self._tree(own, start) for own in tracker.hierarchies}
        self._children = {own: _children(parents) for own, parents in self._parents.items()}

    def place(self, name: Code) -> Code:
        """The code that money of a code or leaf stands on now."""
        return name if name is None else self._places.get(name, name)

    def _tree(self, hierarchy: str, reading: Reading) -> Mapping[str, str | None]:
        return tree_of(self._tracker.plan, self._tracker.dimension, hierarchy, reading).parents

    def above(self, name: Code) -> Iterator[tuple[str, str, str | None]]:
        """The code a name stands on and its ancestors, each with its parent, by hierarchy; a circle ends the walk."""
        place = self.place(name)
        for hierarchy, parents in self._parents.items():
            node, seen = place, set()
            while node is not None and node not in seen:
                yield hierarchy, node, parents.get(node)
                seen.add(node)
                node = parents.get(node)

    def advance(self, reading: Reading) -> set[Code]:
        """Go on to a stage; gives the names that stand elsewhere or whose ancestors changed."""
        touched: set[Code] = set()
        for name, place in self._carrying.places(reading):
            if self._places[name] != place and name in self._names[self._places[name]]:
                self._names[self._places[name]].discard(name)
                self._names[place].add(name)
                touched.add(name)
            self._places[name] = place
        for hierarchy in self._parents:
            for node in self._moved(hierarchy, self._tree(hierarchy, reading)):
                touched |= self._names.get(node, set())
        return touched

    def _moved(self, hierarchy: str, after: Mapping[str, str | None]) -> set[str]:
        """The codes whose parent changed, and all that stand below them."""
        before, children = self._parents[hierarchy], self._children[hierarchy]
        if after is before:
            return set()
        moved = [code for code, parent in after.items() if before.get(code) != parent]
        # a code may be placed for a moment only: one event of a day moves it into a hierarchy, the next ends it
        moved += before.keys() - after.keys()
        for code in moved:
            children[before.get(code)].discard(code)
            children[after.get(code)].add(code)
        self._parents[hierarchy] = after
        found, waiting = set(moved), moved
        while waiting:
            below = children.get(waiting.pop(), set()) - found
            found |= below
            waiting += below
        return found


def _children(parents: Mapping[str, str | None]) -> dict[str | None, set[str]]:
    children: dict[str | None, set[str]] = defaultdict(set)
    for code, parent in parents.items():
        children[parent].add(code)
    return children
