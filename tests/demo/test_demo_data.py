"""The demonstration's files add up to the published table: read here by themselves, without the program."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "src/uppsikt/demo/orebro"
LEDGERS = ("orebro-2021.se", "orebro-2022-08.se")
DIMENSIONS = {"1": "unit", "6": "project", "20": "activity", "21": "object", "22": "counterparty", "23": "marker"}
TKR = 100_000  # öre
ROWS = ("10", "20", "30", "40")

# As printed in the published report, tkr, cost minus.
PRINTED = {
    "utfall 210831": (-200_408, 56_290, -28_231, -262_878),
    "utfall 220831": (-176_302, 38_402, -26_020, -289_521),
    "bokslut 2021": (-288_668, -2_146, -32_281, -459_981),
    "budget 2022": (-253_267, 32_100, -45_553, -473_655),
    "prognos 2022": (-248_986, 24_000, -38_966, -491_806),
    "avvikelse delår 1": (4_985, -8_100, 6_079, -23_003),
    "avvikelse delår 2": (4_281, -8_100, 6_587, -18_151),
}
PRINTED_TOTAL = {
    "utfall 210831": -435_227,
    "utfall 220831": -453_441,
    "bokslut 2021": -783_076,  # the rows' sum; the report prints -794 290, which is an outside fact
    "budget 2022": -740_375,
    "prognos 2022": -755_758,
    "avvikelse delår 1": -20_039,
    "avvikelse delår 2": -15_383,
}


class Transaction(NamedTuple):
    voucher: str
    day: date
    account: str
    codes: dict[str, str]
    ore: int
    text: str


def transactions(name: str) -> Iterator[Transaction]:
    """The #TRANS rows of a SIE file, by the simplest reading that does."""
    voucher, day, text = "", date.min, ""
    for line in (FOLDER / "ledger" / name).read_bytes().decode("cp437").splitlines():
        if line.startswith("#VER"):
            series, number, when, text = re.fullmatch(r'#VER (\w+) (\d+) (\d{8}) "(.*)"', line).groups()  # type: ignore[union-attr]
            voucher = f"{series} {number}"
            day = date(int(when[:4]), int(when[4:6]), int(when[6:]))
        elif line.startswith("#TRANS"):
            account, objects, amount = re.fullmatch(r"#TRANS (\d+) \{(.*)\} (-?\d+\.\d\d)", line).groups()  # type: ignore[union-attr]
            codes = {DIMENSIONS[number]: code for number, code in re.findall(r'(\d+) "([^"]+)"', objects)}
            yield Transaction(voucher, day, account, codes, int(amount.replace(".", "")), text)


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


@pytest.fixture(scope="module")
def ledger() -> list[Transaction]:
    return [row for name in LEDGERS for row in transactions(name)]


@pytest.fixture(scope="module")
def parents() -> dict[str, str]:
    return {row["code"]: row["parent"] for row in table("registers/unit.csv")}


def row_of(unit: str, parents: dict[str, str]) -> str:
    while unit and unit not in ROWS:
        unit = parents[unit]
    return unit


def is_net_cost(account: str) -> bool:
    return account[0] not in "12"


def sums(
    ledger: list[Transaction], key: Callable[[Transaction], str], wanted: Callable[[Transaction], bool]
) -> Counter[str]:
    totals: Counter[str] = Counter()
    for row in ledger:
        if wanted(row) and is_net_cost(row.account) and "unit" in row.codes:
            totals[key(row)] += row.ore
    return totals


def periods() -> dict[str, Callable[[Transaction], bool]]:
    return {
        "utfall 210831": lambda row: row.day.year == 2021 and row.day.month <= 8,
        "utfall 220831": lambda row: row.day.year == 2022 and row.day.month <= 8,
        "bokslut 2021": lambda row: row.day.year == 2021,
    }


@pytest.mark.parametrize("column", ["utfall 210831", "utfall 220831", "bokslut 2021"])
def test_actuals_come_out_as_printed_to_the_ore(
    column: str, ledger: list[Transaction], parents: dict[str, str]
) -> None:
    totals = sums(ledger, lambda row: row_of(row.codes["unit"], parents), periods()[column])
    assert tuple(-totals[row] for row in ROWS) == tuple(tkr * TKR for tkr in PRINTED[column])
    assert -sum(totals[row] for row in ROWS) == PRINTED_TOTAL[column] * TKR


def test_the_memo_row_is_settled_at_year_end_and_not_before(ledger: list[Transaction]) -> None:
    memo = {
        column: -sum(sums([r for r in ledger if r.codes.get("unit") in {"4310", "4410"}], str, wanted).values())
        for column, wanted in periods().items()
    }
    assert memo == {"utfall 210831": -278 * TKR, "utfall 220831": -17_150 * TKR, "bokslut 2021": 0}


