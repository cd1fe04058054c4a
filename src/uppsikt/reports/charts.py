"""Charts as Vega-Lite specs (plain dicts): one spec for print and web, always with its data and its words.

Nothing is said by colour alone: every bar carries its amount with sign, and bars for better and worse point
in different directions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from uppsikt.core.formats import MINUS, NO_BREAK_SPACE, number
from uppsikt.core.language import current_language, say

FONT_FOLDER = Path(__file__).parent / "fonts"
FONT = "Source Sans 3"
_CHART_FONT = (
    f"'{FONT}', sans-serif"  # in quotes: a name with a digit for a word is no font to SVG, and draws nothing
)
VEGA_LITE = "6.4"
INK = "#1d2b36"
ACCENT = "#00578a"  # 7.6:1 on white
WORSE = "#a63d00"  # 6.2:1 on white; lies apart from the accent in brightness and for every colour vision
WHOLE = "#44525e"
_BAR_STEP = 30
_WIDTH = 640  # with labels, so that all charts of a report have one scale
_LETTER_WIDTH = 6.3  # of the typeface at 12 points, generously
_LABEL_GAP = 14
_NARROWEST_LABELS = 110
_WIDEST_LABELS = 300
_MOST_LETTERS = int((_WIDEST_LABELS - _LABEL_GAP) / _LETTER_WIDTH)
_FEW_TICKS = 5

LOCALE: Mapping[str, object] = {
    "decimal": ",",
    "thousands": "\u202f",
    "grouping": [3],
    "currency": ["", NO_BREAK_SPACE + "kr"],
    "minus": MINUS,
    "percent": NO_BREAK_SPACE + "%",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value in the chart's unit, rounded as printed, and the printed text."""

    label: str
    value: Decimal
    text: str


def signed_text(value: Decimal, decimals: int) -> str:
    """A change as printed: always with its sign, zero without."""
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)


def deviation_spec(bars: Sequence[Bar], unit: str, title: str) -> dict[str, Any]:
    """Bars to the left and right of zero."""
    values = [
        {"label": bar.label, "value": float(bar.value), "text": bar.text, "kind": _kind(bar.value)} for bar in bars
    ]
    span = max((abs(bar.value) for bar in bars), default=Decimal(1)) or Decimal(1)
    low = min((bar.value for bar in bars), default=Decimal(0))
    high = max((bar.value for bar in bars), default=Decimal(0))
    # room for the labels beyond the longest bars
    domain = [float(min(low, Decimal(0)) - span / 4 * (low < 0)), float(max(high, Decimal(0)) + span / 4)]
    x = {"field": "value", "type": "quantitative", "title": unit, "scale": {"domain": domain, "nice": False}}
    y = _labels(bars)
    return _spec(
        title,
        values,
        [
            {
                "mark": {"type": "bar", "height": 17},
                "encoding": {"x": {**x, "axis": _axis(domain)}, "y": y, "color": _colours()},
            },
            {"mark": {"type": "rule", "color": INK}, "encoding": {"x": {"datum": 0}}},
            {"mark": _text_mark(), "encoding": {"x": x, "y": y, "text": {"field": "text"}}},
        ],
    )


def bar_spec(bars: Sequence[Bar], unit: str, title: str) -> dict[str, Any]:
    """Plain bars from zero, one for each outside fact."""
    spec = deviation_spec(bars, unit, title)
    for value in spec["data"]["values"]:
        value["kind"] = "whole" if value["value"] >= 0 else "whole-left"
    return spec


@dataclass(frozen=True, slots=True)
class Bridge:
    """A walk from one total to another: start, steps that add up to the difference, end."""

    start: Bar
    steps: tuple[Bar, ...]
    end: Bar


def bridge_spec(bridge: Bridge, unit: str, title: str) -> dict[str, Any]:
    """The walk from top to bottom. The axis begins near the totals, and says so."""
    values: list[dict[str, Any]] = []
    position = bridge.start.value
    positions = [position]
    for step in bridge.steps:
        values.append(_step(step, position, position + step.value))
        position += step.value
        positions.append(position)
    low, high = min(positions), max(positions)
    room = max((high - low) / 3, abs(bridge.end.value) / 1000, Decimal("0.1"))
    domain = [float(low - room), float(high + room)]
    values.insert(0, _whole(bridge.start, domain))
    values.append(_whole(bridge.end, domain))
    for index, value in enumerate(values):
        value["order"] = index
    bars = [bridge.start, *bridge.steps, bridge.end]
    title_of_axis = say("{unit} (axeln börjar inte vid noll)", "{unit} (the axis doesn't begin at zero)", unit=unit)
    x = {
        "field": "from",
        "type": "quantitative",
        "title": title_of_axis,
        "scale": {"domain": domain, "zero": False, "nice": False},
    }
    y = _labels(bars)
    return _spec(
        title,
        values,
        [
            {
                "mark": {"type": "bar", "height": 17, "clip": True},
                "encoding": {"x": {**x, "axis": _axis(domain)}, "x2": {"field": "to"}, "y": y, "color": _colours()},
            },
            {
                "mark": _text_mark(),
                "encoding": {"x": {**x, "field": "label_at"}, "y": y, "text": {"field": "text"}},
            },
        ],
    )


