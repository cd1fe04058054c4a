"""SIE 4E files from the synthetic postings: balanced vouchers, balances that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import demo_plan
import demo_registers
from demo_postings import Line, allocate, node_of

DIMENSIONS = (
    ("1", "Ansvar", "unit"),
    ("6", "Projekt", "project"),
    ("20", "Verksamhet", "activity"),
    ("21", "Objekt", "object"),
    ("22", "Motpart", "counterparty"),
    ("23", "Särskild kodning", "marker"),
)
COMPANY = "Örebro kommun (syntetiska verifikationer)"
PROSE = (
    "Syntetiska verifikationer. Summorna per rad följer Örebro kommuns publicerade delårsrapport 2 2022; "
    "varje verifikation, kod och belopp därunder är påhittad."
)
MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
OPENING_2021 = {
    "1221": 42_000_000_00,
    "1222": 6_500_000_00,
    "1229": -27_300_000_00,
    "1231": 31_200_000_00,
    "1510": 4_100_000_00,
    "1690": 18_400_000_00,
    "1930": 96_700_000_00,
    "2440": -38_900_000_00,
    "2490": -12_200_000_00,
    "2710": -7_300_000_00,
    "2730": -7_900_000_00,
}
SERIES_TEXT = {
    "P": "Löner",
    "H": "Lokalhyra",
    "L": "Leverantörsfaktura",
    "I": "Intern fördelning",
    "K": "Kundfaktura",
    "S": "Statsbidrag",
    "A": "Avskrivning",
    "B": "Bokslut",
    "V": "Investering",
    "U": "Betalning",
}
ACCOUNT_NAMES = dict(demo_registers.ACCOUNTS)
UNIT_NAMES = {row[0]: row[1] for row in demo_registers.UNITS}
INTERNAL = {"3415", "3910", "3915", "3920", "4550", "4610", "4630", "7320"}
STATE = {"3510", "3515", "3520", "3525", "3540", "3591"}


@dataclass(frozen=True)
class Voucher:
    """A balanced voucher: coded lines and bare counter-rows."""

    series: str
    day: date
    text: str
    lines: tuple[Line, ...]
    counters: tuple[tuple[str, int], ...]


def series_of(line: Line) -> str:
    """The voucher series a line belongs to, by the nature of its account."""
    if line.day.month == 12 and line.day.day == 31:
        return "B"
    if line.account.startswith("12"):
        return "V"
    if line.account == "7910":
        return "A"
    if line.account in INTERNAL:
        return "I"
    if line.account in STATE:
        return "S"
    return {"3": "K", "5": "P", "6A": "H"}.get(node_of(line.account), "L")


def counter_rows(series: str, amount: int) -> tuple[tuple[str, int], ...]:
    """What the other side of a voucher is booked on; no unit, so it is nobody's cost."""
    if series == "P":
        net, tax, fees = allocate(-amount, (52, 22, 26))
        return (("1930", net), ("2710", tax), ("2730", fees))
    account = {"A": "1229", "H": "2490", "L": "2440", "V": "2440", "K": "1510", "S": "1930", "B": "1690"}.get(series)
    if series == "I":
        account = "2490" if amount > 0 else "1690"
    return ((account or "1930", -amount),)


def voucher_text(series: str, line: Line) -> str:
    """A text a bookkeeper could have written."""
    if line.text:
        return line.text
    month = MONTHS[line.day.month - 1]
    unit = UNIT_NAMES[line.unit]
    if series in {"P", "H", "A"}:
        return f"{SERIES_TEXT[series]} {month} {unit}"
    return f"{ACCOUNT_NAMES[line.account]} {month} {unit}"


def vouchers_of(lines: list[Line]) -> list[Voucher]:
    """Lines of one unit, kind and day share a voucher; special postings stand alone."""
    groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        series = series_of(line)
        own = line.account if line.text else node_of(line.account)
        groups[line.day, series, line.unit, own, line.text, line.project].append(line)
    vouchers = []
    for key, members in groups.items():
        series = str(key[1])
        total = sum(line.amount_ore for line in members)
        text = voucher_text(series, members[0])
        vouchers.append(Voucher(series, members[0].day, text, tuple(members), counter_rows(series, total)))
    return vouchers


