"""Gives the engine its relations: the one place where registers, ledger and planning meet figures.

`figures` knows no database; `ledger` and `planning` know no statements. The doors ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from uppsikt.coding.selectors import code_plan, reorganisation
from uppsikt.core.codeplan import REPORTING, STANDARD, CodePlan
from uppsikt.core.findings import Finding, NotFound, Place, Severity, define, found
from uppsikt.core.hashes import hash_of
from uppsikt.core.net_cost import is_net_cost
from uppsikt.figures.actuals import ActualsByNode
from uppsikt.figures.addresses import Address, parse_address
from uppsikt.figures.bridge import BridgeResult
from uppsikt.figures.definitions import Scenario, StatementDefinition, load_definition, shipped
from uppsikt.figures.engine import Engine
from uppsikt.figures.flows import Flows
from uppsikt.figures.flows import flows as engine_flows
from uppsikt.figures.model import Figure, Parameters, Relations, RoundFacts, StatementResult, VoucherRow
from uppsikt.figures.structures import tree
from uppsikt.ledger.selectors import active_batches
from uppsikt.planning import selectors as planning
from uppsikt.planning.forecasts import Actuals
from uppsikt.planning.kinds import ForecastKind
from uppsikt.planning.relations import Origins, moved_by, write_postings
from uppsikt.planning.rounds import RoundRow
from uppsikt.reports.models import LocalStatement
from uppsikt.rounds.selectors import budget_since, budget_sums

NO_ROUND = define(
    "F090",
    Severity.ERROR,
    says_sv="Det finns ingen uppföljningsomgång {round}.",
    says_en="There is no follow-up round {round}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    round="delar3-2022",
    known="delar1-2022, delar2-2022",
)
NO_STATEMENT = define(
    "F091",
    Severity.ERROR,
    says_sv="Det finns ingen uppställning {statement}.",
    says_en="There is no statement {statement}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    statement="netto",
    known="nettoredovisning, enheter",
)
NO_FIGURE = define(
    "F092",
    Severity.ERROR,
    says_sv="Adressen {address} leder inte till någon siffra: {part} finns inte.",
    says_en="The address {address} leads to no figure: there is no {part}.",
    do_sv="Välj en av: {known}.",
    do_en="Choose one of: {known}.",
    address="nettoredovisning/nettokostnad/prgnos@delar2-2022",
    part="prgnos",
    known="budget, prognos, avvikelse",
)
NOT_AN_ADDRESS = define(
    "F093",
    Severity.ERROR,
    says_sv="{address} är ingen adress.",
    says_en="{address} is no address.",
    do_sv="Skriv uppställning/rad/kolumn@omgång, t.ex. nettoredovisning/nettokostnad/avvikelse@delar2-2022.",
    do_en="Write statement/row/column@round, e.g. nettoredovisning/nettokostnad/avvikelse@delar2-2022.",
    address="nettokostnad",
)
UNIT_NEEDED = define(
    "F094",
    Severity.ERROR,
    says_sv="Uppställningen {statement} gäller en enhet och ingen är vald.",
    says_en="The statement {statement} is for a unit and none is chosen.",
    do_sv="Ange en enhet, t.ex. {example}.",
    do_en="Name a unit, e.g. {example}.",
    statement="enheter",
    example="40",
)
NO_UNIT = define(
    "F095",
    Severity.ERROR,
    says_sv="Det finns ingen enhet {unit}.",
    says_en="There is no unit {unit}.",
    do_sv="Ange en kod som står i registret över enheter.",
    do_en="Give a code that stands in the register of units.",
    unit="4711",
)


FILE_GONE = define(
    "F096",
    Severity.ERROR,
    says_sv="Huvudbokens fil {file} saknas på disken, så ingen siffra kan visas.",
    says_en="The ledger's file {file} is gone from the disk, so no figure can be shown.",
    do_sv="Återläs säkerhetskopian; uppsikt verify säger vad mer som saknas.",
    do_en="Restore the backup; uppsikt verify says what else is missing.",
    file="postings.parquet",
)

_ACTUALS_KEPT = 8  # years and cut-offs in one process: a round asks for two

__all__ = ["FigureDesk", "NotFound", "figure_at", "figure_desk", "open_engine", "statement", "vouchers_at"]


def relations(draft: str | None = None) -> Relations:
    """The files and the code plan as they stand; budget and forecasts are written out where they changed.

    With `draft` the code plan as it would be, were that reorganisation adopted; raises `NotFound`.
    """
    batches = active_batches()  # asked once: files, names and identity must be of the same batches
    plan_files = write_postings(Path(settings.HOME) / "plan")
    plan = code_plan(draft)
    origins = {batch.content_hash: batch.file_name for batch in batches}
    entries = planning.budget_entries()
    identity = [plan.content_hash, sorted(origins), sorted(path.name for path in plan_files)]
    actual_files = tuple(batch.posting_file for batch in batches)
    for batch in batches:
        if not batch.posting_file.is_file():
            raise NotFound(found(FILE_GONE, Place(batch.file_name), file=batch.posting_file.name))
    names = Origins(entries, origins)
    return Relations(actual_files, plan_files, plan, names, hash_of(identity), moved_by(entries))


@contextmanager
def open_engine(draft: str | None = None) -> Iterator[Engine]:
    """An engine over what is held now, with a draft reorganisation's events where one is named; closed after."""
    with Engine(relations(draft)) as engine:
        yield engine


