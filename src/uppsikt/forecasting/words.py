"""Why a suggestion is what it is, in one line and both languages."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.core.formats import NO_BREAK_SPACE, Unit, View
from uppsikt.core.language import Text, speaking
from uppsikt.suggestions import Method

LABELS = {
    Method.STRAIGHT_LINE: Text("årets takt", "this year's pace"),
    Method.SEASONAL_NAIVE: Text("förra årets utfall", "last year's actual"),
    Method.LAST_YEAR: Text("förra årets mönster", "last year's pattern"),
    Method.YEARS: Text("flera års mönster", "the pattern of several years"),
    Method.TREND: Text("dämpad trend", "damped trend"),
    Method.BUDGET_REST: Text("budgeten för resten av året", "the budget for the rest of the year"),
    Method.BUDGET_LEFT: Text("årets budget", "the year's budget"),
    Method.BUDGET_PACE: Text("budgetens profil i årets takt", "the budget's profile at this year's pace"),
    Method.BUDGET_PROFILE: Text("budgetens profil", "the budget's profile"),
}
_ALONE = {
    Method.STRAIGHT_LINE: Text("Fortsätter i årets takt", "Goes on at this year's pace"),
    Method.SEASONAL_NAIVE: Text("Resten av året blir som förra året", "The rest of the year is as last year"),
    Method.LAST_YEAR: Text("Följer förra årets mönster", "Follows last year's pattern"),
    Method.YEARS: Text("Följer de senaste årens mönster", "Follows the pattern of the last years"),
    Method.TREND: Text("Följer enhetens egen trend, dämpad", "Follows the unit's own trend, damped"),
    Method.BUDGET_REST: Text("Resten av året följer budgeten", "The rest of the year follows the budget"),
    Method.BUDGET_LEFT: Text("Årets budget går åt", "The year's budget is used"),
    Method.BUDGET_PACE: Text(
        "Följer budgetens profil i årets takt", "Follows the budget's profile at this year's pace"
    ),
    Method.BUDGET_PROFILE: Text("Följer budgetens profil", "Follows the budget's profile"),
}
_SHOWN = 2


def label(methods: Sequence[Method]) -> Text:
    """What to call a way of proposing: a method's own name, or that several were weighed together."""
    return LABELS[methods[0]] if len(methods) == 1 else Text("sammanvägning", "combination")


def why(methods: Sequence[Method], trials: int, low_ore: int, high_ore: int) -> Text:
    """One line: what it follows, what speaks for that, and the interval as statements show amounts."""
    if not methods:
        return Text(f"{followed(methods).sv}.", f"{followed(methods).en}.")
    what, evidence = followed(methods), _evidence(trials)
    spans = {language: _span(language, low_ore, high_ore) for language in ("sv", "en")}
    return Text(
        f"{what.sv}: {evidence.sv}; 80\u00a0% mellan {spans['sv']}.",
        f"{what.en}: {evidence.en}; 80\u00a0% between {spans['en']}.",
    )


def why_net(trials: int, low_ore: int, high_ore: int) -> Text:
    """One line of a net cost's interval: what it is measured by, and the interval as statements show amounts."""
    spans = {language: _span(language, low_ore, high_ore) for language in ("sv", "en")}
    if low_ore == high_ore:
        return followed(())
    measured = (
        Text("så långt fel har summan varit de senaste åren", "so far off the sum has been in the last years")
        if trials
        else Text("så långt fel var summan tidigare i år", "so far off the sum was earlier this year")
    )
    return Text(
        f"Summan av raderna, 80\u00a0% mellan {spans['sv']}: {measured.sv}.",
        f"The sum of the rows, 80\u00a0% between {spans['en']}: {measured.en}.",
    )


def followed(methods: Sequence[Method]) -> Text:
    """What a suggestion follows, as a sentence begins; no method is the year as it ended."""
    if not methods:
        return Text("Årets utfall, inga månader återstår", "The year's actual, no months are left")
    if len(methods) == 1:
        return _ALONE[methods[0]]
    named = [LABELS[method] for method in methods[:_SHOWN]]
    sv, en = " och ".join(own.sv for own in named), " and ".join(own.en for own in named)
    return Text(f"Väger samman flera sätt, mest {sv}", f"Weighs several ways together, mostly {en}")


def _evidence(trials: int) -> Text:
    if not trials:
        return Text(
            "historien är för kort för att pröva på hela år",
            "the past is too short to try on whole years",
        )
    if trials == 1:
        return Text("så gick enhetens utfall förra året", "so the unit's actual went last year")
    return Text(
        f"så har enhetens utfall gått de senaste {trials} åren",
        f"so the unit's actual has gone the last {trials} years",
    )


def _span(language: str, low_ore: int, high_ore: int) -> str:
    # statements show costs as negative, so the highest amount of the ledger is the lowest shown
    view = View(unit=Unit.TKR)
    with speaking(language):
        words = {"sv": "och", "en": "and"}
        return f"{view.text(high_ore)} {words[language]} {view.text(low_ore)}{NO_BREAK_SPACE}tkr"
