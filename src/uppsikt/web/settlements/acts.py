"""What is done with carried-over results and settlements from their pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from uppsikt.audit.actors import Actor, NotAllowed, Verb
from uppsikt.core.findings import Finding
from uppsikt.core.language import say
from uppsikt.core.periods import FOREVER
from uppsikt.core.tables import date_from_text
from uppsikt.figures.addresses import slug
from uppsikt.settlements.selectors import period, rule
from uppsikt.settlements.services import Written, add_rule, decide_result, end_rule, open_period, settle, take_back
from uppsikt.settlements.values import Basis, Financier, PeriodRow, RuleRow
from uppsikt.web.actors import may_anywhere, today
from uppsikt.web.acts import Act
from uppsikt.web.savings.forms import Form

_FINANCIERS = range(1, 4)  # rows of the form


@dataclass(frozen=True)
class FormPage:
    """A form as opened, or as sent in and refused; `done` says that it is carried out."""

    values: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    done: str = ""
    url: str = ""
    period: PeriodRow | None = None
    rule: RuleRow | None = None

    @property
    def bases(self) -> Sequence[Basis]:
        """What a settlement can bring to zero."""
        return tuple(Basis)

    @property
    def financiers(self) -> Sequence[tuple[int, Mapping[str, str]]]:
        """The form's rows of financiers."""
        names = ("financier", "account", "weight")
        return [(no, {name: self.values.get(f"{name}-{no}", "") for name in names}) for no in _FINANCIERS]


@dataclass(frozen=True)
class RoundAct(Act):
    """What came of a button on a round's settlements."""

    round_key: str = ""


def _act(round_key: str, findings: Sequence[Finding], says: str) -> RoundAct:
    return RoundAct(findings, says, f"{reverse('settlement')}?round={round_key}", round_key)


def settled(actor: Actor, round_key: str) -> RoundAct:
    """Settle a round."""
    done = settle(actor=actor, round_key=round_key, as_of=today())
    posted = say("Regleringen är bokförd i prognosen.", "The settlement is posted in the forecast.")
    same = say("Regleringen stod redan som den ska.", "The settlement stood as it should already.")
    return _act(round_key, done.findings, posted if done.changed else same)


def taken_back(actor: Actor, round_key: str) -> RoundAct:
    """Take a round's settlements back."""
    done = take_back(actor=actor, round_key=round_key, as_of=today())
    return _act(round_key, done.findings, say("Regleringen är återtagen.", "The settlement is taken back."))


def period_page(actor: Actor, form: Form | None) -> FormPage:
    """The form of a multi-year period."""
    _offered(actor)
    if form is None:
        return FormPage()
    first, last = form.number("first_year"), form.number("last_year")
    units = dict.fromkeys(form.text("units").replace(",", " ").split(), form.text("account"))
    done = open_period(
        actor=actor,
        key=f"{first}-{last}" if form.text("name") else "",
        name=form.text("name"),
        first_year=first,
        last_year=last,
        units=units,
        as_of=today(),
    )
    return _answer(form, done, say("Perioden är öppnad.", "The period is opened."), reverse("carry-over"))


def result_page(actor: Actor, key: str, form: Form | None) -> FormPage:
    """The form of a decided result."""
    _offered(actor)
    own = period(key)
    if form is None:
        return FormPage({"unit": next(iter(own.units), "")}, period=own)
    result_ore, decided_on = form.amount_ore("result"), form.day("decided_on")
    if form.findings:
        return FormPage(form.values, form.findings, period=own)
    done = decide_result(
        actor=actor,
        key=key,
        unit=form.text("unit"),
        year=form.number("year"),
        result_ore=result_ore,
        decision=form.text("decision"),
        decided_on=decided_on,
        text=form.text("text"),
        as_of=today(),
    )
    says = say("Resultatet är beslutat.", "The result is decided.")
    return _answer(form, done, says, reverse("carry-over"), own)


def rule_page(actor: Actor, form: Form | None) -> FormPage:
    """The form of a settlement rule."""
    _offered(actor)
    if form is None:
        return FormPage({"basis": Basis.DEVIATION.value})
    valid_from = form.day("valid_from")
    if form.findings:
        return FormPage(form.values, form.findings)
    done = add_rule(actor=actor, facts=_rule(form, valid_from), as_of=today())
    return _answer(form, done, say("Regeln är beslutad.", "The rule is decided."), reverse("settlement"))


def _rule(form: Form, valid_from: date) -> RuleRow:
    basis = form.text("basis")
    return RuleRow(
        key=slug(form.text("title"))[:50].strip("-"),
        title=form.text("title"),
        unit=form.text("unit"),
        account=form.text("account"),
        basis=Basis(basis) if basis in set(Basis) else Basis.DEVIATION,
        decision=form.text("decision"),
        financiers=tuple(_financier(form, no) for no in _FINANCIERS if form.text(f"financier-{no}")),
        valid_from=valid_from,
        valid_to=date_from_text(form.text("valid_to")) or FOREVER,
    )


def _financier(form: Form, number: int) -> Financier:
    """A unit where an account for its cost is given, else a counterparty."""
    code, account = form.text(f"financier-{number}"), form.text(f"account-{number}")
    weight = form.number(f"weight-{number}")
    return Financier(weight, code, account) if account else Financier(weight, counterparty=code)


def end_page(actor: Actor, key: str, form: Form | None) -> FormPage:
    """The form that lets a rule end."""
    _offered(actor)
    held = rule(key)
    if form is None:
        return FormPage(rule=held)
    valid_to = form.day("valid_to")
    if form.findings:
        return FormPage(form.values, form.findings, rule=held)
    done = end_rule(actor=actor, key=key, valid_to=valid_to, as_of=today())
    return _answer(form, done, say("Regeln upphör.", "The rule ends."), reverse("settlement"), held=held)


def _offered(actor: Actor) -> None:
    if not may_anywhere(actor, Verb.EDIT_BUDGET):
        raise NotAllowed(actor, Verb.EDIT_BUDGET)


def _answer(
    form: Form, done: Written, says: str, url: str, own: PeriodRow | None = None, held: RuleRow | None = None
) -> FormPage:
    if done.is_refused:
        return FormPage(form.values, done.findings, period=own, rule=held)
    return FormPage(done=says, url=url)
