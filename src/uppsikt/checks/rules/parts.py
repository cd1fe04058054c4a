"""Rules K006–K009: parts and wholes, women and men, the same thing in two tables, opening and closing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from uppsikt.checks.numbers import Number, written
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.arithmetic import cell_name
from uppsikt.checks.tables.genders import WHO, columns_of, groups_of
from uppsikt.checks.tables.roles import Role, gender_of, without_gender
from uppsikt.checks.tables.understood import At, Understood
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

_OF_SOME = re.compile(r"\s(?:till|från|hos|mot)\s")  # "Skulder till dotterbolag" isn't all of them
SHORTEST_HEAD = 7  # letters of a word that others can be compounds of
MOST_WHOLES = 20  # rows of one name that a part is held against
ABSENCE = """Sjukfrånvaro
                                     2019    2020    2021
Sjukfrånvaro i procent Tot            5,4     5,1     4,1
  K                                   5,8     5,7     4,7
  M                                   4,4     3,8     {men}
Korttidssjukfrånvaro Tot              {short}     3,8     3,4
  K                                   2,9     2,4     2,3
  M                                   2,0     1,6     1,5
"""


@rule(
    "K006",
    Severity.WARNING,
    name="part-larger-than-whole",
    says_sv="{part} ({printed}) är större än det den är en del av, {whole} ({of}).",
    says_en="{part} ({printed}) is larger than what it is a part of, {whole} ({of}).",
    do_sv="Kontrollera värdena, eller skriv ut vad raderna mäter om de inte är del och helhet.",
    do_en="Check the values, or say what the rows measure if they are not part and whole.",
    why=Text(
        "En del kan inte vara större än sin helhet om båda mäts i samma enhet.",
        "A part can't be larger than its whole when both are measured in the same unit.",
    ),
    failing=ABSENCE.format(men="2,9", short="6,4").replace("3,8     3,4\n", "6,8     6,4\n", 1),
    passing=ABSENCE.format(men="2,9", short="2,4").replace("3,8     3,4\n", "1,8     1,4\n", 1),
    part="Korttidssjukfrånvaro, 2019",
    printed="5,4",
    whole="Sjukfrånvaro i procent, 2019",
    of="4,4",
)
def part_larger_than_whole(report: Report) -> Iterator[Remark]:
    """Rows of "varav" and kinds of a thing that exceed it."""
    for table in report.understood:
        named: set[tuple[str, str]] = set()
        names = _names(table)
        for part, whole, sure in (*_memos(table), *_kinds(table, names)):
            pair = (_head(names[part]) or str(part), _head(names[whole]))
            if pair in named:
                continue  # women and men of the same thing: said once
            for said in _exceeding(table, part, whole, sure):
                named.add(pair)
                yield said


def _memos(table: Understood) -> Iterator[tuple[int, int, float]]:
    """A "varav" row and the row it is a part of. Net amounts may exceed: their parts have both signs."""
    whole: int | None = None
    for row, role in enumerate(table.roles):
        if role is Role.MEMO and whole is not None and table.table.rows[row].sureness == 1:
            yield row, whole, 0.6
        elif role in (Role.ITEM, Role.TOTAL):
            whole = row


def _kinds(table: Understood, names: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """A row whose name is a compound of another's ("korttidssjukfrånvaro" is a sjukfrånvaro)."""
    headed: dict[tuple[str, str], list[int]] = defaultdict(list)
    heads = [_head(name) for name in names]
    genders = [gender_of(row.label) for row in table.table.rows]
    items = [row for row, role in enumerate(table.roles) if role is not Role.TOTAL and heads[row]]
    for row in items:
        if len(headed[heads[row], genders[row]]) < MOST_WHOLES and not _OF_SOME.search(names[row]):
            headed[heads[row], genders[row]].append(row)
    for part in items:
        head = heads[part]
        wholes = (headed.get((head[start:], genders[part]), ()) for start in range(4, len(head) - SHORTEST_HEAD + 1))
        for whole in sorted(row for rows in wholes for row in rows):
            yield part, whole, 0.8


def _names(table: Understood) -> list[str]:
    """The rows' names without their marks of gender; a row of the mark alone has the name above."""
    names: list[str] = []
    for row in table.table.rows:
        names.append(without_gender(row.label) or (names[-1] if names else ""))
    return names


def _head(name: str) -> str:
    words = [word.casefold() for word in re.findall(r"[\wåäöÅÄÖ-]+", name)]
    if words and words[0] in ("total", "totalt", "totala", "all", "antal", "andel"):
        words = words[1:]
    plain = words and len(words[0]) >= SHORTEST_HEAD and not any(map(str.isdigit, words[0]))
    return words[0] if plain else ""


