"""What is done with savings assignments from their pages: decided, distributed, planned, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from uppsikt.audit.actors import Actor, NotAllowed, Verb, require
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, Place
from uppsikt.core.formats import Unit, amount
from uppsikt.core.language import say
from uppsikt.figures.addresses import slug
from uppsikt.savings.checks import reversal_faults
from uppsikt.savings.keys import AllocationKey, KeyKind, Part
from uppsikt.savings.selectors import assignment
from uppsikt.savings.services import adopt_assignment, bring_along, save_plan, settle_part, take_back_part
from uppsikt.savings.values import AssignmentFacts, AssignmentRow, LinkedEntry, PlanRow, SavingsChange
from uppsikt.web.actors import may_anywhere, today
from uppsikt.web.amounts import whole_number
from uppsikt.web.savings.forms import Form
from uppsikt.web.savings.pages import key_words, labelled

_OWN = "own"
_EMPTY_ROWS = 3  # of a plan, to write on
_PARTS = 4  # rows of a year and an amount: a term of office
_DECIDE = "decide"


@dataclass(frozen=True)
class FormPage:
    """A form as opened, or as sent in and refused; `done` says that it is carried out."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    done: str = ""
    row: AssignmentRow | None = None


@dataclass(frozen=True)
class AdoptPage(FormPage):
    """The form of a new assignment; `parts` are its rows of a year and an amount."""

    parts: Sequence[tuple[str, str]] = (("", ""),) * _PARTS

    @property
    def kinds(self) -> Sequence[KeyKind]:
        """The keys to choose among."""
        return tuple(KeyKind)


@dataclass(frozen=True)
class SettlePage(FormPage):
    """The form that distributes a part, with what it would come to."""

    unit: str = ""
    key_words: str = ""
    parts: Sequence[tuple[Part, str]] = ()

    @property
    def remaining(self) -> str:
        """What remains, kronor."""
        return amount(self.row.remaining_ore, Unit.KR, with_unit=True) if self.row else ""

    @property
    def open_years(self) -> Sequence[tuple[str, str]]:
        """The budget years to take from, with what remains in each."""
        years = [self.row.in_year(year) for year in self.row.open_years] if self.row else []
        return [(str(own.year), amount(own.remaining_ore, Unit.KR, with_unit=True)) for own in years]

    @property
    def held(self) -> Sequence[tuple[str, str]]:
        """What was shown, to be decided as it is."""
        return [
            (name, self.values.get(name, ""))
            for name in ("amount", "year", "key_kind", "decision", "decided_on", "text")
        ]

    @property
    def parts_ore(self) -> int:
        """What the parts make."""
        return sum(part.amount_ore for part, _ in self.parts)


@dataclass(frozen=True)
class PlanPage(FormPage):
    """The form of the plan: rows as they stand, and some to write on."""

    rows: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class TakeBackPage(FormPage):
    """The form that takes a distribution, or what was brought along, back."""

    entry: LinkedEntry | None = None

    @property
    def amount_ore(self) -> int:
        """What it moved."""
        return abs(self.entry.held_ore) if self.entry else 0


@dataclass(frozen=True)
class BringPage(FormPage):
    """The form that brings what remains of a year to the next year's budget."""

    year: int = 0

    @property
    def next_year(self) -> int:
        """Where it goes."""
        return self.year + 1

    @property
    def remaining(self) -> str:
        """What is brought, kronor."""
        return amount(self.row.in_year(self.year).remaining_ore, Unit.KR, with_unit=True) if self.row else ""


def adopt_page(actor: Actor, form: Form | None) -> AdoptPage:
    """The form of a new assignment; sent in, the assignment is decided."""
    if not may_anywhere(actor, Verb.EDIT_BUDGET):
        raise NotAllowed(actor, Verb.EDIT_BUDGET)
    if form is None:
        return AdoptPage("", {"key_kind": KeyKind.BUDGET.value})
    facts = _facts(form)
    if form.findings:
        return _refused(form, form.findings)
    done = adopt_assignment(actor=actor, facts=facts, as_of=today())
    if done.is_refused:
        return _refused(form, done.findings)
    says = say("{title} är beslutat.", "{title} is decided.", title=facts.title)
    return AdoptPage(facts.key, done=says)


