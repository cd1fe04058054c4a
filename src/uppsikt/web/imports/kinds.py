"""The kinds of files that can be brought: one table, from which the pages are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from uppsikt.audit.actors import Actor, NotAllowed, Verb
from uppsikt.core.findings import found
from uppsikt.core.language import Text
from uppsikt.web.actors import may_anywhere
from uppsikt.web.errors import Absent
from uppsikt.web.findings import PAGE_UNKNOWN
from uppsikt.web.imports import runs
from uppsikt.web.imports.held import HeldFile
from uppsikt.web.imports.outcomes import Outcome
from uppsikt.web.words import DIMENSION_LABELS


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of an option's choices."""

    value: str
    label: Text | str


@dataclass(frozen=True, slots=True)
class Option:
    """A question beside the file. `choices` is asked anew for each page: they live in the database."""

    key: str
    label: Text
    choices: Callable[[], Sequence[Alternative]]
    help: Text | str = ""
    preferred: Callable[[], str] | None = None

    @property
    def first(self) -> str:
        """What stands chosen when the page is opened: the one preferred, else the first."""
        preferred = self.preferred() if self.preferred else ""
        return preferred or next((choice.value for choice in self.choices()), "")


class Run(Protocol):
    """Takes the file in, or tries."""

    def __call__(self, *, actor: Actor, file: HeldFile, dry_run: bool) -> Outcome:
        """The outcome; the service asks the permission."""
        ...


@dataclass(frozen=True)
class Kind:
    """A kind of file: its page's words, its options, who may bring it and what takes it in."""

    key: str
    title: Text
    about: Text
    file_help: Text
    accept: str
    verb: Verb
    run: Run
    options: tuple[Option, ...] = ()


_TABLES = ".csv,.xlsx,.txt"
_TABLE_HELP = Text("CSV (UTF-8, semikolon) eller XLSX.", "CSV (UTF-8, semicolon) or XLSX.")

KINDS: tuple[Kind, ...] = (
    Kind(
        "huvudbok",
        Text("Huvudbok", "Ledger"),
        Text(
            "Verifikationer från ekonomisystemet, som SIE 4, SIE 5 eller tabell.",
            "Vouchers from the accounting system, as SIE 4, SIE 5 or a table.",
        ),
        Text("SIE-fil (.se, .si, .sie), CSV eller XLSX.", "SIE file (.se, .si, .sie), CSV or XLSX."),
        ".se,.si,.sie,.csv,.xlsx,.txt",
        Verb.IMPORT_LEDGER,
        runs.ledger,
        (
            Option(
                "profile",
                Text("Mappningsprofil", "Mapping profile"),
                lambda: [Alternative(name, label) for name, label in runs.profile_choices()],
                Text(
                    "Säger vilken av filens dimensioner som är enhet, projekt och så vidare.",
                    "Says which of the file's dimensions is unit, project and so on.",
                ),
                preferred=runs.preferred_profile,
            ),
            Option(
                "replace",
                Text("Om verifikationer redan är inlästa", "If vouchers are already imported"),
                lambda: [
                    Alternative("", Text("stoppa och säg vilka", "stop and say which")),
                    Alternative("1", Text("ersätt de äldre inläsningarna", "replace the older batches")),
                ],
            ),
        ),
    ),
    Kind(
        "budget",
        Text("Budget", "Budget"),
        Text(
            "Beslutade budgetposter med beslutsreferens: ursprunglig, tillägg, ombudgetering, kompensation.",
            "Decided budget entries with their decision: original, supplementary, transfer, compensation.",
        ),
        _TABLE_HELP,
        _TABLES,
        Verb.EDIT_BUDGET,
        runs.budget,
    ),
    Kind(
        "prognos",
        Text("Prognos", "Forecast"),
        Text(
            "Enheternas prognoser för helåret, per kontogrupp.",
            "The units' forecasts for the full year, per account group.",
        ),
        _TABLE_HELP,
        _TABLES,
        Verb.SUBMIT_FORECAST,
        runs.forecast,
        (
            Option(
                "round",
                Text("Uppföljning", "Round"),
                lambda: [Alternative(row.key, row.name) for row in runs.open_rounds()],
                Text("Bara öppna uppföljningar tar emot prognoser.", "Only open rounds take forecasts."),
            ),
        ),
    ),
    Kind(
        "uppgifter",
        Text("Uppgifter utifrån", "Outside facts"),
        Text(
            "Tal som inte kommer ur huvudboken, med källa: personaltal, enkäter, tryckta siffror att jämföra med.",
            "Figures that do not come from the ledger, with their source: staff, surveys, printed figures.",
        ),
        _TABLE_HELP,
        _TABLES,
        Verb.EDIT_REGISTER,
        runs.facts,
    ),
    Kind(
        "register",
        Text("Kodplan", "Code plan"),
        Text(
            "Enheter, konton, verksamheter och andra koder med giltighetstid.",
            "Units, accounts, activities and other codes with their validity.",
        ),
        _TABLE_HELP,
        _TABLES,
        Verb.EDIT_REGISTER,
        runs.register,
        (
            Option(
                "dimension",
                Text("Register", "Register"),
                lambda: [Alternative(key, label) for key, label in DIMENSION_LABELS.items()],
            ),
        ),
    ),
    Kind(
        "omorganisation",
        Text("Omorganisation", "Reorganisation"),
        Text(
            "Händelser som ändrar enheter och andra koder, som utkast att pröva och anta.",
            "Events that change units and other codes, as drafts to be tried and adopted.",
        ),
        _TABLE_HELP,
        _TABLES,
        Verb.REORGANISE,
        runs.reorganisations,
    ),
)


def kind_for(key: str) -> Kind:
    """The kind of that key; `Absent` where there is none."""
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise Absent(found(PAGE_UNKNOWN))


def require_kind(actor: Actor, key: str) -> Kind:
    """The kind, where the actor may bring it for some unit; the service asks again for the file's own units."""
    kind = kind_for(key)
    if not may_anywhere(actor, kind.verb):
        raise NotAllowed(actor, kind.verb)
    return kind


def kinds_of(actor: Actor) -> list[Kind]:
    """The kinds this actor may bring."""
    return [kind for kind in KINDS if may_anywhere(actor, kind.verb)]
