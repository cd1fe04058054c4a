"""How a round is to be run: whether it makes sense, and the one that follows the last by itself. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.language import Text, say
from uppsikt.core.periods import MONTHS_EN, MONTHS_SV, Month
from uppsikt.planning.codes import text_faults
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.models import TEXT_LENGTH
from uppsikt.planning.rounds import RoundRow, round_faults
from uppsikt.planning.states import State
from uppsikt.rounds.findings import (
    DATES_OUT_OF_ORDER,
    NO_PARTICIPANTS,
    PARTICIPANT_NESTED,
    PARTICIPANT_NOT_VALID,
    QUESTIONS_ODD,
    THRESHOLD_ODD,
)
from uppsikt.rounds.values import QuestionRow, SetupDraft, SetupRow

FIRST_THRESHOLD_ORE = 50_000_000  # 500 000 kr: where nobody ever chose
FIRST_THRESHOLD_PERMILLE = 10
_FIRST_DISTANCES = (1, 14, 21, 45)  # days from the cut-off to the four steps, where nobody ever chose
_MONTHS_BETWEEN = {RoundKind.MONTH: 1, RoundKind.INTERIM: 4, RoundKind.YEAR_END: 4}
_WEEKEND = 5

_HAND_IN_FORECAST = Text("prognosen lämnas", "forecasts handed in")
_HAND_IN_RESULT = Text("bokslutet lämnas", "year-end handed in")
_OF_THE_RESULT = Text(
    "Vad förklarar årets resultat mot budget, och vad betyder det för nästa år?",
    "What explains the year's result against budget, and what does it mean for next year?",
)


def step_days(setup: SetupRow, deadline: date, *, is_year_end: bool) -> list[tuple[str, Text, date]]:
    """A round's steps in order: key, what the user calls it, its day."""
    return [
        ("open", Text("öppnas", "opens"), setup.opens_on),
        ("fill-in", _HAND_IN_RESULT if is_year_end else _HAND_IN_FORECAST, deadline),
        ("review", Text("granskas", "reviewed"), setup.review_by),
        ("adopt", Text("fastställs", "adopted"), setup.adopt_by),
    ]


def setup_faults(draft: SetupDraft, plan: CodePlan) -> Iterator[Finding]:
    """What is wrong with a round to be."""
    facts = (draft.key, draft.name.strip(), draft.kind.value, draft.year, draft.cut_off, draft.deadline)
    yield from round_faults(RoundRow(*facts, State.DRAFT), None)
    days = step_days(draft.setup, draft.deadline, is_year_end=draft.is_year_end)
    for (_, earlier, earlier_day), (_, later, later_day) in pairwise(days):
        if later_day < earlier_day:
            between = {"earlier": earlier, "earlier_day": earlier_day, "later": later, "later_day": later_day}
            yield found(DATES_OUT_OF_ORDER, **between)
    if draft.setup.threshold_ore < 0 or draft.setup.threshold_permille < 0:
        yield found(THRESHOLD_ODD)
    if not draft.participants:
        yield found(NO_PARTICIPANTS, round=draft.key)
    yield from _participant_faults(draft, plan)
    yield from _question_faults(draft.questions)


def _participant_faults(draft: SetupDraft, plan: CodePlan) -> Iterator[Finding]:
    units = dict.fromkeys(draft.participants)
    for unit in units:
        if plan.entry("unit", unit, draft.cut_off) is None:
            yield found(PARTICIPANT_NOT_VALID, unit=unit, day=draft.cut_off)
        for above in plan.path("unit", unit, draft.cut_off)[1:]:
            if above in units:
                yield found(PARTICIPANT_NESTED, unit=unit, above=above)


def _question_faults(asked: Sequence[QuestionRow]) -> Iterator[Finding]:
    numbers = [question.number for question in asked]
    odd = [fault for own in asked for fault in text_faults(own.text.strip(), "text", TEXT_LENGTH, Place())]
    if odd or numbers != list(range(1, len(numbers) + 1)):
        yield found(QUESTIONS_ODD, longest=TEXT_LENGTH)


