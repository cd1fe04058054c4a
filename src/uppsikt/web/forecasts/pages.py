"""What the page's scripts are given: the page's figures, and every word they say, in the reader's language."""

from __future__ import annotations

from django.urls import reverse

from uppsikt.core.language import Text, current_language, say
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV
from uppsikt.forecasting.selectors import NetInterval, SuggestionRow
from uppsikt.rounds.plausibility import Usual
from uppsikt.web.forecasts.lines import GridLine
from uppsikt.web.forecasts.saving import cell_facts
from uppsikt.web.forecasts.work_page import UnitPage

_SHORT = 3
_WORDS = {
    "saving": Text("Sparar …", "Saving …"),
    "saved": Text("Sparat {at}", "Saved {at}"),
    "lost": Text(
        "Ej sparat: ingen kontakt – försöker igen. Stäng inte sidan.",
        "Not saved: no contact – trying again. Don't close the page.",
    ),
    "refused": Text(
        "Ej sparat: du saknar behörighet, eller har loggat ut eller in i en annan flik. Ladda om sidan.",
        "Not saved: you lack the right, or have signed out or in in another tab. Reload the page.",
    ),
    "signedOut": Text(
        "Ej sparat: du är utloggad. Logga in i en annan flik och ladda om sidan.",
        "Not saved: you are signed out. Sign in in another tab and reload the page.",
    ),
    "unreadable": Text(
        "”{text}” kan inte läsas som ett belopp. Skriv t.ex. 1 400 eller −1 400,5.",
        "“{text}” can't be read as an amount. Write e.g. 1 400 or −1 400.5.",
    ),
    "mine": Text("ditt", "yours"),
    "theirs": Text("{by}, {at}", "{by}, {at}"),
    "othersChanged": Text("{by} ändrade {what} till {amount}.", "{by} changed {what} to {amount}."),
    "othersEmptied": Text("{by} tömde {what}.", "{by} emptied {what}."),
    "didYouMean": Text("{what}: menade du {to}? Du skrev {from}.", "{what}: did you mean {to}? You wrote {from}."),
    "didYouMeanAll": Text(
        "{n} belopp liknar inte radernas andra, till exempel {what}: menade du {to} i stället för {from}?",
        "{n} amounts are unlike their rows' others, for example {what}: did you mean {to} instead of {from}?",
    ),
    "meant": Text("Menade du {to}?", "Did you mean {to}?"),
    "acceptKey": Text("F8 ändrar till det", "F8 changes to that"),
    "mended": Text("Ändrat.", "Changed."),
    "lookAt": Text("Se över {what}: kan {to} vara menat?", "Look at {what}: could {to} be meant?"),
    "answer": Text("svaret", "the answer"),
    "surplus": Text("överskott", "surplus"),
    "deficit": Text("underskott", "deficit"),
    "onBudget": Text("enligt budget", "on budget"),
    "undone": Text("Ångrat: {what}.", "Undone: {what}."),
    "redone": Text("Gjort om: {what}.", "Done again: {what}."),
    "nothingToUndo": Text("Inget att ångra.", "Nothing to undo."),
    "nothingToRedo": Text("Inget att göra om.", "Nothing to do again."),
    "pasted": Text("{n} belopp klistrades in.", "{n} {n:amount|amounts} pasted."),
    "pasteTooWide": Text(
        "Inget klistrades in: urklippet är {rows} × {columns} celler och ryms inte härifrån. Börja i den övre "
        "vänstra cellen som går att skriva i.",
        "Nothing was pasted: the clipboard has {rows} × {columns} cells, more than fit from here. Begin in the upper "
        "left cell that can be written in.",
    ),
    "pasteUnreadable": Text(
        "Inget klistrades in: ”{text}” kan inte läsas som ett belopp.",
        "Nothing was pasted: “{text}” can't be read as an amount.",
    ),
    "pasteEmpty": Text("Urklippet är tomt.", "The clipboard is empty."),
    "copied": Text("{n} {n:cell kopierad|celler kopierade}.", "{n} {n:cell|cells} copied."),
    "readOnly": Text("Cellen går inte att skriva i.", "The cell can't be written in."),
    "filled": Text("{n} {n:rad|rader} fylldes i.", "{n} {n:row was|rows were} filled in."),
    "allFilled": Text("Alla rader är redan ifyllda.", "Every row is filled in already."),
    "nothingToFill": Text(
        "Inget fylldes i: det finns inget att hämta till de rader som är tomma.",
        "Nothing was filled in: there is nothing to fetch for the rows that are empty.",
    ),
    "useSuggestion": Text("Ta förslaget till {to}: {what}", "Take the suggestion to {to}: {what}"),
    "usePrevious": Text("Ta förra prognosen till {to}: {what}", "Take the last forecast to {to}: {what}"),
    "suggestionFor": Text("Förslaget för {what}:", "The suggestion for {what}:"),
    "explain": Text("Förklara", "Explain"),
    "explained": Text("Förklarad", "Explained"),
    "commentCount": Text("{n} {n:kommentar|kommentarer}", "{n} {n:comment|comments}"),
    "total": Text("Nettokostnad", "Net cost"),
    "investments": Text("Investeringar", "Investments"),
    "fullYear": Text("helår", "full year"),
    "monthsMissing": Text("{n} {n:månad|månader} kvar", "{n} {n:month|months} left"),
    "lackReadable": Text("”{text}” kan inte läsas och är inte sparat", "“{text}” can't be read and is not saved"),
    "lackExplanation": Text("Förklara avvikelsen på {what}", "Explain the deviation of {what}"),
    "lackAnswer": Text("Besvara fråga {what}", "Answer question {what}"),
    "mendFirst": Text(
        "”{text}” kan inte läsas. Rätta eller töm cellen, lämna sedan.",
        "“{text}” can't be read. Mend or empty the cell, then hand in.",
    ),
    "waits": Text("Väntar på att allt ska sparas …", "Waiting for all to be saved …"),
    "closed": Text(
        "Enheten är nu {state}. Ladda om sidan för att se vad som gäller.",
        "The unit is now {state}. Reload the page to see what holds.",
    ),
}