def test_lower_cells_are_uneven_so_that_rounding_matters(ledger: list[Transaction]) -> None:
    by_unit = sums(ledger, lambda row: row.codes["unit"], periods()["utfall 220831"])
    assert sum(1 for ore in by_unit.values() if ore % TKR) > 20


def settled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Forecast 2 with the settlement: a unit that others finance comes to its budget, by its income."""
    financed = [rule["unit"] for rule in yaml.safe_load((FOLDER / "planning/settlements.yaml").read_text())["rules"]]
    budget = Counter[str]()
    for row in table("planning/budget-2022.csv"):
        if is_net_cost(row["account"]):
            budget[row["unit"]] += int(row["amount"])
    own = [
        {"unit": unit, "account": "3", "full_year": str(budget[unit] - handed_in(rows, unit))} for unit in financed
    ]
    return [*rows, *own]


def handed_in(rows: list[dict[str, str]], unit: str) -> int:
    return sum(int(row["full_year"]) for row in rows if row["unit"] == unit and is_net_cost(row["account"]))


def test_before_settlement_the_financed_units_deviate_as_the_prose_says() -> None:
    forecast = table("planning/forecast-delar2-2022.csv")
    extra = settled(forecast)[len(forecast) :]
    assert {row["unit"]: int(row["full_year"]) for row in extra} == {"4310": 3_400_000, "4410": 3_000_000}


def planned(rows: list[dict[str, str]], field: str, parents: dict[str, str], until: str = "9999") -> Counter[str]:
    totals: Counter[str] = Counter()
    for row in rows:
        if is_net_cost(row["account"]) and row.get("decided_on", "") <= until:
            totals[row_of(row["unit"], parents)] += int(row[field])
    return totals


def test_budget_forecasts_and_deviations_come_out_as_printed(parents: dict[str, str]) -> None:
    entries = table("planning/budget-2022.csv")
    budget = planned(entries, "amount", parents, "2022-08-31")
    earlier = planned(entries, "amount", parents, "2022-04-30")
    first = planned(table("planning/forecast-delar1-2022.csv"), "full_year", parents)
    second = planned(settled(table("planning/forecast-delar2-2022.csv")), "full_year", parents)
    columns = {
        "budget 2022": {row: -budget[row] for row in ROWS},
        "prognos 2022": {row: -second[row] for row in ROWS},
        "avvikelse delår 1": {row: earlier[row] - first[row] for row in ROWS},
        "avvikelse delår 2": {row: budget[row] - second[row] for row in ROWS},
    }
    for column, totals in columns.items():
        assert tuple(totals[row] for row in ROWS) == tuple(tkr * 1000 for tkr in PRINTED[column]), column
        assert sum(totals.values()) == PRINTED_TOTAL[column] * 1000
    assert earlier != budget


@pytest.mark.parametrize(
    ("units", "tkr"),
    [
        (("42",), -7_610),
        (("41",), 0),
        (("43",), 0),
        (("44",), -40),
        (("45",), -10_501),
        (("4520",), -11_200),
        (("4510",), 6_299),
        (("4530",), -5_600),
        (("3020",), 10_200),
        (("3010",), -3_613),
        (("1050",), -5_800),
        (("1040",), 2_000),
        (("1090",), -1_300),
        (("4290",), -1_200),
    ],
)
def test_deviations_that_the_prose_names_stand_on_their_units(units: tuple[str, ...], tkr: int) -> None:
    def total(rows: list[dict[str, str]], field: str) -> int:
        return sum(int(r[field]) for r in rows if r["unit"].startswith(units) and is_net_cost(r["account"]))

    budget = total(table("planning/budget-2022.csv"), "amount")
    assert budget - total(settled(table("planning/forecast-delar2-2022.csv")), "full_year") == tkr * 1000


def test_entries_that_move_money_balance_and_others_need_not() -> None:
    entries: Counter[tuple[str, str]] = Counter()
    for row in table("planning/budget-2022.csv"):
        entries[row["kind"], row["decision"]] += int(row["amount"])
    moving = {key: total for key, total in entries.items() if key[0] in {"transfer", "reorganisation"}}
    assert moving
    assert set(moving.values()) == {0}
    assert entries["supplementary", "Ks 1044/2022 (syntetisk)"] == 13_100_000


def test_every_decision_is_marked_synthetic_but_the_one_the_report_names() -> None:
    decisions = {row["decision"] for row in table("planning/budget-2022.csv")}
    assert {decision for decision in decisions if not decision.endswith("(syntetisk)")} == {"Ks 230/2019"}


def test_investments_are_budgeted_as_printed_and_nod_waits() -> None:
    budget = {(r["unit"], r["account"]): int(r["amount"]) for r in table("planning/budget-2022.csv") if r["project"]}
    forecast = {
        (r["unit"], r["account"]): int(r["full_year"])
        for r in table("planning/forecast-delar2-2022.csv")
        if not is_net_cost(r["account"])
    }
    nod = next(r for r in table("planning/budget-2022.csv") if r["project"] == "I101")
    assert sum(budget.values()) == 35_500_000
    assert forecast == {**budget, (nod["unit"], nod["account"]): 0}


def test_a_forecast_has_one_line_for_each_unit_and_account_that_has_money(ledger: list[Transaction]) -> None:
    rows = table("planning/forecast-delar2-2022.csv")
    keys = [(row["unit"], row["account"]) for row in rows]
    assert len(keys) == len(set(keys))
    nodes = {row["code"]: row["parent:reporting"] or row["code"] for row in table("registers/account.csv")}
    booked = {
        (row.codes["unit"], nodes[row.account]) for row in ledger if row.day.year == 2022 and "unit" in row.codes
    }
    budgeted = {(row["unit"], row["account"]) for row in table("planning/budget-2022.csv")}
    assert booked | budgeted <= set(keys)


def test_markers_and_grants_come_out_as_the_report_says(ledger: list[Transaction]) -> None:
    marked: Counter[str] = Counter()
    for row in ledger:
        if row.day.year == 2022 and "marker" in row.codes:
            marked[row.codes["marker"]] += row.ore
            marked[row.codes["marker"] + row.codes["unit"]] += row.ore
    assert marked["CORONA"] == 3_100 * TKR
    assert marked["CORONA1080"] == 1_600 * TKR
    assert marked["UKRAINA"] == 1_200 * TKR
    assert marked["UKRAINA4410"] > marked["UKRAINA"] // 2
    sick_pay = Counter[str]()
    for row in ledger:
        if row.day.year == 2022 and row.account == "3591":
            sick_pay[row.codes["unit"][:2] if row.codes["unit"][0] == "1" else "40"] -= row.ore
    assert sick_pay == {"40": 1_900 * TKR, "10": 100 * TKR}


@pytest.mark.parametrize("name", LEDGERS)
def test_each_voucher_balances_and_stands_once(name: str) -> None:
    balance: dict[str, int] = defaultdict(int)
    headers = re.findall(r"#VER (\w+ \d+) ", (FOLDER / "ledger" / name).read_bytes().decode("cp437"))
    for row in transactions(name):
        balance[row.voucher] += row.ore
    assert len(headers) == len(set(headers)) == len(balance) > 1_000
    assert set(balance.values()) == {0}


def test_balances_follow_from_the_vouchers() -> None:
    carried: dict[str, int] = {}
    for name in LEDGERS:
        text = (FOLDER / "ledger" / name).read_bytes().decode("cp437")
        moved: Counter[str] = Counter()
        for row in transactions(name):
            moved[row.account] += row.ore
        said = {
            (kind, account): int(amount.replace(".", ""))
            for kind, account, amount in re.findall(r"#(IB|UB|RES) 0 (\d+) (-?\d+\.\d\d)", text)
        }
        for (kind, account), ore in said.items():
            if kind == "UB":
                assert ore == said["IB", account] + moved[account]
            if kind == "RES":
                assert ore == moved[account]
        assert sum(ore for (kind, _), ore in said.items() if kind == "IB") == 0
        opening = {account: ore for (kind, account), ore in said.items() if kind == "IB"}
        for account, ore in carried.items():
            assert account == "2010" or opening[account] == ore
        carried = {account: ore for (kind, account), ore in said.items() if kind == "UB"}


def test_a_ledger_says_that_it_is_synthetic() -> None:
    for name in LEDGERS:
        text = (FOLDER / "ledger" / name).read_bytes().decode("cp437")
        assert '#FNAMN "Örebro kommun (syntetiska verifikationer)"' in text
        assert "#FORMAT PC8" in text
        assert "Syntetiska verifikationer" in text.split("#PROSA", 1)[1].splitlines()[0]
    assert sum((FOLDER / "ledger" / name).stat().st_size for name in LEDGERS) < 1_500_000


@pytest.mark.parametrize("dimension", ["account", *DIMENSIONS.values()])
def test_every_code_used_is_in_its_register_and_valid_then(dimension: str, ledger: list[Transaction]) -> None:
    rows = table(f"registers/{dimension}.csv")
    valid = {row["code"]: (row["valid_from"] or "0001-01-01", row["valid_to"] or "9999-12-31") for row in rows}
    assert len(valid) == len(rows)
    assert {row["parent"] for row in rows} - {""} <= set(valid)
    for row in ledger:
        code = row.account if dimension == "account" else row.codes.get(dimension)
        if code:
            start, end = valid[code]
            assert start <= row.day.replace(day=1).isoformat() < end, (code, row)
    for entry in table("planning/budget-2022.csv"):
        if code := entry[dimension]:
            month = entry["period"] if len(entry["period"]) == 6 else f"{entry['period']}01"
            start, end = valid[code]
            assert start <= f"{month[:4]}-{month[4:]}-01" < end, (code, entry)


def test_reorganised_units_have_nothing_before_july(ledger: list[Transaction]) -> None:
    first = min(row.day for row in ledger if row.codes.get("unit") in {"1090", "4290"})
    assert first >= date(2022, 7, 1)
    periods_of_new = {r["period"] for r in table("planning/budget-2022.csv") if r["unit"] in {"1090", "4290"}}
    assert periods_of_new == {str(period) for period in range(202207, 202213)}


def told_apart(ledger: list[Transaction], unit: str, dimension: str, code: str) -> dict[int, int]:
    """Net cost of a unit under one code, in tkr by month."""
    months: Counter[int] = Counter()
    for row in ledger:
        if row.codes.get("unit") == unit and code == (
            row.account if dimension == "account" else row.codes.get(dimension)
        ):
            months[row.day.year * 100 + row.day.month] += row.ore
    assert all(ore % TKR == 0 for ore in months.values())
    return {month: ore // TKR for month, ore in sorted(months.items())}


def test_what_moved_is_told_apart_by_a_code_of_its_own(ledger: list[Transaction]) -> None:
    year = range(202101, 202113)
    assert told_apart(ledger, "2010", "account", "3525") == dict.fromkeys(year, -2_000)
    assert told_apart(ledger, "4110", "activity", "263") == dict.fromkeys([*year, 202201, 202202], 100)
    council = told_apart(ledger, "3010", "activity", "101")
    assert sum(council[month] for month in year if month <= 202108) == 4_000
    assert council[202112] == 729 - 6_914
    assert told_apart(ledger, "3010", "activity", "110") == {202101: 4_300, 202112: -4_300}


def test_december_moves_the_councils_cost_to_its_own_accounts_and_makes_no_money(ledger: list[Transaction]) -> None:
    council = told_apart(ledger, "3010", "activity", "101")
    assert sum(council.values()) == 0
    own = told_apart(ledger, "8010", "activity", "101")
    parties = told_apart(ledger, "8020", "activity", "110")
    assert own[202112] + parties[202112] == 11_214
    assert min(own) == min(parties) == 202112


def test_the_closed_units_budget_for_the_autumn_is_to_the_krona_what_moves_out_of_it() -> None:
    autumn: Counter[tuple[str, str]] = Counter()
    for row in table("planning/budget-2022.csv"):
        if row["unit"] == "8500" and row["period"] >= "202207":
            autumn[row["period"], row["account"]] += int(row["amount"])
    assert len(autumn) == 6 * 5
    assert set(autumn.values()) == {0}


def test_the_reorganisations_decisions_are_synthetic_and_the_draft_has_none() -> None:
    decisions = {
        path.stem: {row["decision"] for row in table(f"reorganisations/{path.name}")} - {""}
        for path in (FOLDER / "reorganisations").glob("*.csv")
    }
    assert decisions.pop("ny-organisation-2023") == set()
    assert len(decisions) == 6
    assert all(len(own) == 1 and own.pop().endswith("(syntetisk)") for own in decisions.values())


def test_a_decision_on_budget_and_organisation_has_one_day() -> None:
    budget = {row["decision"]: row["decided_on"] for row in table("planning/budget-2022.csv")}
    shared = {
        row["decision"]: row["decided_on"]
        for path in (FOLDER / "reorganisations").glob("*.csv")
        for row in table(f"reorganisations/{path.name}")
        if row["decision"] in budget
    }
    assert len(shared) == 2
    assert shared == {decision: budget[decision] for decision in shared}


def test_there_are_seventeen_objects() -> None:
    assert len(table("registers/object.csv")) == 17


def test_the_generator_makes_these_very_files(tmp_path: Path) -> None:
    script = REPOSITORY / "tools/make_demo.py"
    code = f"import sys; sys.path.insert(0, {str(script.parent)!r}); import make_demo, pathlib; make_demo.make(pathlib.Path({str(tmp_path)!r}))"  # noqa: E501
    subprocess.run([sys.executable, "-c", code], check=True)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == 13
    for path in made:
        assert (tmp_path / path).read_bytes() == (FOLDER / path).read_bytes(), path