def _step(step: Bar, start: Decimal, end: Decimal) -> dict[str, Any]:
    return {
        "label": step.label,
        "from": float(min(start, end)),
        "to": float(max(start, end)),
        "label_at": float(end),
        "text": step.text,
        "kind": _kind(step.value),
    }


def _whole(bar: Bar, domain: Sequence[float]) -> dict[str, Any]:
    # a truncated bar starts at the axis' edge: negative totals hang from the right
    edge = domain[1] if bar.value < 0 else domain[0]
    low, high = sorted([float(bar.value), edge])
    kind = "whole-left" if bar.value < 0 else "whole"
    return {"label": bar.label, "from": low, "to": high, "label_at": float(bar.value), "text": bar.text, "kind": kind}


def _kind(value: Decimal) -> str:
    return "worse" if value < 0 else "better"


def _colours() -> dict[str, Any]:
    scale = {"domain": ["better", "worse", "whole", "whole-left"], "range": [ACCENT, WORSE, WHOLE, WHOLE]}
    return {"field": "kind", "type": "nominal", "scale": scale, "legend": None}


def _labels(bars: Sequence[Bar]) -> dict[str, Any]:
    # cut by letters, as the room for labels is reckoned: by the library's measure half the room would stand empty
    cut = f"length(datum.label) > {_MOST_LETTERS} ? slice(datum.label, 0, {_MOST_LETTERS - 1}) + '…' : datum.label"
    axis = {"title": None, "ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 0, "labelExpr": cut}
    return {"field": "label", "type": "nominal", "sort": [bar.label for bar in bars], "axis": axis}


def _axis(domain: Sequence[float]) -> dict[str, Any]:
    decimals = 0 if domain[1] - domain[0] >= _FEW_TICKS else 1
    return {
        "format": f",.{decimals}f",
        "tickCount": _FEW_TICKS,
        "gridColor": "#d9dee2",
        "domain": False,
        "ticks": False,
    }


def _text_mark() -> dict[str, Any]:
    is_left = "(datum.kind == 'worse' || datum.kind == 'whole-left')"
    return {
        "type": "text",
        "baseline": "middle",
        "color": INK,
        "fontWeight": 600,
        "fontSize": 12,
        "align": {"expr": f"{is_left} ? 'right' : 'left'"},
        "dx": {"expr": f"{is_left} ? -6 : 6"},
    }


def _spec(title: str, values: list[dict[str, Any]], layers: list[dict[str, Any]]) -> dict[str, Any]:
    longest = max((len(value["label"]) for value in values), default=0)
    # the same extent for all labels of a chart, reckoned: letting the library fit the width doubles its work
    extent = min(max(longest * _LETTER_WIDTH + _LABEL_GAP, _NARROWEST_LABELS), _WIDEST_LABELS)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": title,
        "width": _WIDTH - extent,
        "height": max(len(values), 1) * _BAR_STEP,
        "data": {"values": values},
        "layer": layers,
        "config": {
            "font": _CHART_FONT,
            "background": "#ffffff",
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "labelColor": INK,
                "titleColor": INK,
                "titleFontWeight": 400,
            },
            "axisY": {"minExtent": extent, "maxExtent": extent},
        },
    }


def deviation_words(bars: Sequence[Bar], unit: str) -> str:
    """What the deviation chart shows, in words; counts have no unit to name."""
    measure = say(" i {unit}", " in {unit}", unit=unit) if unit else ""
    return say(
        "Liggande stapeldiagram{measure}. {bars}.",
        "Horizontal bar chart{measure}. {bars}.",
        measure=measure,
        bars=_listed(bars),
    )


def bridge_words(bridge: Bridge, unit: str) -> str:
    """What the bridge shows, in words."""
    return say(
        "Brygga i {unit} från {start} {first} till {end} {last}. Stegen är: {steps}.",
        "Bridge in {unit} from {start} {first} to {end} {last}. The steps are: {steps}.",
        unit=unit,
        start=bridge.start.label,
        first=bridge.start.text,
        end=bridge.end.label,
        last=bridge.end.text,
        steps=_listed(bridge.steps),
    )


def _listed(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.label} {bar.text}" for bar in bars)


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONT_FOLDER))
    return vl_convert


def chart_svg(spec: Mapping[str, object]) -> str:
    """The chart as SVG, for print and HTML. No address is ever fetched."""
    locale = {**LOCALE, "decimal": "."} if current_language() == "en" else dict(LOCALE)
    svg = _converter().vegalite_to_svg(dict(spec), vl_version=VEGA_LITE, format_locale=locale, allowed_base_urls=[])
    return _with_own_ids(str(svg))


def _with_own_ids(svg: str) -> str:
    # the library counts ids through its whole life: the same chart must be the same bytes each time
    found = {name: f"c{index}" for index, name in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)))}
    for name, own in found.items():
        svg = re.sub(rf'(\bid="|url\(#|href="#){re.escape(name)}(?=["\)])', rf"\g<1>{own}", svg)
    return svg


def svg_png(svg: str) -> bytes:
    """A chart's SVG as PNG in double size, for Word."""
    return bytes(_converter().svg_to_png(svg, scale=2))
