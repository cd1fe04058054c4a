"""How many faults the audit finds: `python -m bench.checks.score REPORT… [--seed FOLDER] [--sample N]`.

Each mutation changes one thing in one report; it is found where a remark appears that the unchanged report does
not get, and located where that remark's place, its sum or its other suspects include the changed place.
Changes within rounding are not made: no reader could find them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

from bench.checks.mutations import Mutation, prose_mutations, table_mutations, year_mutations

from uppsikt.checks.audit import Audit, check
from uppsikt.checks.document import Document, Span
from uppsikt.checks.reading import read
from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Severity


def keys(audit: Audit) -> Counter[tuple[str, str]]:
    """What was said, told by rule and by the words around, so that a change elsewhere doesn't make it new."""
    return Counter((said.code, audit.document.text_at(said.spans[0])) for said in audit.remarks)


def news(before: Counter[tuple[str, str]], audit: Audit) -> list[Remark]:
    """Remarks that the unchanged report doesn't get."""
    left = before.copy()
    fresh = []
    for said in audit.remarks:
        key = (said.code, audit.document.text_at(said.spans[0]))
        if left[key]:
            left[key] -= 1
        else:
            fresh.append(said)
    return fresh


def places(said: Remark) -> set[int]:
    """The lines a remark points at or counts with."""
    spans = list(said.spans) + [one.span for one in said.related]
    if said.sum:
        spans += [term.span for term in (*said.sum.terms, said.sum.printed) if term.span]
    return {span.line for span in spans}


def touches(said: Remark, span: Span) -> bool:
    """Whether the remark's first place is the changed one."""
    first = said.spans[0]
    return first.line == span.line and abs(first.end - span.end) <= 4


def judge(mutation: Mutation, fresh: list[Remark]) -> str:
    """What became of a mutation: named, located, found elsewhere, or missed."""
    loud = [said for said in fresh if said.severity is not Severity.NOTE]
    if any(touches(said, mutation.span) for said in loud):
        return "named"
    lines = {span.line for span in mutation.partners} if mutation.lost else {mutation.span.line}
    if any(places(said) & lines for said in loud):
        return "located"
    if loud:
        return "elsewhere"
    return "whispered" if fresh else "missed"


def score(path: Path, sample: int, chance: random.Random, verbose: bool) -> dict[str, Counter[str]]:
    """The verdicts for one report, by kind of mutation."""
    document: Document = read(path)
    before = keys(check(document))
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for source in (table_mutations, year_mutations, prose_mutations):
        mutations = list(source(document, chance))
        for mutation in chance.sample(mutations, min(sample, len(mutations))):
            verdict = judge(mutation, news(before, check(mutation.made_in(document))))
            verdicts[mutation.kind][verdict] += 1
            if verbose and verdict not in ("named", "located"):
                change = f"{mutation.before!r} → {mutation.after!r}"
                print(f"   {verdict}: {mutation.kind} line {mutation.span.line}: {change}")
    return verdicts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for path in options.reports:
        begun = time.perf_counter()
        verdicts = score(path, options.sample, random.Random(path.name), options.verbose)
        if not verdicts:
            continue
        everything = sum(verdicts.values(), Counter())
        print(f"{path.name}: {_line(everything)}   {time.perf_counter() - begun:.1f} s")
        for kind, counted in verdicts.items():
            total[kind] += counted
    print()
    for kind, counted in sorted(total.items()):
        print(f"{kind:8} {_line(counted)}")
    print(f"{'all':8} {_line(sum(total.values(), Counter()))}")


def _line(counted: Counter[str]) -> str:
    count = sum(counted.values())
    good = counted["named"] + counted["located"]
    parts = ", ".join(f"{name} {number}" for name, number in counted.most_common())
    return f"{good}/{count} = {100 * good / max(count, 1):.1f} %  ({parts})"


if __name__ == "__main__":
    main()