def _refused(form: Form, findings: Sequence[Finding]) -> AdoptPage:
    sent = list(zip(form.texts("year"), form.texts("amount"), strict=False))
    return AdoptPage("", form.values, findings, parts=(*sent, *[("", "")] * (_PARTS - len(sent))))


def _facts(form: Form) -> AssignmentFacts:
    title = form.text("title")
    return AssignmentFacts(
        key=slug(title)[:50].strip("-"),
        title=title,
        parts_ore=_parts(form),
        unit=form.text("unit"),
        account=form.text("account"),
        decision=form.text("decision"),
        decided_on=form.day("decided_on"),
        allocation=_allocation(form),
        about=form.text("about"),
    )


def _parts(form: Form) -> dict[int, int]:
    """Each year's part; the same year twice is one part, a year without an amount has none."""
    parts: dict[int, int] = {}
    for row, (year, written) in enumerate(zip(form.texts("year"), form.texts("amount"), strict=False), start=1):
        if written:
            number = whole_number(year)
            parts[number] = parts.get(number, 0) + form.read_amount(written, Place(line=row))
    if not parts:
        form.amount_ore("amount")  # says that none is written
    return parts


def _allocation(form: Form) -> AllocationKey:
    """Units with a space or comma between, a share after an equals sign: "4110 4120=3"."""
    text = form.text("key_kind")
    kind = KeyKind(text) if text in {kind.value for kind in KeyKind} else KeyKind.EQUAL
    told = [word.partition("=") for word in form.text("units").replace(",", " ").replace(";", " ").split()]
    weights = tuple(int(share) if share.isascii() and share.isdigit() else 0 for _, _, share in told)
    account = form.text("key_account") if kind is KeyKind.BUDGET else ""
    return AllocationKey(
        kind, tuple(unit for unit, _, _ in told), account, weights if kind is KeyKind.BY_HAND else ()
    )


def settle_page(actor: Actor, key: str, form: Form | None) -> SettlePage:
    """The form that distributes a part; sent in, its parts are shown; decided, they are journal entries."""
    row = _required(actor, key)
    if form is None:
        return _settling(row, {"key_kind": _OWN})
    amount_ore, decided_on = form.amount_ore("amount"), form.day("decided_on")
    if form.findings:
        return _settling(row, form.values, findings=form.findings)
    is_equal = form.text("key_kind") == KeyKind.EQUAL.value
    equal = AllocationKey(KeyKind.EQUAL, row.allocation.units, row.allocation.account) if is_equal else None
    is_decided = form.text("do") == _DECIDE
    done = settle_part(
        actor=actor,
        key=key,
        amount_ore=amount_ore,
        decision=form.text("decision"),
        decided_on=decided_on,
        text=form.text("text"),
        as_of=today(),
        year=form.number("year") or None,
        allocation=equal,
        dry_run=not is_decided,
    )
    return _settled(row, form, done, is_decided=is_decided)


def _settled(row: AssignmentRow, form: Form, done: SavingsChange, *, is_decided: bool) -> SettlePage:
    if not done.is_done:
        findings = done.findings if is_decided or done.is_refused else ()
        return _settling(row, form.values, done.parts, findings)
    shown = amount(sum(part.amount_ore for part in done.parts), Unit.KR, with_unit=True)
    return _settling(row, done=say("{amount} är utfördelade.", "{amount} is distributed.", amount=shown))


def _settling(
    row: AssignmentRow,
    values: Mapping[str, str] | None = None,
    parts: Sequence[Part] = (),
    findings: Sequence[Finding] = (),
    done: str = "",
) -> SettlePage:
    plan = code_plan()
    return SettlePage(
        row.key,
        values or {},
        findings,
        done,
        row,
        unit=labelled(plan, row.unit),
        key_words=key_words(row, plan),
        parts=[(part, labelled(plan, part.unit)) for part in parts],
    )