def page_data(page: UnitPage) -> dict[str, object]:
    """All that the scripts need; amounts in öre, ledger sign."""
    setup = page.work.setup
    own = {"key": page.round.key, "unit": page.unit}
    return {
        "amountsIn": page.choices.amounts_in.value,
        "language": current_language(),
        "url": reverse("forecast-cells", kwargs=own),
        "months": [{"period": month.number, "label": month_label(month.month)} for month in page.months],
        "hasMonths": page.has_months,
        "threshold": {"ore": setup.threshold_ore, "permille": setup.threshold_permille} if setup else None,
        "columns": columns(page),
        "rows": [_row_facts(line) for line in page.lines],
        "net": _interval_facts(page.net) if page.net else None,
        "cells": [cell_facts(cell) for cell in page.work.cells],
        "texts": {key: str(text) for key, text in _words(page).items()},
    }


def _words(page: UnitPage) -> dict[str, Text]:
    return _WORDS | {"lackForecast": page.words.lacking, "complete": page.words.complete}


def month_label(month: int) -> str:
    """A month's short name as a column's heading: "sep"."""
    return (MONTHS_EN if current_language() == "en" else MONTHS_SV)[month - 1][:_SHORT]


def columns(page: UnitPage) -> dict[str, str]:
    """What the columns are called."""
    year = page.round.year
    return {
        "label": say("Kontogrupp", "Account group"),
        "lastYear": say("Bokslut {year}", "Year-end {year}", year=year - 1),
        "budget": say("Budget {year}", "Budget {year}", year=year),
        "actual": _actual_title(page),
        "previous": say("Förra prognosen", "Last forecast"),
        "suggestion": say("Förslag", "Suggestion"),
        "forecast": _forecast_title(page),
        "deviation": say("Mot budget", "Against budget"),
        "notes": say("Förklaring", "Explanation"),
    }


def _actual_title(page: UnitPage) -> str:
    if page.not_booked and page.booked_to:
        return say("Bokfört t.o.m. {month}", "Booked to {month}", month=month_label(page.booked_to.month))
    if page.round.is_year_end:
        return say("Utfall {year}", "Actual {year}", year=page.round.year)
    return say("Utfall t.o.m. {month}", "Actual to {month}", month=month_label(page.round.cut_off.month))


def _forecast_title(page: UnitPage) -> str:
    title = page.words.own_column if page.may_edit else page.words.column
    return title.filled(year=page.round.year)


def _row_facts(line: GridLine) -> dict[str, object]:
    figures = line.figures
    return {
        "account": line.account,
        "label": line.label,
        "side": figures.side,
        "isInvestment": figures.is_investment,
        "isPart": figures.is_part,
        "lastYear": figures.last_year_ore,
        "budget": figures.budget_ore,
        "actual": figures.actual_ore,
        "previous": figures.previous_ore,
        "budgetLeft": [figures.budget_left.get(period) or 0 for period in line.months],
        "suggestion": _suggestion_facts(line.suggestion) if line.suggestion else None,
        "usualYear": _usual_facts(figures.usual_year),
        "usualMonth": _usual_facts(figures.usual_month),
        "isExplained": line.is_explained,
        "comments": {str(period): n for period, n in line.open_by_period.items()},
    }


def _suggestion_facts(own: SuggestionRow) -> dict[str, object]:
    return {"ore": own.full_year_ore, "low": own.low_ore, "high": own.high_ore, "why": str(own.why)}


def _interval_facts(own: NetInterval) -> dict[str, object]:
    return {"low": own.low_ore, "high": own.high_ore, "why": str(own.why)}


def _usual_facts(own: Usual | None) -> dict[str, int] | None:
    return {"least": own.least_ore, "most": own.most_ore, "sign": own.sign} if own else None


__all__ = ["columns", "month_label", "page_data"]