def settlements(vouchers: list[Voucher], opening: dict[str, int]) -> list[Voucher]:
    """Month by month what was owed is paid, what was claimed comes in, and the treasury fills the bank account."""
    months = sorted({(v.day.year, v.day.month) for v in vouchers})
    balance = dict(opening)
    moved: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for voucher in vouchers:
        for account, amount in voucher.counters:
            moved[voucher.day.year, voucher.day.month][account] += amount
    made = []
    for year, month in months:
        bank = moved[year, month]["1930"]
        day = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        for account in ("1510", "1690", "2440", "2490", "2710", "2730"):
            balance[account] = balance.get(account, 0) + moved[year, month][account]
            paid = balance[account] * 4 // 5 // 100 * 100
            balance[account] -= paid
            bank += paid
            if paid:
                text = f"Betalning {ACCOUNT_NAMES[account].lower()} {MONTHS[month - 1]}"
                made.append(Voucher("U", day, text, (), ((account, -paid), ("1930", paid))))
        funding = -(bank // 100_000_00) * 100_000_00
        text = f"Medel från finansförvaltningen {MONTHS[month - 1]}"
        made.append(Voucher("U", day, text, (), (("1930", funding), ("2080", -funding))))
    return made


def closing(vouchers: list[Voucher], opening: dict[str, int]) -> dict[str, int]:
    """Balances at the end: opening plus every row."""
    balance: dict[str, int] = defaultdict(int, opening)
    for voucher in vouchers:
        for line in voucher.lines:
            balance[line.account] += line.amount_ore
        for account, amount in voucher.counters:
            balance[account] += amount
    return balance


def next_opening(balance: dict[str, int]) -> dict[str, int]:
    """The next year's opening balances: the result goes to equity."""
    opening = {account: amount for account, amount in balance.items() if account[0] in "12"}
    opening["2010"] = opening.get("2010", 0) + sum(a for account, a in balance.items() if account[0] in "34567")
    return opening


def kronor(amount_ore: int) -> str:
    """An amount as SIE writes it."""
    sign = "-" if amount_ore < 0 else ""
    whole, ore = divmod(abs(amount_ore), 100)
    return f"{sign}{whole}.{ore:02}"


def quoted(text: str) -> str:
    """A SIE text field."""
    return '"' + text.replace('"', '\\"').replace("–", "-") + '"'


def header(year: int, last: date) -> Iterator[str]:
    """The records before the balances."""
    made = last + timedelta(days=20)
    yield from ("#FLAGGA 0", '#PROGRAM "Uppsikt demonstrationsdata" 1', "#FORMAT PC8", f"#GEN {made:%Y%m%d}")
    yield from ("#SIETYP 4", f"#PROSA {quoted(PROSE)}", '#FNR "OREBRO-DEMO"', f"#FNAMN {quoted(COMPANY)}")
    yield f"#RAR 0 {year}0101 {year}1231"
    yield f"#RAR -1 {year - 1}0101 {year - 1}1231"
    yield from (f"#OMFATTN {last:%Y%m%d}", "#VALUTA SEK")
    for code, name in demo_registers.ACCOUNTS:
        yield f"#KONTO {code} {quoted(name)}"
        yield f"#KTYP {code} {'T' if code[0] == '1' else 'S' if code[0] == '2' else 'I' if code[0] == '3' else 'K'}"
    for number, name, _ in DIMENSIONS:
        yield f"#DIM {number} {quoted(name)}"


def objects(lines: list[Line]) -> Iterator[str]:
    """The codes the file uses, with names."""
    tables = demo_registers.register_tables()
    for number, _, dimension in DIMENSIONS:
        used = {getattr(line, dimension) for line in lines} - {""}
        for row in tables[dimension][1]:
            if row[0] in used:
                yield f"#OBJEKT {number} {quoted(row[0])} {quoted(row[1])}"


def transaction(line: Line) -> str:
    """A #TRANS row of a coded line."""
    pairs = " ".join(
        f'{number} "{getattr(line, dimension)}"' for number, _, dimension in DIMENSIONS if getattr(line, dimension)
    )
    return f"#TRANS {line.account} {{{pairs}}} {kronor(line.amount_ore)}"


def voucher_records(vouchers: list[Voucher]) -> Iterator[str]:
    """All vouchers, numbered within their series by day."""
    numbers: dict[str, int] = defaultdict(int)
    for voucher in sorted(vouchers, key=lambda v: (v.day, v.series)):
        numbers[voucher.series] += 1
        yield f"#VER {voucher.series} {numbers[voucher.series]} {voucher.day:%Y%m%d} {quoted(voucher.text)}"
        yield "{"
        yield from (transaction(line) for line in voucher.lines)
        yield from (f"#TRANS {account} {{}} {kronor(amount)}" for account, amount in voucher.counters if amount)
        yield "}"


def balance_records(opening: dict[str, int], ending: dict[str, int]) -> Iterator[str]:
    """#IB, #UB and #RES of every account that has any."""
    for code, _ in demo_registers.ACCOUNTS:
        if code[0] in "12" and (opening.get(code) or ending.get(code)):
            yield f"#IB 0 {code} {kronor(opening.get(code, 0))}"
            yield f"#UB 0 {code} {kronor(ending.get(code, 0))}"
        elif ending.get(code):
            yield f"#RES 0 {code} {kronor(ending[code])}"


def sie_file(year: int, lines: list[Line], opening: dict[str, int]) -> tuple[bytes, dict[str, int]]:
    """The file's bytes (CP437) and the next year's opening balances."""
    last = date(2021, 12, 31) if year == 2021 else date(2022, 8, 31)
    vouchers = vouchers_of(lines)
    vouchers += settlements(vouchers, opening)
    ending = closing(vouchers, opening)
    records = [*header(year, last), *objects(lines), *balance_records(opening, ending), *voucher_records(vouchers)]
    return "".join(record + "\r\n" for record in records).encode("cp437"), next_opening(ending)


def opening_2021() -> dict[str, int]:
    """Opening balances that add up to nothing: equity is what is left."""
    opening = dict(OPENING_2021)
    opening["2010"] = -sum(opening.values())
    return opening


def check_published(lines: list[Line], columns: tuple[tuple[int, int], ...]) -> None:
    """The rows come out exactly: (column of the plan, last month) pairs."""
    for column, last_month in columns:
        sums: dict[str | None, int] = defaultdict(int)
        for line in lines:
            if line.account[0] in "34567" and line.day.month <= last_month:
                sums[demo_plan.row_of(line.unit)] += line.amount_ore
        for row, printed in demo_plan.PUBLISHED.items():
            assert sums[row] == printed[column] * 100_000, (row, column, sums[row])
