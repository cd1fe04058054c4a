"""The demonstration's figures by unit, in tkr with ledger sign (cost +), as the generator spreads them.

The four top rows add up to the published table of the seed report; everything below them is synthetic.
Kommunfullmäktige and partistöd are no units of their own: the published report leaves them out from 2022,
so in 2021 their cost is booked on 3010 and moved out of it in December.
"""

from __future__ import annotations

NODES = ("3", "4", "5", "6A", "6", "7")

# Published, per row: actual Jan–Aug 2021, year 2021, Jan–Aug 2022, budget 2022, deviation interim 1 and 2
# (deviations as printed: minus is worse than budget).
PUBLISHED = {
    "10": (200_408, 288_668, 176_302, 253_267, 4_985, 4_281),
    "20": (-56_290, 2_146, -38_402, -32_100, -8_100, -8_100),
    "30": (28_231, 32_281, 26_020, 45_553, 6_079, 6_587),
    "40": (262_878, 459_981, 289_521, 473_655, -23_003, -18_151),
}

ROW_OF = {"10": "10", "20": "20", "30": "30", "41": "40", "42": "40", "43": "40", "44": "40", "45": "40"}

# The same six figures per unit.
NET = {
    "1010": (38_700, 57_400, 34_300, 58_000, 5_200, 6_200),
    "1020": (2_450, 3_900, 950, 6_000, 3_500, 4_500),
    "1030": (12_800, 19_700, 10_400, 22_000, 4_000, 5_800),
    "1040": (16_900, 25_600, 16_800, 28_000, 1_000, 2_000),
    "1050": (25_300, 27_800, 26_900, 24_000, -3_000, -5_800),
    "1060": (13_200, 19_900, 13_300, 21_000, 500, 900),
    "1070": (12_500, 19_100, 12_900, 20_000, 0, 300),
    "1080": (6_100, 8_300, 1_850, 2_600, -2_600, 0),
    "1090": (0, 0, 2_480, 6_200, 0, -1_300),
    "1095": (41_200, 61_500, 15_600, 0, -18_000, -20_000),
    "1098": (31_258, 45_468, 40_822, 65_467, 14_385, 11_681),
    "2010": (-56_290, 2_146, -38_402, -32_100, -8_100, -8_100),
    "3010": (17_231, 15_381, 13_420, 16_053, -3_321, -3_613),
    "3020": (11_000, 16_900, 12_600, 29_500, 9_400, 10_200),
    "4110": (11_600, 19_300, 11_900, 19_800, 0, -200),
    "4120": (3_500, 5_900, 3_100, 5_600, 0, 200),
    "4210": (47_900, 84_400, 43_300, 76_556, -3_000, -1_400),
    "4220": (36_900, 62_900, 37_200, 61_500, -3_100, -2_100),
    "4230": (35_400, 60_800, 35_900, 58_000, -2_600, -1_700),
    "4240": (19_900, 33_600, 20_700, 34_000, -900, -500),
    "4250": (22_400, 37_900, 23_100, 38_500, -400, -100),
    "4260": (23_800, 40_700, 24_400, 42_000, -1_400, -300),
    "4270": (8_900, 15_200, 9_300, 15_500, -500, -310),
    "4280": (14_500, 25_800, 15_100, 26_500, 0, 0),
    "4290": (0, 0, 2_950, 9_000, 0, -1_200),
    "4310": (180, 0, 11_400, 0, 0, 0),
    "4410": (98, 0, 5_750, 0, 0, 0),
    "4420": (13_100, 22_700, 14_200, 24_000, -120, -40),
    "4510": (2_100, 8_100, 600, 9_299, 5_217, 6_299),
    "4520": (0, 0, 0, -11_200, -11_200, -11_200),
    "4530": (22_600, 42_681, 30_621, 64_600, -5_000, -5_600),
    "8500": (19_300, 29_600, 15_100, 15_200, 0, 0),
}

