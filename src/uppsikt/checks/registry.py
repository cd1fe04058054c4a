"""Rules: one function each, registered with a stable code, an explanation and two samples.

```
@rule(
    "K001",
    Severity.ERROR,
    name="column-sum",
    says_sv="…{printed}…", says_en="…", do_sv="…", do_en="…",
    why=Text("…", "…"),
    failing="…a whole small report as text…",
    passing="…",
    printed="−794 290",            # facts that fill the sentences on the reference page
)
def column_sum(report: Report) -> Iterator[Remark]: ...
```

The failing sample must give a remark with this code and the passing one none: a test runs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uppsikt.checks.remarks import Remark
from uppsikt.core.findings import Severity, define
from uppsikt.core.language import Text

if TYPE_CHECKING:
    from uppsikt.checks.report import Report

RuleFunction = Callable[["Report"], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule: its code and short name, why it matters, its two samples and the function that looks."""

    code: str
    name: str
    why: Text
    failing: str
    passing: str
    run: RuleFunction


CHECKS: dict[str, Check] = {}


def rule(
    code: str,
    severity: Severity,
    *,
    name: str,
    says_sv: str,
    says_en: str,
    do_sv: str,
    do_en: str,
    why: Text,
    failing: str,
    passing: str,
    **facts: object,
) -> Callable[[RuleFunction], RuleFunction]:
    """Register the decorated function under `code`; raises ValueError for a code used twice."""
    define(code, severity, says_sv=says_sv, says_en=says_en, do_sv=do_sv, do_en=do_en, **facts)

    def register(function: RuleFunction) -> RuleFunction:
        CHECKS[code] = Check(code, name, why, failing, passing, function)
        return function

    return register


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Iterator[Check]:
    """The rules whose code or name begins with one of `select` (none given: all) and none of `ignore`."""
    wanted, unwanted = tuple(select), tuple(ignore)
    for code, check in sorted(CHECKS.items()):
        if wanted and not (code.startswith(wanted) or check.name in wanted):
            continue
        if unwanted and (code.startswith(unwanted) or check.name in unwanted):
            continue
        yield check
