"""Why a suggestion is what it is, in one line and both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.formats import NO_BREAK_SPACE, Unit, View, percent
from uppsikt.core.language import Text, say, speaking
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV
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
_LIKE_LAST_YEAR = {Method.SEASONAL_NAIVE, Method.LAST_YEAR, Method.YEARS, Method.TREND}
_BY_BUDGET = {Method.BUDGET_REST, Method.BUDGET_LEFT, Method.BUDGET_PACE, Method.BUDGET_PROFILE}
_FARTHEST = Decimal(3)  # what differs more than that is said in amounts, not per cent


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one suggestion rests on, in öre of ledger sign; None is not known.

    `months` of the year have gone; `trials` earlier years could be tried. Of the year asked about, the year before
    and the budget: what came or was budgeted in those months, and after them (of the budget, the year's).
    """

    methods: Sequence[Method]
    trials: int
    low_ore: int
    high_ore: int
    months: int = 0
    so_far_ore: int | None = None
    last_so_far_ore: int | None = None
    last_rest_ore: int | None = None
    budget_ore: int | None = None


def label(methods: Sequence[Method]) -> Text:
    """What to call a way of proposing: a method's own name, or that several were weighed together."""
    return LABELS[methods[0]] if len(methods) == 1 else Text("sammanvägning", "combination")


def why(own: Grounds) -> Text:
    """One line: what it follows, what is so on that very row, and the interval as statements show amounts."""
    return _both(lambda: _why(own))


def why_net(trials: int, low_ore: int, high_ore: int) -> Text:
    """One line of a net cost's interval: what it is measured by, and the interval as statements show amounts."""
    if low_ore == high_ore:
        return followed(())
    return _both(
        lambda: say(
            "Summan av raderna; {span}. Intervallet är så brett som summan har slagit fel {when}.",
            "The sum of the rows; {span}. The interval is as wide as the sum has missed by {when}.",
            span=_span(low_ore, high_ore),
            when=say("de senaste åren", "in the last years") if trials else say("tidigare i år", "earlier this year"),
        )
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


def _both(said: Callable[[], str]) -> Text:
    with speaking("sv"):
        sv = said()
    with speaking("en"):
        return Text(sv, said())


def _why(own: Grounds) -> str:
    if not own.methods:
        return f"{followed(own.methods)}."
    first = own.methods[0]
    what = str(_ALONE[first]) if len(own.methods) == 1 else say("Mest {way}", "Mostly {way}", way=LABELS[first])
    facts = ", ".join(_facts(own))
    reason = f"{what}: {facts}" if facts else what
    return f"{reason}; {_span(own.low_ore, own.high_ore)}{_evidence(own.trials)}."


def _facts(own: Grounds) -> Iterator[str]:
    shown = set(own.methods[:_SHOWN])
    if shown & _LIKE_LAST_YEAR:
        yield from _beside_last_year(own)
    if shown & _BY_BUDGET:
        yield from _of_budget(own)
    if Method.STRAIGHT_LINE in shown and own.so_far_ore is not None and own.months:
        month = _amount(round(own.so_far_ore / own.months))
        yield say("hittills {month} i månaden", "{month} a month so far", month=month)


def _beside_last_year(own: Grounds) -> Iterator[str]:
    """How the year stands beside the one before, and how much of that came later."""
    last, rest = own.last_so_far_ore, own.last_rest_ore
    if last is None or own.so_far_ore is None or not own.months:
        return
    pace = _share(own.so_far_ore, last)
    if pace is not None and pace < _FARTHEST:
        change = percent(abs(pace - 1))
        if pace == 1:
            yield say("hittills som i fjol", "so far as last year")
        elif pace > 1:
            yield say("hittills {change} över i fjol", "so far {change} above last year", change=change)
        else:
            yield say("hittills {change} under i fjol", "so far {change} below last year", change=change)
    else:
        amounts = {"now": _amount(own.so_far_ore), "then": _amount(last)}
        yield say("hittills {now} mot {then} i fjol", "{now} so far, {then} last year", **amounts)
    share = None if rest is None else _share(rest, last + rest)
    if share is not None and share <= 1:
        sv, en = "{share} av fjolåret kom efter {month}", "{share} of last year came after {month}"
        yield say(sv, en, share=percent(share, 0), month=_month(own.months))


def _of_budget(own: Grounds) -> Iterator[str]:
    """How much of the year's budget has been reached."""
    share = None if own.so_far_ore is None or own.budget_ore is None else _share(own.so_far_ore, own.budget_ore)
    if share is not None and share < _FARTHEST and own.months:
        yield say("hittills {share} av årets budget", "so far {share} of the year's budget", share=percent(share, 0))


def _share(part_ore: int, whole_ore: int) -> Decimal | None:
    """One amount as a share of another; None where that says nothing: nothing to divide by, or the other sign."""
    return Decimal(part_ore) / whole_ore if whole_ore and part_ore * whole_ore >= 0 else None


def _evidence(trials: int) -> str:
    if not trials:
        return ""
    return say(", prövat på {n} år", ", tried on {n} {n:year|years}", n=trials)


def _month(number: int) -> str:
    return say(MONTHS_SV[number - 1], MONTHS_EN[number - 1])


def _amount(amount_ore: int) -> str:
    return f"{View(unit=Unit.TKR).text(amount_ore)}{NO_BREAK_SPACE}tkr"


def _span(low_ore: int, high_ore: int) -> str:
    # statements show costs as negative, so the highest amount of the ledger is the lowest shown
    low, high = View(unit=Unit.TKR).text(high_ore), View(unit=Unit.TKR).text(low_ore)
    if low == high:
        return say("troligen {high}", "likely {high}", high=f"{high}{NO_BREAK_SPACE}tkr")
    return say(
        "80\u00a0% mellan {low} och {high}",
        "80\u00a0% between {low} and {high}",
        low=low,
        high=f"{high}{NO_BREAK_SPACE}tkr",
    )