# Income as permille of gross cost, and cost by reporting node.
MIX: dict[str, tuple[int, dict[str, int]]] = {
    "1010": (450, {"4": 6, "5": 4, "6A": 1, "6": 55, "7": 34}),
    "1020": (0, {"4": 10, "5": 15, "7": 75}),
    "1030": (30, {"5": 88, "7": 12}),
    "1040": (0, {"4": 88, "6": 2, "7": 10}),
    "1060": (100, {"4": 5, "5": 48, "6": 7, "7": 40}),
    "1070": (50, {"5": 92, "6A": 3, "6": 2, "7": 3}),
    "1080": (0, {"6": 92, "7": 8}),
    "1090": (600, {"6A": 78, "6": 22}),
    "1098": (80, {"4": 66, "5": 10, "6": 4, "7": 20}),
    "3020": (0, {"5": 88, "6A": 5, "6": 3, "7": 4}),
    "4110": (120, {"4": 6, "5": 66, "6A": 6, "6": 6, "7": 16}),
    "4120": (20, {"5": 80, "6A": 5, "6": 3, "7": 12}),
    "4210": (340, {"4": 5, "5": 46, "6A": 3, "6": 22, "7": 24}),
    "4220": (240, {"5": 82, "6A": 5, "6": 5, "7": 8}),
    "4230": (270, {"5": 81, "6A": 5, "6": 4, "7": 10}),
    "4240": (200, {"5": 72, "6A": 6, "6": 9, "7": 13}),
    "4250": (100, {"5": 78, "6A": 7, "6": 6, "7": 9}),
    "4260": (120, {"5": 72, "6A": 9, "6": 6, "7": 13}),
    "4270": (100, {"4": 18, "5": 60, "6A": 4, "6": 3, "7": 15}),
    "4280": (180, {"4": 16, "5": 62, "6A": 4, "6": 3, "7": 15}),
    "4290": (0, {"5": 86, "7": 14}),
    "4420": (220, {"4": 5, "5": 62, "6A": 5, "6": 8, "7": 20}),
    "4510": (0, {"7": 100}),
    "4520": (0, {"7": 100}),
    "4530": (220, {"4": 3, "5": 24, "6A": 48, "6": 9, "7": 16}),
    "8500": (392, {"5": 28, "6A": 50, "6": 14, "7": 8}),
}

# Where 2021 or the budget looked different.
MIX_2021: dict[str, tuple[int, dict[str, int]]] = {
    "1010": (580, {"4": 30, "5": 3, "6A": 1, "6": 41, "7": 25}),
    "4210": (440, {"4": 9, "5": 38, "6A": 3, "6": 17, "7": 33}),
    "4230": (320, {"5": 81, "6A": 5, "6": 4, "7": 10}),
}
MIX_BUDGET: dict[str, tuple[int, dict[str, int]]] = {
    "1098": (80, {"4": 56, "5": 10, "6": 4, "7": 30}),
}