def first_setup(cut_off: date) -> tuple[date, SetupRow]:
    """The units' deadline and the rest of a set-up, where nobody ever chose."""
    opens_on, deadline, review_by, adopt_by = (_workday(cut_off + timedelta(days)) for days in _FIRST_DISTANCES)
    return deadline, SetupRow(opens_on, review_by, adopt_by, FIRST_THRESHOLD_ORE, FIRST_THRESHOLD_PERMILLE)


def next_setup(last: SetupDraft, plan: CodePlan, taken: Collection[str]) -> SetupDraft:
    """The round after one: the next cut-off, the same days after it, whoever still exists and whoever opened since
    beside them. The same questions, unless one of the two is a year-end: the rest of the year is asked about no more.
    """
    cut_off = _months_on(last.cut_off, _MONTHS_BETWEEN[last.kind])
    kind = last.kind if last.kind is RoundKind.MONTH else _kind_at(cut_off)
    key, name = _called(kind, cut_off)
    own = last.setup

    def moved(day: date) -> date:
        return _workday(cut_off + (day - last.cut_off))

    draft = SetupDraft(
        key=next(free for free in (key, *(f"{key}-{n}" for n in range(2, 1000))) if free not in taken),
        name=name,
        kind=kind,
        year=cut_off.year,
        cut_off=cut_off,
        deadline=moved(last.deadline),
        previous_key=last.key,
        setup=replace(
            own,
            opens_on=moved(own.opens_on),
            review_by=moved(own.review_by),
            adopt_by=moved(own.adopt_by),
            report_key="",  # a report is one round's: its texts are frozen with it
        ),
        participants=_next_participants(last, plan, cut_off),
        questions=last.questions,
    )
    return draft if draft.is_year_end == last.is_year_end else replace(draft, questions=_first_questions(draft, last))


def _first_questions(draft: SetupDraft, last: SetupDraft) -> tuple[QuestionRow, ...]:
    # whoever asked nothing goes on asking nothing, and whoever asked of free will goes on so
    if not draft.is_year_end or not last.questions:
        return ()
    return (QuestionRow(1, str(_OF_THE_RESULT), any(asked.is_required for asked in last.questions)),)


def _next_participants(last: SetupDraft, plan: CodePlan, cut_off: date) -> tuple[str, ...]:
    stay = [unit for unit in last.participants if plan.entry("unit", unit, cut_off)]
    levels = {plan.parent("unit", unit, cut_off) for unit in stay}
    opened = {unit for unit in plan.codes("unit") if _opens(plan, unit, last.cut_off, cut_off)}

    def is_beside(unit: str) -> bool:
        above = plan.path("unit", unit, cut_off)[1:]
        level = next((code for code in above if code not in opened or code in levels), None)
        return level in levels and level is not None and not {*above} & {*stay}

    leaves = (unit for unit in sorted(opened - {*stay}) if not plan.children("unit", unit, cut_off))
    return (*stay, *(unit for unit in leaves if is_beside(unit)))


def _opens(plan: CodePlan, unit: str, after: date, until: date) -> bool:
    return plan.entry("unit", unit, until) is not None and plan.entry("unit", unit, after) is None


def _months_on(cut_off: date, count: int) -> date:
    month = Month.of(cut_off)
    for _ in range(count):
        month = month.next
    return month.last


def _kind_at(cut_off: date) -> RoundKind:
    return RoundKind.YEAR_END if cut_off.month == 12 else RoundKind.INTERIM


def _called(kind: RoundKind, cut_off: date) -> tuple[str, str]:
    year = cut_off.year
    if kind is RoundKind.YEAR_END:
        return f"bokslut-{year}", say("Bokslut {year}", "Year-end {year}", year=year)
    if kind is RoundKind.INTERIM:
        number = 1 if cut_off.month <= 6 else 2
        return f"delar{number}-{year}", say("Delår {n} {year}", "Interim {n} {year}", n=number, year=year)
    sv, en = MONTHS_SV[cut_off.month - 1], MONTHS_EN[cut_off.month - 1]
    return f"manad-{year}-{cut_off.month:02}", say(f"Uppföljning {sv} {year}", f"Follow-up {en} {year}")


def _workday(day: date) -> date:
    # a deadline on a Saturday or Sunday is in practice the Monday's
    return day + timedelta(7 - day.weekday()) if day.weekday() >= _WEEKEND else day
