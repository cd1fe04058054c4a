"""What a rule is: what it says, why it matters, an example it finds, the remedy. Terminal and reference page."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from uppsikt.checks import running as _running  # noqa: F401  (importing defines every code)
from uppsikt.checks.audit import check
from uppsikt.checks.noqa import heed
from uppsikt.checks.outcome import Outcome
from uppsikt.checks.output import pdf as _pdf  # noqa: F401  (importing defines its code)
from uppsikt.checks.output.terminal import Look, shown
from uppsikt.checks.reading.text import read_text
from uppsikt.checks.registry import CHECKS, Check
from uppsikt.core.findings import CATALOGUE, Finding
from uppsikt.core.language import say, speaking

FAMILY = "K"


def codes() -> list[str]:
    """Every code of the report audit: the rules, and what is about reading and marks."""
    return sorted(code for code in CATALOGUE if code.startswith(FAMILY))


def code_of(asked: str) -> str:
    """The code asked for by code or name; "" where there is none."""
    if asked.upper() in codes():
        return asked.upper()
    return next((code for code, one in CHECKS.items() if one.name == asked.lower()), "")


def near(asked: str) -> str:
    """The rule that was perhaps meant; "" where none is near."""
    known = [*codes(), *(one.name for one in CHECKS.values())]
    return next(iter(get_close_matches(asked, known, 1)), "")


def explained(code: str, look: Look) -> str:
    """One rule for the terminal; `code` must be one of `codes()`."""
    rule, own, example = CATALOGUE[code], CHECKS.get(code), _example(code)
    name = f" {own.name}" if own else ""
    parts = [look.styled(f"{code}{name} ({rule.severity.word})", "1"), example.says]
    if own:
        parts += ["", look.styled(say("Varför", "Why"), "1"), str(own.why)]
    parts += ["", look.styled(say("Gör så här", "Remedy"), "1"), example.do]
    if own:
        parts += ["", look.styled(say("Exempel", "Example"), "1"), found_in_example(own, look)]
    return "\n".join(parts) + "\n"


def found_in_example(own: Check, look: Look) -> str:
    """What the audit says of a rule's failing sample: made by running it."""
    outcome = _example_outcome(own)
    return "\n\n".join(shown(said, outcome, look) for said in outcome.remarks)


def _example_outcome(own: Check) -> Outcome:
    source = say("exempel.txt", "example.txt")
    return heed(source, check(read_text(own.failing, source=source), select=[own.code]))


def _example(code: str) -> Finding:
    """What the rule says of its failing sample; what it would say, where nothing can be run."""
    own = CHECKS.get(code)
    said = _example_outcome(own).remarks if own else ()
    return said[0].finding if said else Finding(code, facts=CATALOGUE[code].sample)


def listed(look: Look) -> str:
    """All rules, one a line."""
    lines = []
    for code in codes():
        rule = CATALOGUE[code]
        name = CHECKS[code].name if code in CHECKS else ""
        lines.append(f"{look.styled(code, '1')}  {rule.severity.word:<11} {name:<30} {_example(code).says}".rstrip())
    return "\n".join(lines) + "\n"


def reference_page() -> str:
    """The reference page of all rules, in English with the Swedish sentence beside it."""
    with speaking("en"):
        return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# Rules of the report audit"
    yield ""
    yield "What `uppsikt check` says, rule by rule. How to use it: [check a report](../how-to/check-a-report.md)."
    yield "An error is shown as a warning where the audit is less than 90 % sure, a warning as a note under 60 %."
    yield "`uppsikt check --explain CODE` says the same. Made by `make docs`."
    yield ""
    yield "| code | name | severity | says, for example |"
    yield "|---|---|---|---|"
    for code in codes():
        name = CHECKS[code].name if code in CHECKS else ""
        anchor = f"{code} {name}".strip().lower().replace(" ", "-")
        says = _example(code).says.replace("|", "\\|")
        yield f"| [{code}](#{anchor}) | {name} | {CATALOGUE[code].severity} | {says} |"
    for code in codes():
        yield ""
        yield from _section(code)


def _section(code: str) -> Iterator[str]:
    own = CHECKS.get(code)
    yield f"## {code} {own.name if own else ''}".rstrip()
    for language in ("sv", "en"):
        with speaking(language):
            yield ""
            yield f"*{language}* {_example(code).says}"
    if own:
        yield ""
        yield f"**Why.** {own.why}"
        yield ""
        yield "**Example.**"
        yield ""
        yield "```"
        yield found_in_example(own, Look())
        yield "```"
    yield ""
    yield f"**Remedy.** {_example(code).do}"