# Units whose income and cost are planned one by one: aug 2021, year 2021, aug 2022, budget, forecast 2.
EXACT: dict[str, tuple[dict[str, int], ...]] = {
    "1050": (
        {"3": -4_800, "4": 1_900, "7": 28_200},
        {"3": -7_900, "4": 2_900, "7": 32_800},
        {"3": -4_600, "4": 2_000, "7": 29_500},
        {"3": -8_000, "4": 2_600, "7": 29_400},
        {"3": -8_000, "4": 2_600, "7": 35_200},
    ),
    "3010": (
        {"3": -170, "4": 4_900, "5": 9_900, "6A": 350, "6": 700, "7": 1_551},
        {"3": -260, "4": 1_050, "5": 10_386, "6A": 530, "6": 1_050, "7": 2_625},
        {"3": -135, "4": 560, "5": 9_660, "6A": 400, "6": 820, "7": 2_115},
        {"3": -160, "4": 650, "5": 11_675, "6A": 490, "6": 970, "7": 2_428},
        {"3": -160, "4": 650, "5": 14_575, "6A": 490, "6": 1_183, "7": 2_928},
    ),
    "1095": (
        {"3": -19_800, "4": 51_400, "7": 9_600},
        {"3": -31_000, "4": 78_500, "7": 14_000},
        {"3": -1_500, "4": 13_300, "7": 3_800},
        {},
        {"3": -2_300, "4": 17_000, "7": 5_300},
    ),
    "2010": (
        {"3": -72_000, "4": 15_710},
        {"3": -98_000, "4": 100_146},
        {"3": -58_000, "4": 19_598},
        {"3": -86_000, "4": 53_900},
        {"3": -92_400, "4": 68_400},
    ),
    "4310": (
        {"3": -87_820, "5": 74_500, "6A": 3_100, "6": 1_000, "7": 9_400},
        {"3": -132_300, "5": 112_000, "6A": 4_700, "6": 1_500, "7": 14_100},
        {"3": -79_400, "5": 76_800, "6A": 3_200, "6": 1_000, "7": 9_800},
        {"3": -139_200, "5": 118_000, "6A": 4_900, "6": 1_600, "7": 14_700},
        {"3": -135_800, "5": 114_600, "6A": 4_900, "6": 1_600, "7": 14_700},
    ),
    "4410": (
        {"3": -53_302, "5": 45_200, "6A": 2_200, "6": 1_100, "7": 4_900},
        {"3": -81_500, "5": 68_300, "6A": 3_900, "6": 1_700, "7": 7_600},
        {"3": -48_150, "5": 44_900, "6A": 2_900, "6": 1_000, "7": 5_100},
        {"3": -84_800, "5": 71_000, "6A": 4_400, "6": 1_700, "7": 7_700},
        {"3": -81_800, "5": 68_000, "6A": 4_400, "6": 1_700, "7": 7_700},
    ),
}

# What other committees get back of two units' surplus, in tkr: the forecast handed in is without it, and a settlement
# brings it to the figures above.
SETTLED = {"4310": 3_400, "4410": 3_000}

# 2021: cost of Kommunfullmäktige and partistöd, booked on 3010 through the year, moved out in December.
MOVED_OUT_2021 = {"4": 4_300, "5": 6_914}

# Deviations interim 2 by node, as printed (minus is worse); the rest of a unit's deviation lies on node 5.
DEVIATION_2: dict[str, dict[str, int]] = {
    "1010": {"6": 3_200, "7": 3_000},
    "1020": {"4": 400, "5": 500, "7": 3_600},
    "1030": {"5": 5_000, "7": 800},
    "1040": {"4": 2_000},
    "1060": {"7": 900},
    "1090": {"6A": -1_300},
    "1098": {"4": 3_681, "7": 8_000},
    "4120": {"7": 200},
    "4210": {"3": -6_000, "4": 1_500, "7": 3_100},
    "4220": {"3": -1_500, "5": -600},
    "4230": {"3": -1_300, "5": -400},
    "4240": {"7": -500},
    "4260": {"6A": -300},
    "4420": {"7": -40},
    "4510": {"7": 6_299},
    "4520": {"7": -11_200},
    "4530": {"3": -2_400, "5": -1_100, "7": -2_100},
}
DEVIATION_1: dict[str, dict[str, int]] = {
    "1010": {"6": 2_700, "7": 2_500},
    "1020": {"4": 300, "5": 400, "7": 2_800},
    "1030": {"5": 3_500, "7": 500},
    "1040": {"4": 1_000},
    "1050": {"7": -3_000},
    "1060": {"7": 500},
    "1080": {"6": -2_400, "7": -200},
    "1095": {"3": 2_300, "4": -15_300, "7": -5_000},
    "1098": {"4": 5_385, "7": 9_000},
    "2010": {"3": -8_100},
    "3010": {"5": -2_700, "7": -621},
    "4210": {"3": -7_000, "4": 1_500, "7": 2_500},
    "4220": {"3": -1_800, "5": -1_300},
    "4230": {"3": -1_900, "5": -700},
    "4240": {"7": -900},
    "4260": {"6A": -1_400},
    "4420": {"7": -120},
    "4510": {"7": 5_217},
    "4520": {"7": -11_200},
    "4530": {"3": -1_900, "5": -1_000, "7": -2_100},
}

