"""What a statement page needs, read in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from uppsikt import relations
from uppsikt.adoption.reading import definitions_of, reading_of
from uppsikt.adoption.standing import Standing, standing_of
from uppsikt.audit.actors import Actor, NotAllowed, Verb, may
from uppsikt.coding.selectors import code_plan
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, found
from uppsikt.core.formats import Unit, long_date
from uppsikt.core.language import Text, say
from uppsikt.core.periods import BEGINNING, FOREVER, year_period
from uppsikt.figures.definitions import EachRow, StatementDefinition
from uppsikt.figures.labels import plain_title
from uppsikt.figures.model import Column, RowStyle, StatementResult
from uppsikt.planning.selectors import RoundRow
from uppsikt.web.actors import may_anywhere, own_units, sees_whole, today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import ROUND_MISSING
from uppsikt.web.organisation.options import Option, draft_options
from uppsikt.web.organisation.plans import require_drafting
from uppsikt.web.rounds import chosen_round
from uppsikt.web.scope import UnitOption, readable_units, reads_statement, require_statement, takes_unit
from uppsikt.web.statements.choices import Choice
from uppsikt.web.statements.sheets import Sheet, sheet_of

ABOUT = {
    "nettoredovisning": Text(
        "Nettokostnad per verksamhetsområde: utfall, bokslut, budget, prognos och avvikelse.",
        "Net cost per area: actuals, annual accounts, budget, forecast and deviation.",
    ),
    "driftredovisning": Text(
        "Intäkter och kostnader per nämnd mot budget och prognos.",
        "Income and cost per committee against budget and forecast.",
    ),
    "enheter": Text(
        "En enhets underliggande enheter, var för sig och tillsammans.",
        "The units below one unit, each and together.",
    ),
    "kontogrupper": Text(
        "En enhets intäkter och kostnader per kontogrupp.",
        "One unit's income and cost per account group.",
    ),
    "investeringar": Text(
        "Investeringsutgifter mot budget och prognos.",
        "Investment expenditure against budget and forecast.",
    ),
}

_ROWS_NAMED = 3


@dataclass(frozen=True, slots=True)
class StructureOption:
    """A day whose organisation the whole statement can be shown in."""

    day: date
    is_chosen: bool
    is_today: bool = False

    @property
    def value(self) -> str:
        """The day as it stands in the address."""
        return self.day.isoformat()

    @property
    def label(self) -> str:
        """What the reader calls it."""
        if self.is_today:
            return say("som den är i dag", "as it is today")
        return say("som den var {day}", "as it was on {day}", day=long_date(self.day))


@dataclass(frozen=True, slots=True)
class PathStep:
    """A unit above the one shown, with the address of its own table."""

    name: str
    query: str


@dataclass(frozen=True)
class StatementPage:
    """The statement page as a value."""

    choice: Choice
    round: RoundRow
    rounds: Sequence[RoundRow]
    sheet: Sheet
    result: StatementResult
    units: Sequence[UnitOption]
    unit_name: str
    unit_path: Sequence[PathStep]
    is_whole_offered: bool
    structures: Sequence[StructureOption]
    drafts: Sequence[Option] = ()
    standing: Standing | None = None

    @property
    def heading(self) -> str:
        """The title, with the unit's name where the title doesn't hold it already."""
        title = str(self.result.title)
        return title if not self.unit_name or self.unit_name in title else f"{title}: {self.unit_name}"

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Every column there is to choose."""
        return self.result.columns

    @property
    def presentations(self) -> tuple[Unit, ...]:
        """The units of presentation."""
        return tuple(Unit)

    @property
    def shown_in(self) -> str:
        """The unit the table is shown in."""
        return self.choice.view(self.result.view).unit.value

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the engine found on the way."""
        return self.result.findings


def round_asked(key: str) -> tuple[RoundRow, Sequence[RoundRow]]:
    """The round a page is about and all there are; `Absent` where there are none."""
    rounds = relations.rounds()
    row = chosen_round(rounds, key)
    if row is None:
        raise Absent(found(ROUND_MISSING))
    return row, rounds


def structure_days(plan: CodePlan, row: RoundRow) -> list[date]:
    """The days the organisation differs within the two years a statement speaks of, and the cut-off."""
    since, until = year_period(row.year - 1).start, year_period(row.year).end
    days = {day for day in plan.boundaries(["unit"]) if since <= day <= until and BEGINNING < day < FOREVER}
    return sorted(days | {row.cut_off, date(row.year, 1, 1)})


def structure_options(actor: Actor, plan: CodePlan, row: RoundRow, chosen: date | None) -> list[StructureOption]:
    """The days to choose: today first, then those on which something changes, and whatever day is chosen already.

    Whoever reads some units alone chooses the cut-off's structure or none: see `reads_structure`.
    """
    if not sees_whole(actor):
        return [StructureOption(row.cut_off, chosen == row.cut_off)]
    days = {*structure_days(plan, row), *([chosen] if chosen else [])} - {today()}
    return [
        StructureOption(today(), chosen == today(), is_today=True),
        *(StructureOption(day, day == chosen) for day in sorted(days)),
    ]


def drafted(actor: Actor, choice: Choice) -> Choice:
    """The choice with its draft in effect: asked for without a day it is of the draft's last; only for its makers."""
    if not choice.draft:
        return choice
    require_drafting(actor)
    return replace(choice, structure=relations.structure_day(choice.structure, choice.draft))