def _exceeding(table: Understood, part: int, whole: int, sure: float) -> Iterator[Remark]:
    """The first column where the part exceeds the whole, if they are otherwise alike."""
    over: list[At] = []
    columns = 0
    for column, role in enumerate(table.columns):
        small, large = table.number((part, column)), table.number((whole, column))
        if small is None or large is None or not large.value or role.kind.value == "variance":
            continue
        columns += 1
        if small.value * large.value > 0 and abs(small.value) > abs(large.value) + small.ulp + large.ulp:
            over.append((part, column))
    if not over or (sure < 0.7 and len(over) * 3 > columns):
        return  # a "varav" that exceeds everywhere is netted against something else
    first = over[0]
    at_whole = (whole, first[1])
    yield remark(
        "K006",
        [table.cell(at).span for at in over],
        confidence=sure,
        related=[Related(table.cell(at_whole).span, Text("helheten", "the whole"))],
        part=cell_name(table, first),
        printed=_shown(table.number(first)),
        whole=cell_name(table, at_whole),
        of=_shown(table.number(at_whole)),
    )


def _shown(number: Number | None) -> str:
    return written(number.value, number.decimals) if number else "–"


@rule(
    "K007",
    Severity.ERROR,
    name="total-outside-women-and-men",
    says_sv="{cell}: totalen {total} ligger varken mellan kvinnor ({women}) och män ({men}) eller är deras summa.",
    says_en="{cell}: the total {total} neither lies between women ({women}) and men ({men}) nor is their sum.",
    do_sv="Kontrollera de tre värdena.",
    do_en="Check the three values.",
    why=Text(
        "En andel för alla ligger mellan andelarna för kvinnor och för män; ett antal är deras summa.",
        "A share of all lies between those of women and of men; a count is their sum.",
    ),
    failing=ABSENCE.format(men="4,3", short="2,4").replace("3,8     3,4\n", "1,8     1,4\n", 1),
    passing=ABSENCE.format(men="2,9", short="2,4").replace("3,8     3,4\n", "1,8     1,4\n", 1),
    cell="Sjukfrånvaro i procent Tot, 2021",
    total="4,1",
    women="4,7",
    men="4,3",
)
def total_outside(report: Report) -> Iterator[Remark]:
    """Totals beside women and men that neither lie between them nor are their sum."""
    for table in report.understood:
        for group in groups_of(table):
            if len(group.rows) == len(WHO):
                yield from _outside(table, [_at(group.rows, column=one) for one in range(len(table.columns))])
        for columns in columns_of(table):
            yield from _outside(table, [_at(columns, row=one) for one in range(len(table.table.rows))])


_Three = Mapping[str, At]  # the places of "total", "women" and "men"


def _at(places: Mapping[str, int], *, row: int | None = None, column: int | None = None) -> _Three:
    return {
        who: (place if row is None else row, place if column is None else column) for who, place in places.items()
    }


def _outside(table: Understood, threes: Sequence[_Three]) -> Iterator[Remark]:
    verdicts = [_fits(table, at) for at in threes]
    good = sum(1 for fits in verdicts if fits)
    for at, fits in zip(threes, verdicts, strict=True):
        if fits is not False:
            continue
        yield remark(
            "K007",
            [table.cell(at["total"]).span],
            confidence=0.92 if good >= 2 else 0.8 if good else 0.5,
            related=[Related(table.cell(at[who]).span, Text(sv, en)) for who, sv, en in _OTHERS],
            cell=cell_name(table, at["total"]),
            total=_shown(table.number(at["total"])),
            women=_shown(table.number(at["women"])),
            men=_shown(table.number(at["men"])),
        )


_OTHERS = (("women", "kvinnor", "women"), ("men", "män", "men"))


def _fits(table: Understood, at: _Three) -> bool | None:
    numbers = [table.number(at[who]) for who in WHO]
    if any(number is None for number in numbers):
        return None
    total, women, men = (number for number in numbers if number is not None)
    slack = (total.ulp + max(women.ulp, men.ulp)) / 2
    between = min(women.value, men.value) - slack <= total.value <= max(women.value, men.value) + slack
    return between or abs(total.value - women.value - men.value) <= slack


TELLING = 100  # steps of its last digit a figure must be, for an equal one elsewhere to mean anything

TWO_TABLES = """Tjänster, mnkr
                        Utfall 2025   Budget 2025   Avvikelse   Utfall 2024
Ekonomi                       -53,7         -58,1         4,4         -51,8
HR                           -129,9        -137,6         7,7        -128,3
Digital infrastruktur        -776,9        -789,3        12,4        -719,1

Resultaträkning, mnkr
                        Utfall 2025   Budget 2025   Avvikelse   Utfall 2024
Digital infrastruktur        -776,9        -789,3        12,4        {again}
Bidrag                         38,2          38,2         0,0          35,5
"""


