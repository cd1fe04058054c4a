"""The seed's known faults: `python -m bench.checks.seed SEED` says which are found, by which rule, and what else.

Lines are the seed's own. A fault counts as found when one of its rules points at one of its lines; a remark that
belongs to no known fault is listed, so that precision can be judged by eye. What is in order must have no error.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from uppsikt.checks import check_file
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Severity


@dataclass(frozen=True)
class Known:
    """A known fault: its number, what it is, the lines where it may be shown, and rules that may show it."""

    number: str
    what: str
    lines: tuple[int, ...]
    rules: tuple[str, ...]


KNOWN = (
    Known("A1", "a column that does not add up", (788,), ("K001",)),
    Known("A2", "six values for seven columns", (790, 791), ("K028",)),
    Known("A3", "a part larger than its whole", (731, 864, 865), ("K046",)),
    Known("A4", "last year in a footer", (852,), ("K020",)),
    Known("A5", "chapter numbers out of order and used twice", (81, 380), ("K021",)),
    Known("A5", "a chapter's heading once more", (31,), ("K022",)),
    Known("A6", "a sentence cut by a table", (761,), ("K027",)),
    Known("A7", "pensions in a list of other departures", (1152, 1155), ("K051",)),
    Known("A8", "values at another label", (1119,), ("K030",)),
    Known("A8", "rows without figures", (1120, 1121, 1122), ("K029",)),
    Known("A8", "marks without notes", (1114, 1116, 1130), ("K025",)),
    Known("A8", "a decimal among whole numbers", (1131,), ("K031",)),
    Known("A9", "tables that are pictures", (950, 1067, 1081), ("K026",)),
    Known("B1", "a name of two scopes", (882, 883), ("K042",)),
    Known("B2", "mainly in the smaller part", (13, 14), ("K048",)),
    Known("B4", "a part of 11,2 in a whole of 10,5", (1025, 1026, 1028), ("K046",)),
    Known("B5", "one sum from two sets of years", (732, 733, 865, 866), ("K049",)),
    Known("B6", "a start in two years", (755, 1035, 1072), ("K050",)),
    Known("B7", "an end in two years", (276, 885, 1059, 1070), ("K050",)),
    Known("B8", "a move at two times", (749, 751, 1063), ("K050",)),
    Known("B9", "six months, July and August", (66, 1140, 1147), ("K060",)),
    Known("B10", "an outturn above the year's forecast", (785,), ("K070",)),
    Known("B11", "short absence above all absence", (1127,), ("K006",)),
    Known("B12", "a target missed without a word", (1124,), ("K064",)),
    Known("C1", "forms of minus and unit", (736, 737, 864, 893, 1025, 1028), ("K066", "K067", "K068", "K069")),
    Known("-", "empty bullets", (144, 241), ("K024",)),
    Known("-", "moved operations without restated figures", (21, 735, 749, 891, 1003, 1063), ("K062",)),
    Known("-", "groups of less than five", (1154, 1155, 1157), ("K065",)),
    Known("-", "a target and no word on it", (1114, 1116, 1117, 1127, 1130), ("K064",)),
)


def shows(said: Remark, known: Known) -> bool:
    """Whether a remark shows a known fault."""
    return said.code in known.rules and any(span.line in known.lines for span in said.spans)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=Path)
    remarks = check_file(parser.parse_args().seed).remarks
    found = [known for known in KNOWN if any(shows(said, known) for said in remarks)]
    for known in KNOWN:
        print(f"{'found ' if known in found else 'MISSED'} {known.number:3} {'/'.join(known.rules):5} {known.what}")
    listed = [known for known in KNOWN if known.number != "-"]
    print(f"\nrecall: {sum(known in found for known in listed)} of {len(listed)} known faults")
    said_by: Counter[str] = Counter(said.code for said in remarks)
    right_by: Counter[str] = Counter(said.code for said in remarks if any(shows(said, known) for known in KNOWN))
    print("\nprecision by rule: remarks that show a known fault, of all")
    for code in sorted(said_by):
        print(f"  {code} {right_by[code]}/{said_by[code]}")
    others = [said for said in remarks if not any(shows(said, known) for known in KNOWN)]
    print(
        f"\nother remarks: {len(others)}, errors among them: {sum(one.severity is Severity.ERROR for one in others)}"
    )
    for said in others:
        print(f"  {said.severity.value} {said.code} line {said.spans[0].line}: {said.finding.says}")


if __name__ == "__main__":
    main()
