"""Many people's edits of the same cells, in any order: nobody takes away a value they were not shown."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from uppsikt.core.periods import Month
from uppsikt.rounds.cells import Merge, merged, shown
from uppsikt.rounds.values import CellEdit, CellRow

AT = datetime(2022, 9, 12, tzinfo=UTC)
MONTHS = [Month(2022, 11), Month(2022, 12)]
Spot = tuple[str, int]

_spots = st.tuples(st.sampled_from(["5", "6"]), st.sampled_from([0, 202211, 202212]))
_edits = st.dictionaries(_spots, st.sampled_from([None, 0, 1, 2]), min_size=1, max_size=3)
_saves = st.tuples(st.sampled_from(["anna", "bo", "cia"]), st.booleans(), _edits)


class Desk:
    """The cells as stored, and what each person's page shows of them."""

    def __init__(self) -> None:
        self.held: dict[Spot, CellRow] = {}
        self.pages: dict[str, dict[Spot, CellRow]] = {}

    def page(self, who: str) -> dict[Spot, CellRow]:
        return self.pages.setdefault(who, {})

    def reload(self, who: str) -> None:
        self.pages[who] = {(row.account, row.period): row for row in shown(self.held.values(), MONTHS)}

    def save(self, who: str, amounts: dict[Spot, int | None]) -> Merge:
        page = self.page(who)
        edits = [
            CellEdit(account, period, amount_ore, page[account, period].version if (account, period) in page else 0)
            for (account, period), amount_ore in amounts.items()
        ]
        merge = merged(list(self.held.values()), edits, MONTHS, who, AT)
        self.held.update({(row.account, row.period): row for row, _ in merge.changed})
        told = (*merge.beside, *(conflict.held for conflict in merge.conflicts), *merge.saved)
        page.update({(row.account, row.period): row for row in told})
        return merge


def _one_way(amounts: dict[Spot, int | None]) -> bool:
    filled = {spot for spot, amount_ore in amounts.items() if amount_ore is not None}
    return not any((account, 0) in filled and period for account, period in filled)


@given(st.lists(_saves, max_size=25))
@example([("anna", False, {("5", 202211): 1}), ("bo", False, {("5", 0): None}), ("bo", False, {("5", 0): 2})])
def test_nobody_takes_away_a_value_their_page_did_not_show(
    saves: list[tuple[str, bool, dict[Spot, int | None]]],
) -> None:
    desk = Desk()
    for who, reloads, amounts in filter(lambda own: _one_way(own[2]), saves):
        if reloads:
            desk.reload(who)
        before = dict(desk.page(who))
        merge = desk.save(who, amounts)
        for row, held_ore in merge.changed:
            seen = before.get((row.account, row.period))
            assert (seen.amount_ore if seen else None) == held_ore
        refused = {(conflict.edit.account, conflict.edit.period) for conflict in merge.conflicts}
        for spot, amount_ore in amounts.items():
            if spot not in refused:  # what was acknowledged is what stands
                assert (desk.held[spot].amount_ore if spot in desk.held else None) == amount_ore


@given(st.lists(_saves, max_size=25))
def test_a_group_never_has_both_a_full_year_and_months_and_a_page_that_reloads_saves_all(
    saves: list[tuple[str, bool, dict[Spot, int | None]]],
) -> None:
    desk = Desk()
    for who, _, amounts in filter(lambda own: _one_way(own[2]), saves):
        desk.reload(who)
        assert desk.save(who, amounts).conflicts == ()
        assert _one_way({spot: row.amount_ore for spot, row in desk.held.items()})
