"""What takes each kind of file in: the rooms' services, their results in one shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.coding.reorganisation_services import import_events
from uppsikt.coding.selectors import code_plan
from uppsikt.coding.services import RegisterImport, import_register
from uppsikt.core.findings import found, has_errors
from uppsikt.core.formats import Unit, amount, number
from uppsikt.core.language import Text, say
from uppsikt.ledger.profiles import Profile, built_in
from uppsikt.ledger.selectors import all_batches, profiles
from uppsikt.ledger.services import ImportResult, import_file
from uppsikt.ledger.summary import Summary
from uppsikt.planning.selectors import RoundRow, rounds
from uppsikt.planning.services import PlanImport, import_budget
from uppsikt.planning.states import State
from uppsikt.reports.services import import_facts
from uppsikt.rounds.services import import_forecast
from uppsikt.web.actors import today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.imports.held import HeldFile
from uppsikt.web.imports.outcomes import Fact, Outcome
from uppsikt.web.words import DIMENSION_LABELS

_ADDED = Text("Nya", "New")
_CHANGED = Text("Ändrade", "Changed")
_UNCHANGED = Text("Oförändrade", "Unchanged")
_PROFILE = Text("Mappningsprofil", "Mapping profile")


def profile_choices() -> list[tuple[str, str]]:
    """The mapping profiles by name, built-in ones first, each with what it says of itself."""
    return [(name, f"{name}: {profile.about}" if profile.about else name) for name, profile in profiles().items()]


def preferred_profile() -> str:
    """The municipality's own profile for SIE where it has one, else the latest batch's; "" where neither is."""
    known, shipped = profiles(), built_in()
    own = [name for name, profile in known.items() if profile.format == "sie" and profile != shipped.get(name)]
    if len(own) == 1:
        return own[0]
    latest = max(all_batches(), key=lambda batch: batch.imported_at, default=None)
    return latest.profile_name if latest and latest.profile_name in known else ""


def open_rounds() -> list[RoundRow]:
    """The rounds that take forecasts, the latest first."""
    return [row for row in reversed(rounds()) if row.state is State.OPEN]


def ledger(*, actor: Actor, file: HeldFile, dry_run: bool) -> Outcome:
    """A ledger file into a batch."""
    result = import_file(
        actor=actor,
        path=file.path,
        profile=_profile(file.options.get("profile", "")),
        as_of=today(),
        dry_run=dry_run,
        replace=bool(file.options.get("replace")),
        known=code_plan(),
    )
    url = reverse("import-batch", args=[result.batch.content_hash]) if result.batch else reverse("imports")
    facts = [] if has_errors(result.findings) else list(_ledger_facts(result.summary))
    # a batch that was replaced or withdrawn is held too, but importing it again makes it count
    is_held = result.already_held and result.batch is not None
    return Outcome(result.findings, _ledger_says(result), url, facts, result.summary.periods, is_held)


def _profile(name: str) -> Profile:
    profile = profiles().get(name)
    if profile is None:
        raise Absent(found(CHOICE_UNKNOWN, name=_PROFILE, value=name))
    return profile


def _ledger_says(result: ImportResult) -> str:
    if result.already_held:
        return say(
            "Filen är redan inläst. Ingenting behöver göras.", "The file is imported already. Nothing needs doing."
        )
    rows = number(result.summary.row_count)
    if result.dry_run:
        return say(
            "Filen kan läsas in: {rows} {rows:rad|rader}.",
            "The file can be imported: {rows} {rows:row|rows}.",
            rows=rows,
        )
    return say(
        "Filen är inläst: {rows} {rows:rad|rader}.", "The file is imported: {rows} {rows:row|rows}.", rows=rows
    )


def _ledger_facts(summary: Summary) -> Iterator[Fact]:
    yield Fact(Text("Fil", "File"), f"{summary.file_name} ({summary.format} {summary.sie_type})".replace(" )", ")"))
    if summary.company:
        yield Fact(Text("Företag", "Company"), summary.company)
    if summary.program:
        yield Fact(Text("Program", "Program"), summary.program)
    yield Fact(Text("Verifikationer", "Vouchers"), number(summary.voucher_count))
    yield Fact(Text("Rader", "Rows"), number(summary.row_count))
    yield Fact(Text("Debet", "Debit"), amount(summary.debit_ore, Unit.KR, 2, with_unit=True))
    yield Fact(Text("Kredit", "Credit"), amount(summary.credit_ore, Unit.KR, 2, with_unit=True))


def budget(*, actor: Actor, file: HeldFile, dry_run: bool) -> Outcome:
    """A budget file into the journal."""
    content = file.path.read_bytes()
    result = import_budget(actor=actor, content=content, name=file.name, as_of=today(), dry_run=dry_run)
    return _plan_outcome(result, Text("beslutspost|beslutsposter", "entry|entries"))


def forecast(*, actor: Actor, file: HeldFile, dry_run: bool) -> Outcome:
    """A forecast file into an open round."""
    result = import_forecast(
        actor=actor,
        round_key=file.options.get("round", ""),
        content=file.path.read_bytes(),
        name=file.name,
        submitted_on=today(),
        actuals=relations.actuals_of_round,
        dry_run=dry_run,
    )
    return _plan_outcome(result, Text("prognos|prognoser", "forecast|forecasts"))


def _plan_outcome(result: PlanImport, noun: Text) -> Outcome:
    facts = [
        Fact(_ADDED, number(result.added)),
        Fact(Text("Ersätter äldre", "Replacing older"), number(result.replaced)),
        Fact(_UNCHANGED, number(result.unchanged)),
        Fact(Text("Rader", "Rows"), number(result.line_count)),
        Fact(
            Text("Summa (kostnad positiv)", "Sum (cost positive)"),
            amount(result.amount_ore, Unit.KR, 2, with_unit=True),
        ),
    ]
    says = _counted(len(result.changes), noun, result.dry_run)
    return Outcome(result.findings, says, reverse("imports"), [] if result.is_refused else facts)


def facts(*, actor: Actor, file: HeldFile, dry_run: bool) -> Outcome:
    """A file of outside facts into the register of facts."""
    content = file.path.read_bytes()
    result = import_facts(actor=actor, content=content, name=file.name, as_of=today(), dry_run=dry_run)
    counts = [
        Fact(_ADDED, number(result.added)),
        Fact(_CHANGED, number(result.changed)),
        Fact(_UNCHANGED, number(result.unchanged)),
    ]
    says = _counted(result.added + result.changed, Text("uppgift|uppgifter", "fact|facts"), dry_run)
    return Outcome(result.findings, says, reverse("imports"), [] if has_errors(result.findings) else counts)


def register(*, actor: Actor, file: HeldFile, dry_run: bool) -> Outcome:
    """A register file into the code plan."""
    result = import_register(
        actor=actor,
        dimension=file.options.get("dimension", ""),
        content=file.path.read_bytes(),
        name=file.name,
        as_of=today(),
        dry_run=dry_run,
    )
    says = _counted(len(result.changes), Text("kod|koder", "code|codes"), result.dry_run)
    return Outcome(result.findings, says, reverse("imports"), [] if result.is_refused else _register_facts(result))


def _register_facts(result: RegisterImport) -> Sequence[Fact]:
    return [
        Fact(Text("Register", "Register"), str(DIMENSION_LABELS[result.dimension])),
        Fact(_ADDED, number(result.added)),
        Fact(_CHANGED, number(result.changed)),
        Fact(_UNCHANGED, number(result.unchanged)),
    ]


def reorganisations(*, actor: Actor, file: HeldFile, dry_run: bool) -> Outcome:
    """A file of events into drafts of reorganisations."""
    content = file.path.read_bytes()
    result = import_events(actor=actor, content=content, name=file.name, as_of=today(), dry_run=dry_run)
    counts = [
        Fact(Text("Utkast", "Drafts"), ", ".join(result.saved) or "–"),
        Fact(_UNCHANGED, ", ".join(result.unchanged) or "–"),
    ]
    url = reverse("organisation-change", args=[result.saved[0]]) if len(result.saved) == 1 else ""
    says = _counted(len(result.saved), Text("utkast|utkast", "draft|drafts"), dry_run)
    return Outcome(
        result.findings,
        says,
        url or reverse("organisation-changes"),
        [] if result.is_refused else counts,
        is_held=not result.saved,
        is_kept_with_errors=not result.is_refused,
    )


def _counted(count: int, noun: Text, dry_run: bool) -> str:
    if dry_run:
        sv, en = f"{{n}} {{n:{noun.sv}}} skulle läsas in.", f"{{n}} {{n:{noun.en}}} would be imported."
    else:
        sv, en = f"{{n}} {{n:{noun.sv}}} är {{n:inläst|inlästa}}.", f"{{n}} {{n:{noun.en}}} {{n:is|are}} imported."
    return say(sv, en, n=number(count))
