"""In which rows money of a combination of atoms stands through a walk, and what moves between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from uppsikt.figures.assembly import parts_of
from uppsikt.figures.carrying import Carrying, Code
from uppsikt.figures.definitions import Test
from uppsikt.figures.layout import Layout
from uppsikt.figures.membership import Atoms
from uppsikt.figures.rows import LaidRow
from uppsikt.figures.stages import Cause
from uppsikt.figures.tracks import START, Passed, Track, Tracker, Walk

Rows = tuple[int, ...]  # numbers of picking rows, in order
Gross = tuple[int, int]  # öre moved out, öre moved in


class Placing:
    """Puts codes in atoms by their tracks through all walks, and looks up the rows of atoms by stage."""

    def __init__(self, layout: Layout, trackers: Mapping[str, Tracker], rows: Mapping[int, Sequence[Test]]) -> None:
        self._dimensions = layout.dimensions
        self._trackers = trackers
        self._needed = {
            dimension: {no: _numbers(tracker.tests, tests) for no, tests in rows.items()}
            for dimension, tracker in trackers.items()
        }
        self._rows: dict[tuple[str, Passed], frozenset[int]] = {}
        self._tracks: dict[str, list[tuple[Track, ...]]] = {dimension: [()] for dimension in trackers}
        self._paths: dict[tuple[int, tuple[int, ...]], list[tuple[int, Rows]]] = {}

    def atoms(self, dimension: str, walks: Sequence[Walk], carrying: Carrying) -> Atoms:
        """The dimension's codes and leaves by atom, numbered from 1; those that never stand in a row have none."""
        tracker, known = self._trackers[dimension], self._tracks[dimension]
        by_walk = [tracker.tracks(walk, carrying) for walk in walks]
        numbers: dict[tuple[Track, ...], int] = {}
        of_code: dict[Code, int] = {}
        for name in sorted(tracker.names, key=lambda own: (own is not None, own or "")):
            tracks = tuple(own[name] for own in by_walk)
            if any(self._passing(dimension, passed) for track in tracks for _, passed in track):
                if tracks not in numbers:
                    numbers[tracks] = len(known)
                    known.append(tracks)
                of_code[name] = numbers[tracks]
        codes: dict[int, list[Code]] = defaultdict(list)
        for name, number in of_code.items():
            codes[number].append(name)
        return Atoms(of_code, {number: tuple(own) for number, own in codes.items()}, frozenset())

    def path(self, walk: int, atoms: tuple[int, ...]) -> list[tuple[int, Rows]]:
        """The rows that money of these atoms stands in, from the start and from stages on; atoms by dimension."""
        key = (walk, atoms)
        if key not in self._paths:
            self._paths[key] = self._path(
                [self._tracks[d][a][walk] for d, a in zip(self._dimensions, atoms, strict=True)]
            )
        return self._paths[key]

    def _path(self, tracks: Sequence[Track]) -> list[tuple[int, Rows]]:
        by_stage: dict[int, dict[int, Passed]] = defaultdict(dict)
        for position, track in enumerate(tracks):
            for stage, passed in track:
                by_stage[stage][position] = passed
        now = by_stage[START]
        path: list[tuple[int, Rows]] = []
        for stage in sorted(by_stage):
            now |= by_stage[stage]
            passing = (self._passing(self._dimensions[position], passed) for position, passed in now.items())
            path.append((stage, tuple(sorted(frozenset.intersection(*passing)))))
        return path

    def _passing(self, dimension: str, passed: Passed) -> frozenset[int]:
        """The rows that all of a dimension's tests let through."""
        key = (dimension, passed)
        if key not in self._rows:
            self._rows[key] = frozenset(no for no, needed in self._needed[dimension].items() if needed <= passed)
        return self._rows[key]


def _numbers(tests: Sequence[Test], of_row: Sequence[Test]) -> frozenset[int]:
    return frozenset(number for number, test in enumerate(tests) if test in of_row)


@dataclass
class Moves:
    """What moved between rows of one column, by cause, before sums are made of rows."""

    amounts: dict[tuple[Cause, Rows, Rows], int] = field(default_factory=lambda: defaultdict(int))

    def follow(self, path: Iterable[tuple[Cause | None, Rows]], amount_ore: int) -> None:
        """Follow an amount from the rows it stood in through the rows each cause puts it in."""
        here: Rows | None = None
        for cause, there in path:
            if cause is not None and here is not None and there != here:
                self.amounts[cause, here, there] += amount_ore
            here = there

    def by_row(self, laid: Sequence[LaidRow]) -> Mapping[str, Mapping[Cause, Gross]]:
        """What each cause moved out of and into each row, sums too; what stays within a row doesn't count."""
        times = times_counted(laid)
        found: dict[str, dict[Cause, Gross]] = defaultdict(dict)
        for (cause, before, after), amount_ore in self.amounts.items():
            counts = _counted(before, times), _counted(after, times)
            for row in counts[0].keys() | counts[1].keys():
                more = counts[1][row] - counts[0][row]
                if more:
                    out_ore, in_ore = found[row].get(cause, (0, 0))
                    moved = abs(more) * amount_ore
                    found[row][cause] = (out_ore, in_ore + moved) if more > 0 else (out_ore + moved, in_ore)
        return found


def times_counted(laid: Sequence[LaidRow]) -> Mapping[int, Counter[str]]:
    """By picking row's number: how often each row counts it, itself once."""
    by_key = {own.row.key: own for own in laid}
    numbers = {key: number for number, key in enumerate(by_key, start=1)}
    times: dict[int, Counter[str]] = defaultdict(Counter)
    for key, own in by_key.items():
        for part in parts_of(own, by_key):
            times[numbers[part]][key] += 1
    return times


def _counted(rows: Rows, times: Mapping[int, Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(times[row])
    return total