def plan_page(actor: Actor, key: str, form: Form | None) -> PlanPage:
    """The form of the plan; sent in, it is written anew."""
    row = _required(actor, key)
    if form is None:
        return PlanPage(key, row=row, rows=[*map(_plan_values, row.plan), *({},) * _EMPTY_ROWS])
    sent = [
        dict(zip(("unit", "amount", "due_on", "how"), cells, strict=True))
        for cells in zip(*(form.texts(name) for name in ("unit", "amount", "due_on", "how")), strict=False)
    ]
    written = [own for own in sent if any(own.values())]
    rows = [_plan_row(form, number, own) for number, own in enumerate(written, start=1)]
    refusals = form.findings or list(save_plan(actor=actor, key=key, rows=rows, as_of=today()).findings)
    if refusals:
        return PlanPage(key, findings=refusals, row=row, rows=[*written, *({},) * _EMPTY_ROWS])
    return PlanPage(key, done=say("Planen är sparad.", "The plan is saved."))


def _plan_values(row: PlanRow) -> Mapping[str, str]:
    shown = amount(row.amount_ore, Unit.KR)
    return {"unit": row.unit, "amount": shown, "due_on": row.due_on.isoformat(), "how": row.how}


def _plan_row(form: Form, number: int, own: Mapping[str, str]) -> PlanRow:
    place = Place(line=number)
    amount_ore, due_on = form.read_amount(own["amount"], place), form.read_day(own["due_on"], place)
    return PlanRow(own["unit"], amount_ore, due_on, own["how"], place)


def take_back_page(actor: Actor, key: str, entry: int, form: Form | None) -> TakeBackPage:
    """The form that takes a distribution back by a decision of its own."""
    row = _required(actor, key)
    faults = list(reversal_faults(row, entry))
    held = next(own for own in row.entries if own.id == entry)
    if faults:
        return TakeBackPage(key, findings=faults, row=row, entry=held)
    if form is None:
        text = say("Återtas: {text}", "Taken back: {text}", text=held.text)
        return TakeBackPage(key, {"text": text[:200]}, row=row, entry=held)
    decided_on = form.day("decided_on")
    refusals: Sequence[Finding] = form.findings
    if not refusals:
        done = take_back_part(
            actor=actor,
            key=key,
            entry=entry,
            decision=form.text("decision"),
            decided_on=decided_on,
            text=form.text("text"),
            as_of=today(),
        )
        refusals = done.findings if done.is_refused else ()
    if refusals:
        return TakeBackPage(key, form.values, refusals, row=row, entry=held)
    return TakeBackPage(key, done=say("Posten är återtagen.", "The entry is taken back."))


def bring_page(actor: Actor, key: str, year: int, form: Form | None) -> BringPage:
    """The form that brings what remains of a year along by a decision of its own."""
    row = _required(actor, key)
    if form is None:
        facts = {"title": row.title, "year": year}
        text = say("Återstår av {title} från {year}", "Remains of {title} from {year}", **facts)
        return BringPage(key, {"text": text[:200]}, row=row, year=year)
    decided_on = form.day("decided_on")
    refusals: Sequence[Finding] = form.findings
    if not refusals:
        decision, text = form.text("decision"), form.text("text")
        done = bring_along(
            actor=actor, key=key, year=year, decision=decision, decided_on=decided_on, text=text, as_of=today()
        )
        refusals = done.findings if not done.is_done else ()
    if refusals:
        return BringPage(key, form.values, refusals, row=row, year=year)
    return BringPage(key, done=say("Det som återstod står nu i nästa års budget.", "It is in the next budget now."))


def _required(actor: Actor, key: str) -> AssignmentRow:
    row, day = assignment(key), today()
    require(actor, Verb.EDIT_BUDGET, code_plan().path("unit", row.unit, day), day)
    return row
