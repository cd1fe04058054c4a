"""From the plan's tkr to postings: months, accounts, codes. Deterministic; every sum is kept to the öre."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import demo_plan

TKR = 100_000  # öre

SEASONS = {
    "3": (70, 90, 110, 95, 95, 120, 60, 80, 95, 105, 110, 190),
    "4": (80, 90, 100, 100, 110, 120, 50, 80, 100, 110, 120, 200),
    "5": (100, 99, 101, 102, 102, 103, 95, 97, 101, 102, 102, 112),
    "6A": (100,) * 12,
    "6": (80, 95, 105, 100, 100, 100, 60, 90, 100, 105, 110, 150),
    "7": (70, 90, 105, 100, 105, 110, 55, 85, 100, 110, 115, 170),
}
FLAT = (100,) * 12
OWN_SEASONS = {
    ("1050", "7"): (620, 90, 60, 60, 50, 60, 30, 40, 80, 90, 90, 120),
    ("1098", "4"): (260, 100, 60, 150, 60, 60, 100, 60, 100, 150, 60, 120),
    ("2010", "4"): (10, 10, 60, 20, 20, 120, 10, 30, 40, 60, 80, 600),
    ("4310", "3"): FLAT,
    ("4410", "3"): FLAT,
}
FIRST_MONTH = {("4530", 2021): 5, ("1090", 2022): 7, ("4290", 2022): 7}
LAST_MONTH = {("8500", 2022): 6}

ACCOUNT_WEIGHTS: dict[str, dict[str, int]] = {
    "3": {"3910": 60, "3010": 25, "3990": 15},
    "4": {"4510": 60, "4620": 40},
    "5": {"5010": 610, "5020": 14, "5110": 58, "5120": 11, "5510": 4, "5610": 215, "5710": 88},
    "6A": {"6010": 90, "6020": 10},
    "6": {"6310": 25, "6410": 20, "6420": 15, "6450": 15, "6510": 10, "6810": 10, "6110": 5},
    "7": {"7410": 35, "7610": 20, "7210": 10, "7010": 10, "7110": 5, "7690": 20},
}
OWN_ACCOUNTS: dict[tuple[str, str], dict[str, int]] = {
    ("1010", "3"): {"3415": 85, "3910": 15},
    ("1010", "4"): {"4610": 100},
    ("1010", "6"): {"6310": 55, "6450": 30, "6820": 15},
    ("1010", "7"): {"7420": 80, "7410": 20},
    ("1040", "4"): {"4530": 100},
    ("1040", "7"): {"7620": 70, "7410": 30},
    ("1050", "3"): {"3530": 60, "3910": 40},
    ("1050", "4"): {"4620": 100},
    ("1050", "7"): {"7310": 62, "7320": 38},
    ("1060", "3"): {"3540": 70, "3910": 30},
    ("1080", "6"): {"6430": 80, "6420": 20},
    ("1090", "3"): {"3410": 100},
    ("1090", "6"): {"6210": 45, "6110": 25, "6610": 30},
    ("1095", "3"): {"3920": 100},
    ("1095", "4"): {"4630": 70, "4610": 30},
    ("1098", "4"): {"4540": 45, "4520": 40, "4510": 15},
    ("2010", "3"): {"3510": 45, "3520": 55},
    ("2010", "4"): {"4550": 100},
    ("3010", "5"): {"5050": 560, "5010": 190, "5510": 10, "5610": 190, "5710": 50},
    ("3010", "4"): {"4510": 100},
    ("3020", "5"): {"5010": 500, "5050": 200, "5610": 220, "5710": 80},
    ("4210", "3"): {"3920": 70, "3910": 30},
    ("4210", "4"): {"4610": 100},
    ("4210", "6"): {"6450": 55, "6820": 30, "6410": 15},
    ("4210", "7"): {"7420": 75, "7410": 10, "7610": 5, "7910": 10},
    ("4230", "3"): {"3910": 70, "3920": 30},
    ("4260", "7"): {"7210": 60, "7410": 25, "7690": 5, "7910": 10},
    ("4310", "3"): {"3915": 100},
    ("4310", "7"): {"7510": 50, "7410": 30, "7690": 20},
    ("4410", "3"): {"3915": 100},
    ("4410", "7"): {"7410": 40, "7010": 30, "7690": 30},
    ("4420", "7"): {"7430": 75, "7410": 15, "7610": 10},
    ("4510", "7"): {"7690": 100},
    ("4530", "3"): {"3410": 55, "3110": 25, "3010": 20},
    ("4530", "6"): {"6110": 70, "6410": 20, "6210": 10},
    ("4530", "7"): {"7430": 55, "7410": 15, "7210": 10, "7910": 20},
    ("8500", "3"): {"3410": 100},
    ("8500", "6"): {"6610": 50, "6210": 30, "6110": 20},
}

ACTIVITY = {
    "1010": ("921",),
    "1040": ("475",),
    "1060": ("922",),
    "1070": ("922",),
    "1020": ("922",),
    "1030": ("922",),
    "1090": ("810",),
    "2010": ("940",),
    "3010": ("100",),
    "3020": ("130",),
    "4210": ("921",),
    "4230": ("922",),
    "4250": ("100", "920"),
    "4270": ("220",),
    "4280": ("263", "215"),
    "4290": ("930",),
    "4310": ("510", "513"),
    "4410": ("440",),
    "4420": ("275",),
    "4530": ("315",),
    "8500": ("930",),
}
COUNTERPARTY = {
    "3010": ("83", "84"),
    "3110": ("87",),
    "3410": ("84", "85", "15"),
    "3415": ("12", "13", "14"),
    "3510": ("81",),
    "3515": ("81",),
    "3520": ("81",),
    "3530": ("84",),
    "3540": ("81", "82"),
    "3591": ("81",),
    "3910": ("12", "13", "14", "15"),
    "3915": ("13", "12"),
    "3920": ("11",),
    "4510": ("85",),
    "4520": ("5",),
    "4530": ("86",),
    "4540": ("83",),
    "4550": ("12", "13"),
    "4560": ("85",),
    "4610": ("13", "14", "12"),
    "4620": ("84",),
    "4630": ("12", "13", "14"),
    "6010": ("14",),
    "6020": ("84", "5"),
    "7320": ("12", "13", "14"),
}
WITH_OBJECT = {"6450", "6820", "7420"}
PROJECTS = {
    ("1095", 2021): ("P10", "P11", "P12", "P40", "P401", "P402", "P403", "P406", "P50"),
    ("1095", 2022): ("P401", "P402", "P403", "P404", "P405", "P406", "P407", "P408", "P50", "P50", "P50"),
}
PROJECT_OF_ACCOUNT = {
    ("4210", "3920", 2021): "P10",
    ("4210", "7420", 2021): "P10",
    ("4210", "3920", 2022): "P20",
    ("4210", "7420", 2022): "P20",
    ("1010", "7420", 2022): "P25",
    ("4230", "3920", 2021): "P30",
    ("4230", "3920", 2022): "P30",
    ("4270", "7410", 2022): "P50",
    ("4420", "7410", 2022): "S10",
}


@dataclass(frozen=True)
class Line:
    """A posting to be: everything but its counter-entry. Ledger sign."""

    day: date
    unit: str
    account: str
    amount_ore: int
    text: str = ""
    activity: str = ""
    project: str = ""
    object: str = ""
    counterparty: str = ""
    marker: str = ""


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Parts by weight that make the whole to the öre."""
    total, size, sign = sum(weights), abs(amount), -1 if amount < 0 else 1
    parts = [size * weight // total for weight in weights]
    for index in range(size - sum(parts)):
        parts[index % len(parts)] += 1
    return [sign * part for part in parts]


def node_of(account: str) -> str:
    """The reporting node an account of class 3–7 belongs to."""
    return "6A" if account.startswith("60") else account[0]


def code_line(chance: random.Random, line: Line) -> Line:
    """The line with activity, project, object and counterparty filled in where they belong."""
    year = line.day.year
    project = line.project or PROJECT_OF_ACCOUNT.get((line.unit, line.account, year), "")
    if not project and (line.unit, year) in PROJECTS:
        project = chance.choice([p for p in PROJECTS[line.unit, year] if p != "P408" or line.day.month >= 5])
    return Line(
        line.day,
        line.unit,
        line.account,
        line.amount_ore,
        line.text,
        line.activity or chance.choice(ACTIVITY.get(line.unit, ("920",))),
        project,
        f"O{chance.randint(1, 17):02}" if line.account in WITH_OBJECT else "",
        line.counterparty or chance.choice(COUNTERPARTY.get(line.account, ("",))),
        line.marker,
    )


# unit, account, tkr, months, text, marker, counterparty
Special = tuple[str, str, int, tuple[int, ...], str, str, str]

SPECIALS: dict[int, tuple[Special, ...]] = {
    2021: (
        ("1080", "6430", 5_100, (1, 2, 3, 4, 5, 6), "Skyddsutrustning", "CORONA", "84"),
        ("1080", "6430", 1_300, (10, 11), "Skyddsutrustning", "CORONA", "84"),
        ("4310", "5120", 1_700, (1, 2, 3, 4, 5), "Sjukfrånvaro och vikarier, pandemin", "CORONA", ""),
        ("4410", "5120", 900, (1, 2, 3, 4), "Sjukfrånvaro och vikarier, pandemin", "CORONA", ""),
        ("4260", "7210", 400, (1, 2, 3), "Information om pandemin", "CORONA", "84"),
        ("4310", "3591", -1_500, (2, 3, 4, 5), "Ersättning för sjuklönekostnader", "", "81"),
        ("4410", "3591", -700, (2, 3, 4, 5), "Ersättning för sjuklönekostnader", "", "81"),
        ("4220", "3591", -300, (2, 3, 4, 5), "Ersättning för sjuklönekostnader", "", "81"),
        ("3010", "4560", 4_300, (1,), "Partistöd", "", "85"),
        ("3010", "4560", -4_300, (12,), "Omföring av partistöd till egen redovisning", "", ""),
        ("3010", "5050", -6_914, (12,), "Omföring av fullmäktige till egen redovisning", "", ""),
        ("4310", "3915", 1_200, (12,), "Avräkning mot programnämnd Social välfärd vid bokslut", "", "13"),
        ("4310", "3915", 400, (12,), "Avräkning mot programnämnd Barn och utbildning vid bokslut", "", "12"),
        ("4410", "3915", 900, (12,), "Avräkning mot programnämnd Barn och utbildning vid bokslut", "", "12"),
    ),
    2022: (
        ("1080", "6430", 1_600, (1, 2, 3, 4), "Skyddsutrustning", "CORONA", "84"),
        ("4310", "5120", 500, (1, 2, 3), "Sjukfrånvaro och vikarier, pandemin", "CORONA", ""),
        ("4410", "5120", 400, (1, 2, 3), "Sjukfrånvaro och vikarier, pandemin", "CORONA", ""),
        ("4260", "7210", 200, (1, 2), "Information om pandemin", "CORONA", "84"),
        ("4230", "7410", 150, (1, 2, 3), "Stöd till chefer under pandemin", "CORONA", "84"),
        ("4220", "6410", 100, (1, 2), "Teknisk utrustning för distansmöten", "CORONA", "84"),
        ("1060", "7410", 150, (1, 2), "Företagshälsovård, pandemin", "CORONA", "84"),
        ("4410", "5010", 520, (4, 5, 6, 7, 8), "Mottagande av elever från Ukraina", "UKRAINA", ""),
        ("4410", "7410", 300, (4, 5, 6), "Tolk och studiestöd, elever från Ukraina", "UKRAINA", "84"),
        ("4420", "5010", 380, (3, 4, 5, 6, 7), "Stab för flyktingmottagande", "UKRAINA", ""),
        ("4310", "3591", -700, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("4410", "3591", -300, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("4220", "3591", -180, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("4230", "3591", -170, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("4240", "3591", -150, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("4260", "3591", -180, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("4250", "3591", -120, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("4420", "3591", -100, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("1070", "3591", -100, (2, 3, 4), "Ersättning för sjuklönekostnader", "", "81"),
        ("2010", "3515", -18_900, (5,), "Statsbidrag för insatser i utsatta områden", "", "81"),
        ("2010", "4550", 2_400, (6,), "Lovaktiviteter sommaren 2022", "", "12"),
        ("4420", "3915", -800, (1, 2, 3, 4, 5, 6, 7, 8), "Ersättning för förvaltarenheten", "", "13"),
    ),
}


def special_lines(chance: random.Random, year: int) -> list[Line]:
    """The postings the report speaks of, each kind exactly its amount."""
    lines = []
    for unit, account, tkr, months, text, marker, counterparty in SPECIALS[year]:
        weights = [chance.randint(70, 130) for _ in months]
        for month, amount in zip(months, allocate(tkr * TKR, weights), strict=True):
            day = date(year, month, 31 if month == 12 else chance.randint(5, 26))
            project = "P50" if unit == "1095" else ""
            activity = "110" if account == "4560" else ("600" if marker == "UKRAINA" else "")
            line = Line(day, unit, account, amount, text, activity, project, "", counterparty, marker)
            lines.append(code_line(chance, line))
    return lines


def leaf_noise(chance: random.Random, column: int) -> dict[str, int]:
    """Öre that make lower cells uneven and vanish in the rows above; settled units stay together."""
    noise: dict[str, int] = {}
    groups: dict[str, list[str]] = defaultdict(list)
    for unit in demo_plan.units():
        settled = unit in {"4310", "4410"}
        if demo_plan.NET[unit][column] or settled:
            groups["settled" if settled else str(demo_plan.row_of(unit))].append(unit)
    for group, members in groups.items():
        if column == 1 and group == "settled":
            continue
        for first, second in zip(members[::2], members[1::2], strict=False):
            noise[first] = chance.randint(-49_000, 49_000)
            noise[second] = -noise[first]
    return noise


def node_amounts(chance: random.Random, unit: str, column: int, noise: int) -> dict[str, int]:
    """A unit's income and cost by node in öre; the nodes are uneven, their sum is the unit's."""
    tkr = demo_plan.actual(unit, column)
    amounts = {node: amount * TKR for node, amount in tkr.items()}
    nodes = [node for node in amounts if abs(amounts[node]) > 20 * TKR]
    for first, second in itertools.pairwise(nodes):
        shift = chance.randint(-300_000, 300_000)
        amounts[first] += shift
        amounts[second] -= shift
    if noise:
        largest = max(amounts, key=lambda node: abs(amounts[node]))
        amounts[largest] += noise
    return amounts


def year_parts(chance: random.Random, year: int) -> list[tuple[str, str, range, int]]:
    """(unit, node, months, amount) for Jan–Aug and, for 2021, Sep–Dec."""
    parts = []
    columns = (0, 1) if year == 2021 else (2,)
    noises = {column: leaf_noise(chance, column) for column in columns}
    for unit in demo_plan.units():
        august = node_amounts(chance, unit, columns[0], noises[columns[0]].get(unit, 0))
        parts += [(unit, node, range(1, 9), amount) for node, amount in august.items()]
        if year == 2021:
            whole = node_amounts(chance, unit, 1, noises[1].get(unit, 0))
            nodes = dict.fromkeys([*august, *whole])
            parts += [(unit, n, range(9, 13), whole.get(n, 0) - august.get(n, 0)) for n in nodes]
    return parts


def regular_lines(chance: random.Random, year: int, specials: Iterable[Line]) -> list[Line]:
    """Everything else: what is left of each unit's node after the special postings, by month and account."""
    taken: dict[tuple[str, str, bool], int] = defaultdict(int)
    for line in specials:
        taken[line.unit, node_of(line.account), line.day.month <= 8] += line.amount_ore
    lines = []
    for unit, node, months, amount in year_parts(chance, year):
        left = amount - taken[unit, node, months.start == 1]
        first, last = FIRST_MONTH.get((unit, year), 1), LAST_MONTH.get((unit, year), 12)
        open_months = [month for month in months if first <= month <= last]
        season = OWN_SEASONS.get((unit, node), SEASONS[node])
        weights = [season[month - 1] * chance.randint(94, 106) for month in open_months]
        assert left == 0 or open_months, (unit, node, year, left)
        assert left == 0 or (left < 0) == (node == "3"), (unit, node, year, left)
        if open_months:
            for month, part in zip(open_months, allocate(left, weights), strict=True):
                lines += month_lines(chance, unit, node, date(year, month, 1), part)
    return lines


def month_lines(chance: random.Random, unit: str, node: str, month: date, amount: int) -> list[Line]:
    """One month of one node of one unit, on a few of its accounts."""
    if amount == 0:
        return []
    weights = OWN_ACCOUNTS.get((unit, node), ACCOUNT_WEIGHTS[node])
    accounts = list(weights)
    most = len(accounts) if node in {"5", "6A"} else (3 if abs(amount) > 900 * TKR else 2)
    if len(accounts) > most:
        accounts = sorted(sorted(accounts, key=lambda code: -weights[code] * chance.random())[:most])
    shares = [weights[account] * chance.randint(85, 115) for account in accounts]
    day = month.replace(day={"5": 25, "6A": 1, "3": 28}.get(node, chance.randint(3, 27)))
    return [
        code_line(chance, Line(day, unit, account, part))
        for account, part in zip(accounts, allocate(amount, shares), strict=True)
        if part
    ]


def investment_lines(chance: random.Random, year: int) -> list[Line]:
    """Purchases on balance accounts, coded with unit and project."""
    lines = []
    for project, unit, account, _, _, to_august, year_2021 in demo_plan.INVESTMENTS:
        tkr = year_2021 if year == 2021 else to_august
        months = [m for m in ((2, 4, 5, 6, 9, 11) if year == 2021 else (2, 3, 4, 5, 6, 8)) if tkr]
        weights = [chance.randint(50, 150) for _ in months]
        for month, amount in zip(months, allocate(tkr * TKR, weights) if months else [], strict=True):
            day = date(year, month, chance.randint(3, 27))
            line = Line(day, unit, account, amount, "Inventarier och utrustning", "", project, "", "84")
            lines.append(code_line(chance, line))
    return lines


def lines_of(year: int) -> list[Line]:
    """All postings of a year but their counter-entries. 2022 ends in August."""
    chance = random.Random(f"uppsikt {year}")
    specials = special_lines(chance, year)
    return [*specials, *regular_lines(chance, year, specials), *investment_lines(chance, year)]
