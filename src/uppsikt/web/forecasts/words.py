"""What a round asks its managers for, in words: a forecast while months are left, the result once none is."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.language import Text
from uppsikt.planning.rounds import RoundRow


@dataclass(frozen=True, slots=True)
class Asked:
    """Each text of the page that names what is handed in; `{unit}`, `{year}` and `{what}` are filled in."""

    title: Text
    own_column: Text
    column: Text
    use_suggestion: Text
    hand_in: Text
    handed_in: Text
    taken_back: Text
    whole: Text
    lacking: Text
    complete: Text
    not_handed_in: Text
    not_booked: Text


_FORECAST = Asked(
    title=Text("Prognos för {unit}", "Forecast of {unit}"),
    own_column=Text("Min prognos {year}", "My forecast {year}"),
    column=Text("Prognos {year}", "Forecast {year}"),
    use_suggestion=Text("Använd förslaget", "Use the suggestion"),
    hand_in=Text("Lämna prognosen", "Hand in the forecast"),
    handed_in=Text("Prognosen är lämnad. Tack!", "The forecast is handed in. Thank you!"),
    taken_back=Text("Prognosen är tillbaka hos dig.", "The forecast is yours again."),
    whole=Text("Hela prognosen", "The whole forecast"),
    lacking=Text("{what} saknar prognos", "{what} has no forecast"),
    complete=Text(
        "Allt är ifyllt. Lämna prognosen när du är klar.", "All is filled in. Hand it in when you are done."
    ),
    not_handed_in=Text("Prognosen är inte lämnad än", "The forecast is not handed in yet"),
    not_booked=Text(
        "Utfallet når alltså inte till omgångens avläsningsdag.", "So the actual doesn't reach the round's cut-off."
    ),
)
_RESULT = Asked(
    title=Text("Bokslut för {unit}", "Year-end of {unit}"),
    own_column=Text("Mitt bokslut {year}", "My year-end {year}"),
    column=Text("Bokslut {year}", "Year-end {year}"),
    use_suggestion=Text("Använd årets utfall", "Use the year's actual"),
    hand_in=Text("Lämna bokslutet", "Hand in the year-end"),
    handed_in=Text("Bokslutet är lämnat. Tack!", "The year-end is handed in. Thank you!"),
    taken_back=Text("Bokslutet är tillbaka hos dig.", "The year-end is yours again."),
    whole=Text("Hela bokslutet", "The whole year-end"),
    lacking=Text("{what} saknar belopp", "{what} has no amount"),
    complete=Text(
        "Allt är ifyllt. Lämna bokslutet när du är klar.", "All is filled in. Hand it in when you are done."
    ),
    not_handed_in=Text("Bokslutet är inte lämnat än", "The year-end is not handed in yet"),
    not_booked=Text(
        "Årets utfall är alltså inte helt och duger inte som bokslut. Fyll i beloppen själv, eller vänta tills "
        "resten är inläst.",
        "So the year's actual is not whole and can't be used as the year-end. Fill in the amounts yourself, or wait "
        "until the rest is taken in.",
    ),
)


def asked_for(row: RoundRow) -> Asked:
    """The words of a round: its year has ended where no months are left after the cut-off."""
    return _RESULT if row.is_year_end else _FORECAST