def rounds() -> list[RoundRow]:
    """All rounds, the latest cut-off first."""
    return list(reversed(planning.rounds()))


def round_facts(key: str) -> RoundFacts:
    """A round and the ones before it, as statements need them; raises `NotFound`."""
    by_key = {row.key: row for row in planning.rounds()}
    if key not in by_key:
        raise NotFound(found(NO_ROUND, round=key, known=", ".join(by_key)))
    return _facts(by_key[key], by_key)


def _facts(row: RoundRow, by_key: Mapping[str, RoundRow]) -> RoundFacts:
    before = by_key.get(row.previous_key or "")
    return RoundFacts(row.key, row.name, row.year, row.cut_off, _facts(before, by_key) if before else None)


def definitions() -> dict[str, StatementDefinition]:
    """All statements by key: local ones (rows in the database) stand before shipped ones."""
    known = dict(shipped())
    for local in LocalStatement.objects.all():
        definition, _ = load_definition(local.content, local.key)
        if definition:
            known[local.key] = definition
    return known


def definition(key: str) -> StatementDefinition:
    """One statement's definition; raises `NotFound`."""
    known = definitions()
    if key not in known:
        raise NotFound(found(NO_STATEMENT, statement=key, known=", ".join(sorted(known))))
    return known[key]


