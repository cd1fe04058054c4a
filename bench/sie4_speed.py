"""Reading a large SIE 4E file: our reader beside what one would write in an afternoon, and beside C.

    python bench/sie4_speed.py [--rows 5000000]

Every method reads the same generated file (CP437) in a process of its own and must find the same number of
rows and the same sums. The simple methods do less: no escapes, no findings, no balance checks, no codes
of objects and texts. Seconds are wall clock of one run each, the file being in the page cache.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
SHLEX_SAMPLE_ROWS = 100_000
Sums = tuple[int, int, int]  # rows, debit in öre, sum of voucher dates as yyyymmdd


def generate(path: Path, rows: int) -> None:
    """Four rows a voucher; accounts, units, activities and projects as a municipality's; texts that repeat."""
    draw = random.Random(20240101)
    texts = [f"Leverantör {n} faktura månad {n % 12 + 1}" for n in range(4000)]
    units = [f"{n}" for n in range(1000, 9000, 17)]
    activities = [f"{n}" for n in range(100, 960, 5)]
    # a unit works in a few activities and projects: 470 units × 8 activities × 3 = 11 000 object lists
    lists = [
        f'{{1 "{unit}" 20 "{activity}"{project}}}'
        for unit in units
        for activity in draw.sample(activities, 8)
        for project in ("", f' 6 "P{draw.randint(100, 999)}"', f' 6 "P{draw.randint(100, 999)}"')
    ]
    with path.open("w", encoding="cp437", newline="\r\n") as file:
        file.write('#FLAGGA 0\n#PROGRAM "Bänk" 1\n#FORMAT PC8\n#GEN 20250101\n#SIETYP 4\n')
        file.write(
            '#FNAMN "Provkommunen"\n#RAR 0 20240101 20241231\n'
            '#DIM 1 "Ansvar"\n#DIM 20 "Verksamhet"\n#DIM 6 "Projekt"\n'
        )
        for account in range(1000, 9000, 10):
            file.write(f'#KONTO {account} "Konto {account} på svenska"\n')
        for unit in units:
            file.write(f'#OBJEKT 1 "{unit}" "Enhet {unit}"\n')
        for activity in activities:
            file.write(f'#OBJEKT 20 "{activity}" "Verksamhet {activity}"\n')
        for number in range(1, rows // 4 + 1):
            month, day = draw.randint(1, 12), draw.randint(1, 28)
            file.write(f'#VER A {number} 2024{month:02}{day:02} "{draw.choice(texts)}"\n{{\n')
            left = 0
            for position in range(4):
                ore = -left if position == 3 else draw.randint(-5_000_000, 5_000_000)
                left += ore
                account = draw.randrange(1000, 9000, 10)
                where = draw.choice(lists) if position < 3 else "{}"
                tail = f'2024{month:02}{day:02} "{draw.choice(texts)}"' if position < 2 else ""
                sign = "-" if ore < 0 else ""
                file.write(f"#TRANS {account} {where} {sign}{abs(ore) // 100}.{abs(ore) % 100:02} {tail}".rstrip())
                file.write("\n")
            file.write("}\n")


def by_shlex(path: Path) -> Sums:
    """Standard library's shell lexer on each line; only the first rows, see `main`."""
    rows = debit = days = 0
    with path.open(encoding="cp437") as file:
        for line in file:
            if line.startswith("#TRANS"):
                words = shlex.split(line.replace("{", " { ").replace("}", " } "))
                ore = int(Decimal(words[words.index("}") + 1]) * 100)
                rows += 1
                debit += ore if ore > 0 else 0
                if rows == SHLEX_SAMPLE_ROWS:
                    break
            elif line.startswith("#VER"):
                days += int(shlex.split(line)[3])
    return rows, debit, days


def by_split(path: Path) -> Sums:
    """The loop one writes first: text lines, split at the brace and at blanks."""
    rows = debit = days = 0
    with path.open(encoding="cp437") as file:
        for line in file:
            if line.startswith("#TRANS"):
                head, tail = line.split("}", 1)
                account, objects = head[7:].split("{", 1)
                _key = (account.strip(), objects)
                amount = tail.split()[0]
                ore = round(float(amount) * 100)
                rows += 1
                debit += ore if ore > 0 else 0
            elif line.startswith("#VER"):
                day = line.split()[3]
                days += int(day)
    return rows, debit, days


_TRANS = re.compile(rb'#TRANS (\d+) \{([^}]*)\} (-?\d+)\.(\d\d)(?: (\d{8}))?(?: "([^"]*)")?')
_VER = re.compile(rb'#VER (\S+) (\S+) (\d{8})(?: "([^"]*)")?')


def by_regex(path: Path) -> Sums:
    """A compiled expression per line, on bytes, öre as integers."""
    rows = debit = days = 0
    with path.open("rb") as file:
        for line in file:
            if match := _TRANS.match(line):
                whole = match[3]
                ore = int(whole + match[4])
                rows += 1
                debit += ore if ore > 0 else 0
            elif match := _VER.match(line):
                days += int(match[3])
    return rows, debit, days


def by_us(path: Path, *, exact: bool) -> Sums:
    """Our reader: escapes, encodings, findings, balance checks, coded objects and texts."""
    import numpy as np

    from uppsikt.core.findings import has_errors
    from uppsikt.ledger.readers.sie4 import read_sie4

    rows = debit = days = 0
    ledger = read_sie4(path, exact=exact)
    for block in ledger.blocks:
        rows += len(block)
        debit += int(block.amounts_ore[block.amounts_ore > 0].sum())
        heads = np.flatnonzero(np.diff(block.voucher_index, prepend=-1))
        stamps = block.dates[heads]  # the generated rows' dates are their vouchers'
        months = stamps.astype("datetime64[M]")
        year = stamps.astype("datetime64[Y]").astype(np.int64) + 1970
        month = months.astype(np.int64) % 12 + 1
        days += int((year * 10000 + month * 100 + (stamps - months).astype(np.int64) + 1).sum())
    if has_errors(ledger.findings):
        raise SystemExit(str(ledger.findings[0]))
    return rows, debit, days


def by_us_with_vouchers(path: Path) -> Sums:
    """Our array reader, and every voucher's series, number, date and text taken out as well."""
    from uppsikt.ledger.readers.sie4 import read_sie4

    rows = debit = days = 0
    for block in read_sie4(path).blocks:
        rows += len(block)
        debit += int(block.amounts_ore[block.amounts_ore > 0].sum())
        for voucher in block.vouchers:
            day = voucher.date
            days += day.year * 10000 + day.month * 100 + day.day
    return rows, debit, days


def by_c(path: Path) -> Sums:
    """One pass over the mapped file in C."""
    answer = subprocess.run([str(DATA / "sie_onepass"), str(path)], capture_output=True, text=True, check=True)
    rows, debit, _sum, days, _codes = (int(word) for word in answer.stdout.split())
    return rows, debit, days


METHODS: dict[str, Callable[[Path], Sums]] = {
    "shlex": by_shlex,
    "split": by_split,
    "regex": by_regex,
    "exact": lambda path: by_us(path, exact=True),
    "arrays": lambda path: by_us(path, exact=False),
    "arrays+vouchers": by_us_with_vouchers,
    "c": by_c,
}
TITLES = {
    "shlex": "shlex per line (extrapolated)",
    "split": "naive split loop",
    "regex": "compiled regex per line",
    "exact": "uppsikt, line by line (exact path)",
    "arrays": "uppsikt, arrays (what read_sie4 does)",
    "arrays+vouchers": "uppsikt, arrays, all vouchers decoded",
    "c": "C, one pass, no checks",
}


def run_one(method: str, path: Path) -> None:
    """Run one method in this process and print seconds, peak memory and what it found."""
    started = time.perf_counter()
    rows, debit, days = METHODS[method](path)
    seconds = time.perf_counter() - started
    who = resource.RUSAGE_CHILDREN if method == "c" else resource.RUSAGE_SELF
    peak_kb = resource.getrusage(who).ru_maxrss
    print(seconds, peak_kb, rows, debit, days)


def measure(method: str, path: Path) -> tuple[float, float, Sums]:
    """Run one method in a process of its own: seconds, peak MB, sums."""
    answer = subprocess.run(
        [sys.executable, __file__, "--method", method, "--file", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, peak_kb, rows, debit, days = answer.stdout.split()
    return float(seconds), int(peak_kb) / 1024, (int(rows), int(debit), int(days))


def compile_c() -> bool:
    """Compile the C yardstick; False where there is no compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return False
    target = DATA / "sie_onepass"
    subprocess.run([compiler, "-O3", "-march=native", "-o", target, HERE / "peers" / "sie_onepass.c"], check=True)
    return True


def compare(rows: int, methods: list[str]) -> None:
    """Run the methods one after the other and print a table."""
    DATA.mkdir(exist_ok=True)
    path = DATA / f"sie4-{rows}.se"
    if not path.exists():
        generate(path, rows)
    with path.open("rb") as file:  # into the page cache, but not into this process: children inherit its peak
        while file.read(1 << 20):
            pass
    print(f"{rows:,} #TRANS, {rows // 4:,} #VER, {path.stat().st_size / 1e6:.0f} MB, CP437, CRLF")
    if "c" in methods and not compile_c():
        print("no C compiler here: the C reader is skipped")
        methods.remove("c")
    results = {method: measure(method, path) for method in methods}
    if "shlex" in results:
        seconds, peak, (read, *_rest) = results["shlex"]
        results["shlex"] = (seconds * rows / read, peak, (rows, 0, 0))
    sums = {sums for method, (_, _, sums) in results.items() if method != "shlex"}
    ours = results["arrays"][0]
    print(f"{'method':42}{'seconds':>9}{'M rows/s':>10}{'peak MB':>9}{'times arrays':>14}")
    for method, (seconds, peak, _) in results.items():
        line = f"{TITLES[method]:42}{seconds:9.2f}{rows / seconds / 1e6:10.2f}{peak:9.0f}{seconds / ours:14.2f}"
        print(line)
    print("all methods agree on rows, debit and dates" if len(sums) == 1 else f"METHODS DISAGREE: {sums}")


def main() -> None:
    """Parse arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--only", nargs="*", choices=METHODS, help="measure only these")
    parser.add_argument("--method", choices=METHODS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.method:
        run_one(options.method, options.file)
    else:
        compare(options.rows, list(dict.fromkeys([*(options.only or METHODS), "arrays"])))


if __name__ == "__main__":
    main()
