"""Rule K061: passages said twice that have drifted apart."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.document import Span
from uppsikt.checks.numbers import Number, written
from uppsikt.checks.prose.repeats import Drift
from uppsikt.checks.prose.sentences import Sentence
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

_SURE_WORDS = 10  # words in a row that must be the same for the repeat to be no chance
_TWIN = 0.9

_SAMPLE = (
    "Avdelningarna inom det centrala stödet har enligt prognosen en negativ avvikelse om -7,6 mnkr, inklusive den "
    "nya avdelningen.\n\nVerksamheten löper på.\n\nAvdelningarna inom det centrala stödet har enligt prognosen en "
    "negativ avvikelse om {} mnkr, inklusive den nya avdelningen för lokaler.\n"
)


@rule(
    "K061",
    Severity.WARNING,
    name="repeat-drifted",
    says_sv="Samma text står på rad {line}, men där med {other} i stället för {here}.",
    says_en="The same text stands on line {line}, but there with {other} instead of {here}.",
    do_sv="Rätta det ställe som blev kvar när det andra ändrades.",
    do_en="Correct the place that was left behind when the other was changed.",
    why=Text(
        "Sammanfattningar och analyser delar stycken. När bara det ena rättas säger rapporten emot sig själv.",
        "Summaries and analyses share passages. When only one is corrected, the report contradicts itself.",
    ),
    failing=_SAMPLE.format("-7,8"),
    passing=_SAMPLE.format("-7,6"),
    line=1,
    other="−7,6 mnkr",
    here="−7,8 mnkr",
)
def repeat_drifted(report: Report) -> Iterator[Remark]:
    """Figures that differ between two tellings of the same passage."""
    for drift in report.prose.drifts:
        one, two = _less_supported_last(report, drift)
        yield remark(
            "K061",
            two[0].flow.passage.spans(two[1].start, two[1].end),
            confidence=_confidence(drift),
            related=[Related(_first(one), Text("samma text", "the same text"))],
            line=_first(one).line,
            other=_shown(one[1]),
            here=_shown(two[1]),
        )


_Side = tuple[Sentence, Number]


def _less_supported_last(report: Report, drift: Drift) -> tuple[_Side, _Side]:
    """The figure that agrees with less of the rest of the report is the one to remark on."""
    sides: list[_Side] = [(drift.one, drift.first), (drift.two, drift.second)]
    supported = report.prose.supported
    worth = {fact.spans: score for fact, score in supported.items()}
    sides.sort(key=lambda side: -worth.get(side[0].flow.passage.spans(side[1].start, side[1].end), 0.0))
    return sides[0], sides[1]


def _confidence(drift: Drift) -> float:
    if drift.words >= _SURE_WORDS and drift.alike >= _TWIN:
        return 0.91
    return min(0.85, 0.45 + 0.02 * drift.words + 0.2 * drift.alike)


def _first(side: _Side) -> Span:
    return side[0].flow.passage.spans(side[1].start, side[1].end)[0]


def _shown(number: Number) -> str:
    shown = number.text if number.unit is None else written(number.value, number.decimals)
    return f"{shown} {number.unit or ''}".strip()
