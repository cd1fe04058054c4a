"""In which rows money of a combination of atoms stands, and what moves when a structure gives way to the next.

The query joins the same small relations; here they are looked up, for the some thousand lines that are left when
postings are summed by atom.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from uppsikt.core.postings import DIMENSIONS
from uppsikt.figures.assembly import parts_of
from uppsikt.figures.layout import LaidRow
from uppsikt.figures.membership import SCOPE, Membership
from uppsikt.figures.stages import Cause

Rows = tuple[int, ...]  # numbers of picking rows, in order
Gross = tuple[int, int]  # öre moved out, öre moved in
_Atoms = tuple[int, ...]


class Placing:
    """Looks up rows by epoch and atoms."""

    def __init__(self, membership: Membership) -> None:
        self._positions = [DIMENSIONS.index(dimension) for dimension in membership.dimensions]
        self._shapes = membership.shapes
        self._rows: dict[tuple[int, int], dict[_Atoms, list[int]]] = defaultdict(lambda: defaultdict(list))
        for member in membership.rows:
            if member.row != SCOPE:
                self._rows[member.epoch, member.shape][member.atoms].append(member.row)
        self._known: dict[tuple[int, _Atoms], Rows] = {}

    def rows(self, epoch: int, atoms: _Atoms) -> Rows:
        """The picking rows that money of these atoms (beside the membership's dimensions) stands in."""
        key = (epoch, atoms)
        if key not in self._known:
            self._known[key] = tuple(sorted(self._found(epoch, self._full(atoms))))
        return self._known[key]

    def _full(self, atoms: _Atoms) -> _Atoms:
        full = [0] * len(DIMENSIONS)
        for position, atom in zip(self._positions, atoms, strict=True):
            full[position] = atom
        return tuple(full)

    def _found(self, epoch: int, atoms: _Atoms) -> list[int]:
        found: list[int] = []
        for number, shape in enumerate(self._shapes):
            by_atoms = self._rows.get((epoch, number))
            if by_atoms:
                found += by_atoms.get(tuple(atom * used for atom, used in zip(atoms, shape, strict=True)), ())
        return found


@dataclass
class Moves:
    """What moved between rows of one column, by cause, before sums are made of rows."""

    amounts: dict[tuple[Cause, Rows, Rows], int] = field(default_factory=lambda: defaultdict(int))

    def walk(self, start: Rows, walk: Iterable[tuple[Cause, Rows]], amount_ore: int) -> None:
        """Follow an amount from the rows it stood in through the rows each cause puts it in."""
        here = start
        for cause, there in walk:
            if there != here:
                self.amounts[cause, here, there] += amount_ore
                here = there

    def by_row(self, laid: Sequence[LaidRow]) -> Mapping[str, Mapping[Cause, Gross]]:
        """What each cause moved out of and into each row, sums too; what stays within a row doesn't count."""
        times = _times(laid)
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


def _times(laid: Sequence[LaidRow]) -> Mapping[int, Counter[str]]:
    """By picking row: how often each row counts it, itself once."""
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