# Others than Kommunstyrelsen that took something over from 2022: unit and node, budget 2022, forecast the same.
TAKEN_OVER = {("8010", "5"): 6_960, ("8020", "4"): 4_400, ("8210", "3"): -24_600}

# Investments 2022 and 2021: project, unit, account, budget 2022, forecast 2, actual Jan–Aug 2022, year 2021.
INVESTMENTS = (
    ("I101", "4110", "1221", 10_000, 0, 0, 850),
    ("I102", "4110", "1222", 12_000, 12_000, 6_812, 18_400),
    ("I103", "4260", "1221", 2_000, 2_000, 1_874, 0),
    ("I104", "4210", "1231", 7_500, 7_500, 4_655, 6_930),
    ("I105", "4250", "1221", 2_500, 2_500, 1_102, 2_210),
    ("I106", "4310", "1221", 1_500, 1_500, 610, 1_340),
)


def row_of(unit: str) -> str | None:
    """The published row a unit belongs to; None outside Kommunstyrelsen."""
    return ROW_OF.get(unit[:2])


def units() -> list[str]:
    """The units with money, in order."""
    return list(NET)


def split(net: int, mix: tuple[int, dict[str, int]]) -> dict[str, int]:
    """A net cost in tkr as income and cost by node, in whole tkr that add up to it."""
    if net == 0:
        return {}
    income_permille, weights = mix
    gross = round(net * 1000 / (1000 - income_permille))
    total = sum(weights.values())
    parts = {node: gross * weight // total for node, weight in weights.items()}
    largest = max(weights, key=lambda node: weights[node])
    parts[largest] += gross - sum(parts.values())
    if gross != net:
        parts["3"] = net - gross
    return {node: amount for node, amount in parts.items() if amount}


def actual(unit: str, column: int) -> dict[str, int]:
    """Actuals by node: column 0 Jan–Aug 2021, 1 the year 2021, 2 Jan–Aug 2022."""
    if unit in EXACT:
        return dict(EXACT[unit][column])
    net = NET[unit][column]
    mix = MIX_2021.get(unit, MIX[unit]) if column < 2 else MIX[unit]
    return split(net, mix)


def budget(unit: str) -> dict[str, int]:
    """Budget 2022 as it stands on 31 August."""
    if unit in EXACT:
        return dict(EXACT[unit][3])
    if unit == "1080":
        return {"6": 2_400, "7": 200}
    if unit == "8500":
        # what its half year held is what its two successors have for the other half
        return {
            node: amount for node in NODES if (amount := sum(budget(own).get(node, 0) for own in ("1090", "4290")))
        }
    return split(NET[unit][3], MIX_BUDGET.get(unit, MIX[unit]))


def _with_deviation(base: dict[str, int], deviation: dict[str, int]) -> dict[str, int]:
    nodes = [node for node in NODES if node in base or node in deviation]
    return {node: base.get(node, 0) - deviation.get(node, 0) for node in nodes}


def forecast_2(unit: str) -> dict[str, int]:
    """Full-year forecast interim 2 by node."""
    if unit in EXACT:
        return dict(EXACT[unit][4])
    net = NET[unit][5]
    return _with_deviation(budget(unit), DEVIATION_2.get(unit, {"5": net} if net else {}))


def forecast_1(unit: str, budget_then: dict[str, int]) -> dict[str, int]:
    """Full-year forecast interim 1 by node, from the budget known at its cut-off."""
    net = NET[unit][4]
    return _with_deviation(budget_then, DEVIATION_1.get(unit, {"5": net} if net else {}))


def check() -> None:
    """The plan must add up to the published table before anything is made of it."""
    for row, printed in PUBLISHED.items():
        for column, amount in enumerate(printed):
            total = sum(figures[column] for unit, figures in NET.items() if row_of(unit) == row)
            assert total == amount, (row, column, total, amount)
    for unit, figures in NET.items():
        for column in range(3):
            assert sum(actual(unit, column).values()) == figures[column], (unit, column)
        assert sum(budget(unit).values()) == figures[3], unit
        assert sum(forecast_2(unit).values()) == figures[3] - figures[5], unit
    assert sum(line[3] for line in INVESTMENTS) == 35_500
