"""The form of a round's set-up: as the reader wrote it, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import number
from uppsikt.core.language import Text
from uppsikt.core.money import kronor
from uppsikt.core.tables import date_from_text
from uppsikt.planning.kinds import RoundKind
from uppsikt.rounds.values import QuestionRow, SetupDraft, SetupRow
from uppsikt.web.amounts import NotMoney, ore_written
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN
from uppsikt.web.rounds_pages.findings import AMOUNT_ODD, DAY_ODD, SHARE_ODD

_SPARE_QUESTIONS = 2
_DAYS = ("cut_off", "opens_on", "deadline", "review_by", "adopt_by")
_KIND = Text("Slag", "Kind")


@dataclass(frozen=True, slots=True)
class QuestionField:
    """A question as written."""

    text: str = ""
    is_required: bool = True


@dataclass(frozen=True)
class SetupForm:
    """A set-up as written: days and amounts are the texts of their fields."""

    key: str
    name: str
    kind: str
    previous_key: str
    days: dict[str, str]
    threshold: str
    share: str  # per cent
    report_key: str
    participants: frozenset[str] = frozenset()
    questions: Sequence[QuestionField] = field(default_factory=tuple)

    @property
    def lines(self) -> list[QuestionField]:
        """The questions, and room for some more."""
        return [*self.questions, *(QuestionField() for _ in range(_SPARE_QUESTIONS))]


def form_of(draft: SetupDraft) -> SetupForm:
    """The form of a set-up that stands or is proposed."""
    own = draft.setup
    values = (draft.cut_off, own.opens_on, draft.deadline, own.review_by, own.adopt_by)
    return SetupForm(
        key=draft.key,
        name=draft.name,
        kind=draft.kind.value,
        previous_key=draft.previous_key or "",
        days={name: day.isoformat() for name, day in zip(_DAYS, values, strict=True)},
        threshold=number(kronor(own.threshold_ore).normalize()),
        share=number((Decimal(own.threshold_permille) / 10).normalize()),
        report_key=own.report_key,
        participants=frozenset(draft.participants),
        questions=[QuestionField(asked.text, asked.is_required) for asked in draft.questions],
    )


def posted_form(posted: QueryDict) -> SetupForm:
    """The form as it was sent in."""

    def cell(name: str) -> str:
        return posted.get(name, "").strip()

    required = set(posted.getlist("required"))
    texts = [" ".join(text.split()) for text in posted.getlist("question")]
    return SetupForm(
        key=cell("key"),
        name=cell("name"),
        kind=cell("kind"),
        previous_key=cell("previous"),
        days={name: cell(name) for name in _DAYS},
        threshold=cell("threshold"),
        share=cell("share"),
        report_key=cell("report"),
        participants=frozenset(posted.getlist("unit")),
        questions=[QuestionField(text, str(at) in required) for at, text in enumerate(texts) if text],
    )


def draft_from(form: SetupForm) -> tuple[SetupDraft | None, list[Finding]]:
    """What a form comes to; with findings nothing. Whether it makes sense the service says."""
    findings: list[Finding] = []
    days = {name: _day(text, findings) for name, text in form.days.items()}
    threshold_ore = _ore(form.threshold, findings)
    permille = _permille(form.share, findings)
    if form.kind not in {kind.value for kind in RoundKind}:
        raise Absent(found(CHOICE_UNKNOWN, name=_KIND, value=form.kind))
    if findings:
        return None, findings
    known = {name: day for name, day in days.items() if day}
    questions = tuple(_questions(form))
    return SetupDraft(
        key=form.key,
        name=form.name,
        kind=RoundKind(form.kind),
        year=known["cut_off"].year,
        cut_off=known["cut_off"],
        deadline=known["deadline"],
        previous_key=form.previous_key or None,
        setup=SetupRow(
            known["opens_on"], known["review_by"], known["adopt_by"], threshold_ore, permille, form.report_key
        ),
        participants=tuple(sorted(form.participants)),
        questions=questions,
    ), []


def _questions(form: SetupForm) -> Iterator[QuestionRow]:
    for at, asked in enumerate(form.questions, start=1):
        yield QuestionRow(at, asked.text, asked.is_required)


def _day(text: str, findings: list[Finding]) -> date | None:
    day = date_from_text(text)
    if day is None:
        findings.append(found(DAY_ODD, value=text))
    return day


def _ore(text: str, findings: list[Finding]) -> int:
    try:
        return ore_written(text or "0")
    except NotMoney:
        findings.append(found(AMOUNT_ODD, value=text))
        return 0


def _permille(text: str, findings: list[Finding]) -> int:
    try:
        permille = Decimal(text.replace("%", "").replace(",", ".").strip() or "0") * 10
    except InvalidOperation:
        permille = Decimal("0.5")
    if permille != permille.to_integral_value() or abs(permille) > 1_000_000:
        findings.append(found(SHARE_ODD, value=text))
        return 0
    return int(permille)