def parameters(
    own: StatementDefinition,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> Parameters:
    """The circumstances of a question, checked; raises `NotFound` for unknown rounds, units and drafts."""
    facts = round_facts(round_key)
    if own.needs_unit and not unit:
        example = next(iter(code_plan(draft).children("unit", None, facts.cut_off)), "")
        raise NotFound(found(UNIT_NEEDED, statement=own.key, example=example))
    if unit and not code_plan(draft).knows("unit", unit):
        raise NotFound(found(NO_UNIT, unit=unit))
    return Parameters(facts, unit, structure_date)


def structure_day(asked: date | None, draft: str | None) -> date | None:
    """The day whose structure to show: with a draft and no day asked for the draft's last; None is as it was.

    As it was, a draft has nothing to show: no money has stood on what it opens. Raises `NotFound`.
    """
    days = reorganisation(draft).days if draft and not asked else ()
    return days[-1] if days else asked


def statement(
    key: str,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> StatementResult:
    """A whole statement; raises `NotFound`.

    With `structure_date` as of that day, else as it was; with `draft` as that reorganisation would have it.
    """
    own = definition(key)
    with open_engine(draft) as engine:
        return engine.statement(own, parameters(own, round_key, unit, structure_date, draft))


def bridge(
    key: str,
    round_key: str,
    unit: str | None = None,
    structure_date: date | None = None,
    draft: str | None = None,
) -> BridgeResult:
    """A statement's bridge from as it was to as of a day (the cut-off where none is given); raises `NotFound`."""
    own = definition(key)
    with open_engine(draft) as engine:
        return engine.bridge(own, parameters(own, round_key, unit, structure_date, draft))


def flows(
    round_key: str,
    dimension: str = "unit",
    *,
    scenario: Scenario = Scenario.ACTUAL,
    years_back: int = 0,
    level: int = 0,
    structure_date: date | None = None,
    draft: str | None = None,
) -> Flows:
    """Where the net cost of a round's year stands as of a day (the cut-off where none is given); raises `NotFound`.

    With `level` summed under the nodes of that level of each tree, else by code (`figures.flows`).
    """
    circumstances = Parameters(round_facts(round_key), structure_date=structure_date)
    with open_engine(draft) as engine:
        return engine_flows(engine, circumstances, dimension, scenario=scenario, years_back=years_back, level=level)


def figure_at(address: str, structure_date: date | None = None, draft: str | None = None) -> Figure:
    """The figure at an address, with its lineage; raises `NotFound`. Structure and draft as in `statement`."""
    return _at(
        address,
        lambda engine, own, circumstances, place: engine.figure(own, circumstances, place.row, place.column),
        structure_date,
        draft,
    )


def vouchers_at(
    address: str, *, limit: int, offset: int = 0, structure_date: date | None = None, draft: str | None = None
) -> list[VoucherRow]:
    """The postings under the figure at an address; raises `NotFound`. Structure and draft as in `statement`."""
    return _at(
        address,
        lambda engine, own, circumstances, place: engine.vouchers(
            own, circumstances, place.row, place.column, limit=limit, offset=offset
        ),
        structure_date,
        draft,
    )


_T = TypeVar("_T")


def _at(
    address: str,
    ask: Callable[[Engine, StatementDefinition, Parameters, Address], _T],
    structure_date: date | None,
    draft: str | None,
) -> _T:
    place = parse_address(address)
    if place is None:
        raise NotFound(found(NOT_AN_ADDRESS, address=address))
    own = definition(place.statement)
    circumstances = parameters(own, place.round or _latest_round(), place.unit, structure_date, draft)
    with open_engine(draft) as engine:
        try:
            return ask(engine, own, circumstances, place)
        except KeyError:
            raise NotFound(_missing_part(address, place, engine.statement(own, circumstances))) from None


def _latest_round() -> str:
    known = rounds()
    if not known:
        raise NotFound(found(NO_ROUND, round="", known=""))
    return known[0].key


def _missing_part(address: str, place: Address, result: StatementResult) -> Finding:
    rows = [row.key for row in result.rows]
    columns = [column.key for column in result.columns]
    if place.row not in rows:
        return found(NO_FIGURE, address=address, part=place.row, known=", ".join(rows))
    return found(NO_FIGURE, address=address, part=place.column, known=", ".join(columns))


def actuals_of_round(row: RoundRow) -> Actuals:
    """Actuals of the round's year to its cut-off, per unit and account (every node above it too), by month."""
    return actuals_until(row.cut_off)


def actuals_until(day: date) -> Actuals:
    """Actuals of a day's year up to that day, as `actuals_of_round`."""
    return _actuals(code_plan(), day)[0]


def _actuals(plan: CodePlan, *days: date) -> list[Actuals]:
    # asked for by everybody who types on a round's last day: kept while neither ledger nor code plan changes
    files = tuple(own.posting_file for own in active_batches())
    return [_kept_actuals(files, _ByHash(plan), day) for day in days]


@dataclass(frozen=True, eq=False)
class _ByHash:
    # a code plan as part of a cache's key: equal where its content is
    plan: CodePlan

    def __hash__(self) -> int:
        return hash(self.plan.content_hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByHash) and other.plan.content_hash == self.plan.content_hash


@lru_cache(maxsize=_ACTUALS_KEPT)
def _kept_actuals(files: tuple[Path, ...], plan: _ByHash, day: date) -> Actuals:
    for file in files:
        if not file.is_file():
            raise NotFound(found(FILE_GONE, Place(file.parent.name), file=file.name))
    with Engine(Relations(files, (), plan.plan)) as engine:
        return engine.actuals_by_unit_account(day.year, day)


def budget_of_unit(row: RoundRow, unit: str) -> Actuals:
    """The budget of a round's year, decided by its cut-off, of a unit and those under it: as `actuals_of_round`."""
    plan = code_plan()
    return _budget(plan, row, _below(plan, row, unit))


def budget_of_round(row: RoundRow) -> Actuals:
    """The same of every unit."""
    return _budget(code_plan(), row, None)


def _budget(plan: CodePlan, row: RoundRow, units: Collection[str] | None) -> Actuals:
    return ActualsByNode(budget_sums(row.year, row.cut_off, units), plan, row.cut_off, REPORTING)


def budget_decided_since(row: RoundRow, unit: str) -> int | None:
    """What the net cost's budget changed by decisions after a round's cut-off, of a unit and those under it, in öre.

    The round doesn't count it. Nought where money was only moved within; None where nothing was decided.
    """
    plan = code_plan()
    return _since(plan, row, _below(plan, row, unit))


def _since(plan: CodePlan, row: RoundRow, units: Collection[str]) -> int | None:
    later = budget_since(row.year, row.cut_off, units)
    own = [ore for account, ore in later.items() if is_net_cost(plan, account, row.cut_off)]
    return sum(own) if own else None


def _below(plan: CodePlan, row: RoundRow, unit: str) -> Collection[str]:
    return tree(plan, "unit", STANDARD, row.cut_off).below(unit)


@dataclass(frozen=True, slots=True)
class UnitYears:
    """What a unit's forecast stands beside, each as `actuals_of_round`.

    `previous` is the forecast of the round before with what was laid over it, the whole year in its last month.
    `budget` is as decided by the cut-off, and `since_ore` what was decided after it (`budget_decided_since`).
    """

    last_year: Actuals
    actual: Actuals
    budget: Actuals
    previous: Actuals
    since_ore: int | None


def unit_years(row: RoundRow, unit: str) -> UnitYears:
    """Last year, this year to the cut-off, budget and the last forecast of a unit; raises `NotFound`."""
    plan = code_plan()
    if not plan.knows("unit", unit):
        raise NotFound(found(NO_UNIT, unit=unit))
    last_year, actual = _actuals(plan, date(row.year - 1, 12, 31), row.cut_off)
    units = _below(plan, row, unit)
    budget, previous = _budget(plan, row, units), _previous(plan, row, units)
    return UnitYears(last_year, actual, budget, previous, _since(plan, row, units))


def _previous(plan: CodePlan, row: RoundRow, units: Collection[str]) -> Actuals:
    if not row.previous_key:
        return {}
    counted = [kind for kind in ForecastKind if kind is not ForecastKind.SUGGESTION]
    sums = planning.forecast_sums(row.previous_key, units, counted)
    last = row.year * 100 + 12
    return ActualsByNode(((own, account, last, ore) for own, account, ore in sums), plan, row.cut_off, REPORTING)


Reads = Callable[[StatementDefinition, Parameters], Finding | None]


class FigureDesk:
    """What reports ask: statements, figures and rounds over one engine, so that all figures are of one moment."""

    def __init__(self, engine: Engine, reads: Reads | None = None) -> None:
        self._engine = engine
        self._definitions = definitions()
        self._reads = reads

    @property
    def content_hash(self) -> str:
        """Identity of the data, and of the statements that read it."""
        return self._engine.relations.content_hash

    def round_facts(self, key: str) -> RoundFacts:
        """The round with its cut-off; raises `NotFound`."""
        return round_facts(key)

    def statement(self, key: str, unit: str | None, round_key: str) -> StatementResult:
        """A whole table, from one query; raises `NotFound`."""
        own = self._definition(key)
        circumstances = self._parameters(own, round_key, unit)
        return self._engine.statement(own, circumstances)

    def figure(self, address: str) -> Figure:
        """One figure with its lineage; raises `LookupError` where there is none."""
        return self.figures([address])[0]

    def figures(self, addresses: Sequence[str]) -> list[Figure]:
        """Many figures with their lineage, in order: one question for each statement they stand in."""
        asked: dict[tuple[str, str | None, str], list[tuple[str, tuple[str, str]]]] = defaultdict(list)
        for address in addresses:
            place = self._place(address)
            asked[place.statement, place.unit, place.round or ""].append((address, (place.row, place.column)))
        by_address: dict[str, Figure] = {}
        for (key, unit, round_key), wanted in asked.items():
            own = self._definition(key)
            places = [place for _, place in wanted]
            figures = self._engine.figures(own, self._parameters(own, round_key, unit), places)
            by_address.update(zip((address for address, _ in wanted), figures, strict=True))
        return [by_address[address] for address in addresses]

    def _parameters(self, own: StatementDefinition, round_key: str, unit: str | None) -> Parameters:
        circumstances = parameters(own, round_key, unit)
        if self._reads and (finding := self._reads(own, circumstances)):
            raise NotFound(finding)
        return circumstances

    def _place(self, address: str) -> Address:
        place = parse_address(address)
        if place is None or place.round is None:
            raise NotFound(found(NOT_AN_ADDRESS, address=address))
        return place

    def _definition(self, key: str) -> StatementDefinition:
        if key not in self._definitions:
            raise NotFound(found(NO_STATEMENT, statement=key, known=", ".join(sorted(self._definitions))))
        return self._definitions[key]


@contextmanager
def figure_desk(reads: Reads | None = None) -> Iterator[FigureDesk]:
    """A desk over what is held now; closed after the block. `reads` says why a statement may not be read, if so."""
    with open_engine() as engine:
        yield FigureDesk(engine, reads)
