"""Help pages, made from the catalogue of findings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.core.findings import CATALOGUE, Finding, found
from uppsikt.core.language import Text
from uppsikt.web.errors import Absent
from uppsikt.web.findings import PAGE_UNKNOWN

_SERIES = {
    "A": Text("Händelseloggen, personer och roller", "The event log, people and roles"),
    "B": Text("Överförda resultat och resultatreglering", "Carried-over results and settlement"),
    "C": Text("Kodplanen", "The code plan"),
    "D": Text("Kommandorad, demonstration och säkerhetskopior", "Command line, demonstration and backups"),
    "F": Text("Uppställningar och siffror", "Statements and figures"),
    "G": Text("Förslag och träffsäkerhet", "Suggestions and accuracy"),
    "K": Text("Granskning av rapporter", "The report audit"),
    "L": Text("Huvudboken", "The ledger"),
    "N": Text("Arbetet i omgångar", "The work in rounds"),
    "P": Text("Budget och prognos", "Budget and forecast"),
    "Q": Text("Fastställda omgångar", "Adopted rounds"),
    "R": Text("Rapporter", "Reports"),
    "S": Text("Effektiviseringsuppdrag", "Savings assignments"),
    "T": Text("Tabeller", "Tables"),
    "W": Text("Webbsidorna", "The web pages"),
}


def codes(request: HttpRequest) -> HttpResponse:
    """The catalogue: every code, in the order of the rooms."""
    _load_rules()
    series = [
        (title, [_sample(code) for code in sorted(CATALOGUE) if code.startswith(letter)])
        for letter, title in _SERIES.items()
    ]
    return render(request, "help/codes.html", {"series": [pair for pair in series if pair[1]]})


def code(request: HttpRequest, code: str) -> HttpResponse:
    """One code: what it says, what to do, with its sample filled in."""
    _load_rules()
    if code not in CATALOGUE:
        raise Absent(found(PAGE_UNKNOWN))
    return render(request, "help/code.html", {"finding": _sample(code), "rule": CATALOGUE[code]})


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: open to everyone, as the law asks of a public body."""
    return render(request, "help/accessibility.html")


def _load_rules() -> None:
    # the report audit's rules are loaded when first asked for: they take a second
    from uppsikt.checks import explain as _explain  # noqa: F401


def _sample(code: str) -> Finding:
    return Finding(code, facts=CATALOGUE[code].sample)