def steps_to(actor: Actor, plan: CodePlan, choice: Choice, on: date) -> list[PathStep]:
    """The units above the one chosen that the actor reads, top first."""
    path = plan.path("unit", choice.org_unit, on) if choice.org_unit else []
    above = [code for at, code in enumerate(path) if at and may(actor, Verb.READ, path[at:], today())]
    return [
        PathStep(plan.name("unit", code, on), choice.for_unit(choice.key, code).query()) for code in reversed(above)
    ]


def asked_of(
    actor: Actor, plan: CodePlan, own: StatementDefinition, choice: Choice, on: date
) -> tuple[Choice, list[UnitOption], bool]:
    """The choice with a unit where the statement needs one, the units to choose, and whether the whole is offered."""
    choice = choice.of(own)
    units = readable_units(actor, plan, on) if takes_unit(own) else []
    is_whole_offered = sees_whole(actor) and not own.needs_unit
    if units and not choice.org_unit and not is_whole_offered:
        choice = replace(choice, org_unit=units[0].code)
    return choice, units, is_whole_offered


def statement_page(actor: Actor, choice: Choice, row: RoundRow, rounds: Sequence[RoundRow]) -> StatementPage:
    """The page of one statement, of an adopted round as it was adopted; asks whether the actor may read it."""
    choice = drafted(actor, choice)
    standing = standing_of(row, choice.structure, choice.draft)
    with reading_of(row, choice.structure, choice.draft or None) as reading:
        plan, own = reading.engine.plan, reading.definition(choice.key)
        choice, units, is_whole_offered = asked_of(actor, plan, own, choice, row.cut_off)
        require_statement(actor, plan, own, choice.org_unit, row.cut_off, choice.structure)
        result = reading.statement(choice.key, choice.org_unit or None, choice.structure)
    return StatementPage(
        choice=choice,
        round=row,
        rounds=rounds,
        sheet=sheet_of(result, choice),
        result=result,
        units=units,
        unit_name=plan.name("unit", choice.org_unit, row.cut_off) if choice.org_unit else "",
        unit_path=steps_to(actor, plan, choice, row.cut_off),
        is_whole_offered=is_whole_offered,
        structures=structure_options(actor, code_plan(choice.draft or None), row, choice.structure),
        drafts=draft_options(actor, choice.draft),
        standing=standing,
    )


@dataclass(frozen=True, slots=True)
class StatementLink:
    """A statement in the list."""

    key: str
    title: str
    about: str
    query: str


@dataclass(frozen=True)
class IndexPage:
    """The list of statements."""

    round: RoundRow
    rounds: Sequence[RoundRow]
    links: Sequence[StatementLink]


def index_page(actor: Actor, round_key: str) -> IndexPage:
    """The statements the actor may read, of the whole municipality or of their own unit."""
    if not may_anywhere(actor, Verb.READ):
        raise NotAllowed(actor, Verb.READ)
    row, rounds = round_asked(round_key)
    plan, unit = code_plan(), next(iter(own_units(actor)), "")
    links = [
        StatementLink(key, str(plain_title(definition.title)), _about(definition), f"round={row.key}")
        for key, definition in definitions_of(row).items()
        if reads_statement(actor, plan, definition, "" if sees_whole(actor) else unit, row.cut_off)
    ]
    return IndexPage(row, rounds, links)


def _about(definition: StatementDefinition) -> str:
    """What a statement is about; one of the municipality's own names its first rows."""
    if definition.key in ABOUT:
        return str(ABOUT[definition.key])
    rows = [row for row in definition.rows if not isinstance(row, EachRow) and row.style is RowStyle.NORMAL]
    shown = ", ".join(str(plain_title(row.label)) for row in rows[:_ROWS_NAMED])
    if not shown:
        return say("Kommunens egen uppställning.", "The municipality's own statement.")
    more = say(" med mera", " and more") if len(rows) > _ROWS_NAMED else ""
    return say("Kommunens egen: {rows}{more}.", "The municipality's own: {rows}{more}.", rows=shown, more=more)