@rule(
    "K008",
    Severity.ERROR,
    name="tables-disagree",
    says_sv="{cell}: här står {printed}, i en annan tabell (rad {line}) {other}; {same} andra kolumner är lika.",
    says_en="{cell}: printed {printed} here, {other} in another table (line {line}); {same} other columns are alike.",
    do_sv="Rätta den ena tabellen, eller skriv vad som skiljer dem.",
    do_en="Correct one of the tables, or say what sets them apart.",
    why=Text(
        "Samma rad i två tabeller ska ha samma värden; annars är den ena gammal.",
        "The same row in two tables should have the same values; otherwise one of them is old.",
    ),
    failing=TWO_TABLES.format(again="-791,1"),
    passing=TWO_TABLES.format(again="-719,1"),
    cell="Digital infrastruktur, Utfall 2024",
    printed="−791,1",
    line=6,
    other="−719,1",
    same=3,
)
def tables_disagree(report: Report) -> Iterator[Remark]:
    """A row that two tables have alike but for one column."""
    for first, second in combinations(report.understood, 2):
        columns = _common_columns(first, second)
        if len(columns) < 3:
            continue
        known = first.by_label
        for label, row in second.by_label.items():
            if label in known:
                yield from _unlike(first, known[label], second, row, columns)


def _common_columns(first: Understood, second: Understood) -> list[tuple[int, int]]:
    """Columns that are headed alike in both, each once."""
    left, right = first.by_heading, second.by_heading
    return [(left[heading], right[heading]) for heading in left if heading in right]


def _unlike(
    first: Understood, row: int, second: Understood, again: int, columns: list[tuple[int, int]]
) -> Iterator[Remark]:
    same: set[Decimal] = set()
    unlike: list[tuple[At, At]] = []
    for left, right in columns:
        if len(unlike) > 1:
            return
        one, other = first.number((row, left)), second.number((again, right))
        if one is None or other is None or one.unit != other.unit:
            continue
        if abs(abs(one.value) - abs(other.value)) <= (one.ulp + other.ulp) / 2:
            same |= {abs(one.value)} if abs(one.value) >= TELLING * one.ulp else set()
        else:
            unlike.append(((row, left), (again, right)))
    if len(unlike) != 1 or len(same) < 2:
        return
    at, at_again = unlike[0]
    yield remark(
        "K008",
        [second.cell(at_again).span],
        confidence=0.88 if len(same) >= 3 else 0.75,
        related=[Related(first.cell(at).span, Text("den andra tabellen", "the other table"))],
        cell=cell_name(second, at_again),
        printed=_shown(second.number(at_again)),
        line=first.cell(at).span.line,
        other=_shown(first.number(at)),
        same=len(same),
    )


BALANCE = """Eget kapital, mnkr
                              Bokslut 2025   Bokslut 2024
Ingående eget kapital                 {opening}           11,0
Årets resultat                         6,9            3,7
Utgående eget kapital                 {closing}           14,7
"""
_OPENING = re.compile(r"^\W*(?:ingående|ib)\s+", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*(?:utgående|ub|summa)\s+", re.IGNORECASE)


@rule(
    "K009",
    Severity.WARNING,
    name="opening-is-not-last-closing",
    says_sv="{opening} är {printed}, men {closing} är {other}.",
    says_en="{opening} is {printed}, but {closing} is {other}.",
    do_sv="Förklara skillnaden, eller rätta den ingående posten.",
    do_en="Explain the difference, or correct the opening item.",
    why=Text(
        "Årets ingående värde är förra årets utgående; en skillnad är en rättelse eller ett fel.",
        "A year's opening value is last year's closing one; a difference is a correction or a fault.",
    ),
    failing=BALANCE.format(opening="11,0", closing="17,9"),
    passing=BALANCE.format(opening="14,7", closing="21,6"),
    opening="Ingående eget kapital, Bokslut 2025",
    printed="11,0",
    closing="Utgående eget kapital, Bokslut 2024",
    other="14,7",
)
def opening_is_not_closing(report: Report) -> Iterator[Remark]:
    """Opening items that differ from the closing of the year before."""
    for table in report.understood:
        labels = [row.label for row in table.table.rows]
        for row, role in enumerate(table.roles):
            if role is not Role.OPENING:
                continue
            base = _OPENING.sub("", labels[row]).casefold()
            closing = next((index for index, label in enumerate(labels) if _closes(label, base)), None)
            if closing is not None:
                yield from _broken_chain(table, row, closing)


def _closes(label: str, base: str) -> bool:
    return bool(_CLOSING.match(label)) and _CLOSING.sub("", label).casefold() == base and bool(base)


def _broken_chain(table: Understood, opening: int, closing: int) -> Iterator[Remark]:
    for column, role in enumerate(table.columns):
        before = [index for index, one in enumerate(table.columns) if role.year and one.year == role.year - 1]
        if len(before) != 1 or table.columns[before[0]].kind is not role.kind:
            continue
        at, last = (opening, column), (closing, before[0])
        one, other = table.number(at), table.number(last)
        if one is None or other is None or abs(one.value - other.value) <= one.ulp:
            continue
        yield remark(
            "K009",
            [table.cell(at).span],
            confidence=0.65,
            related=[Related(table.cell(last).span, Text("förra årets utgående", "last year's closing"))],
            opening=cell_name(table, at),
            printed=_shown(one),
            closing=cell_name(table, last),
            other=_shown(other),
        )
