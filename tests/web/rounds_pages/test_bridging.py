from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.formats import Sign, Unit, View
from uppsikt.web.rounds_pages.bridge_picture import NARROW, WIDE, Frame, bridge_picture
from uppsikt.web.rounds_pages.bridging import BarKind, BridgeBar, Labels, Layers, Part, bridge_bars, gathered

LABELS = Labels("Budget", "Prognos", "Direkt på nivån", "Utan prognos", "Central justering", "Resultatreglering")
ore = st.integers(-(10**14), 10**14)
layers = st.builds(Layers, ore, ore, ore, ore)
parts = st.lists(st.builds(Part, st.text(max_size=4), st.text(max_size=60), layers, layers), max_size=30)
wholes = st.builds(Part, st.just("KS"), st.just("Kommunstyrelsen"), layers, layers)
MILLION = 100_000_000


def adds_up(bars: list[BridgeBar], whole: Part) -> bool:
    middle = bars[1:-1]
    levels = [bar.after_ore for bar in bars]
    return (
        bars[0].amount_ore == whole.start.total_ore
        and bars[-1].amount_ore == whole.end.total_ore
        and bars[0].amount_ore + sum(bar.amount_ore for bar in middle) == bars[-1].amount_ore
        and all(bar.before_ore == before for bar, before in zip(middle, levels, strict=False))
    )


@given(wholes, parts, st.integers(1, 12))
def test_bars_add_up_to_the_ore_whatever_the_parts_are_and_however_many_are_shown(
    whole: Part, parts: list[Part], most: int
) -> None:
    bars = bridge_bars(whole, parts, LABELS)
    assert adds_up(bars, whole)
    fewer = gathered(bars, most, "{n} andra")
    assert adds_up(fewer, whole)
    assert sum(bar.kind is BarKind.PART for bar in fewer) <= max(most, 1)


def test_adjustments_and_settlements_and_what_is_missing_are_bars_of_their_own() -> None:
    # 10 has handed in 110 against a budget of 100, 20 nothing against 50; 5 is laid over, 3 settled
    whole = Part("KS", "KS", Layers(150 * MILLION, missing_ore=50 * MILLION), Layers(110 * MILLION, 5, 3))
    tens = Part("10", "IT", Layers(100 * MILLION), Layers(110 * MILLION))
    twenties = Part("20", "Kansli", Layers(50 * MILLION, missing_ore=50 * MILLION), Layers())
    bars = bridge_bars(whole, [tens, twenties], LABELS)
    assert [(bar.kind.value, bar.label, bar.amount_ore) for bar in bars] == [
        ("start", "Budget", 150 * MILLION),
        ("part", "IT", 10 * MILLION),
        ("missing", "Utan prognos", -50 * MILLION),
        ("adjustment", "Central justering", 5),
        ("settlement", "Resultatreglering", 3),
        ("end", "Prognos", 110 * MILLION + 8),
    ]


def test_money_on_the_level_itself_is_told_apart_from_its_parts() -> None:
    whole = Part("40", "Nivå", Layers(100), Layers(130))
    bars = bridge_bars(whole, [Part("42", "Stöd", Layers(90), Layers(100))], LABELS)
    assert [(bar.label, bar.amount_ore) for bar in bars[1:-1]] == [("Stöd", 10), ("Direkt på nivån", 20)]


def test_a_picture_breaks_its_axis_where_zero_is_far_away_and_stands_on_it_where_not() -> None:
    view = View(Sign.REVERSED, Unit.MNKR, 1)
    whole = Part("KS", "KS", Layers(800 * MILLION), Layers(803 * MILLION))
    far = bridge_picture(bridge_bars(whole, [], LABELS), view)
    assert far.is_broken
    assert [bar.amount for bar in far.bars] == ["−800,0", "−3,0", "−803,0"]
    assert [bar.css for bar in far.bars] == ["level", "under", "level"]
    near = bridge_picture(bridge_bars(Part("1", "1", Layers(-MILLION), Layers(MILLION)), [], LABELS), view)
    assert not near.is_broken


@given(wholes, parts, st.sampled_from([WIDE, NARROW]))
def test_no_bar_leaves_the_picture(whole: Part, parts: list[Part], frame: Frame) -> None:
    picture = bridge_picture(bridge_bars(whole, parts, LABELS), View(Sign.REVERSED, Unit.TKR, 0), frame)
    for bar in picture.bars:
        assert float(bar.x) >= frame.left
        assert float(bar.x) + float(bar.width) <= frame.right + 2
        assert 0 <= float(bar.label_y) < float(bar.end_y) <= picture.height
