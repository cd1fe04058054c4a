"""A round's adopted versions in words: what each corrected, and what followed, with the names and signs of pages."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.adoption import Adopted
from uppsikt.adoption.naming import ChangedStatement, NamedForecast
from uppsikt.core.formats import Sign, Unit, View
from uppsikt.core.language import say

_VIEW = View(Sign.REVERSED, Unit.TKR, 0)


def version_lines(own: Adopted) -> Iterator[str]:
    """One version as lines: who and when, why, the forecasts that were corrected, and the figures by statement."""
    version, named = own.version, own.named
    yield f"{version.number}  {version.adopted_on}  {version.adopted_by}  {version.frozen_hash}"
    if version.reason:
        yield f"   {version.reason}"
    for forecast in named.forecasts if named else ():
        yield f"   {_forecast(forecast)}"
    for statement in named.statements if named else ():
        yield f"   {_heading(statement)}"
        for figure in statement.figures:
            before, after = statement.shown(figure.change.before), statement.shown(figure.change.after)
            yield f"      {figure.row}, {figure.column}: {before} → {after}"


def _forecast(own: NamedForecast) -> str:
    change = own.change
    said = f"{change.unit} {own.unit}, {change.account} {own.account}"
    amounts = f"{_VIEW.text(change.before_ore)} → {_VIEW.text(change.after_ore)} tkr"
    by = say("av {who}", "by {who}", who=change.actor)
    return f"{said}: {amounts}, {by}{f' ({change.basis})' if change.basis else ''}"


def _heading(own: ChangedStatement) -> str:
    name = f"{own.title} · {own.unit}" if own.unit else str(own.title)
    sv, en = "{n} {n:siffra ändrad|siffror ändrade}", "{n} {n:figure|figures}"
    count = say(sv, en, n=len(own.figures))
    return f"{name}, {own.view.unit.value}: {count}"
