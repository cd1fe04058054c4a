"""The reference page of roles, drawn from the code that answers the question."""

from __future__ import annotations

from uppsikt.audit.actors import ALLOWED, Role, Verb

MEANINGS = {
    Verb.READ: "see figures, statements, reports and the organisation",
    Verb.READ_AUDIT: "read, verify and export the event log",
    Verb.IMPORT_LEDGER: "import ledgers and what they are mapped by",
    Verb.EDIT_REGISTER: "import registers, facts and statements",
    Verb.REORGANISE: "draft, adopt and annul reorganisations",
    Verb.EDIT_BUDGET: "import budget decisions and carry-overs",
    Verb.SUBMIT_FORECAST: "write and submit forecasts",
    Verb.COMMENT: "read and write comments, which are working material",
    Verb.APPROVE_FORECAST: "approve forecasts and return them",
    Verb.ADJUST_FORECAST: "adjust forecasts centrally",
    Verb.RUN_ROUND: "set rounds up, remind, consolidate",
    Verb.WRITE_TEXT: "write the texts of reports",
    Verb.BUILD_REPORT: "build reports",
    Verb.ADOPT: "adopt rounds and reports",
    Verb.ADMINISTER: "add people, give and end roles, close accounts",
}
_HEAD = """\
# Roles and rights

A person holds a **role** on a **unit** (or `*`, the whole municipality) during a **time**. One question decides
everything, on every page, at the command line and for programs alike: *may this person do this, on this unit,
today?* Made from `uppsikt.audit.actors` by `make docs`.

- A role holds for the unit and every unit below it, in the tree as it is that day; never above it and never
  beside it. What concerns the whole municipality (rounds, registers, people, the event log) takes a role on `*`.
- A role holds from its first day up to, but not with, its end. A deputy has a role of their own for the time they
  stand in, and may in that time what a manager may.
- Several roles add up. Nothing is forbidden by a role; what none of one's roles allows is not allowed.
- Whoever sits at the machine's own command line has the files, and may do everything; the log says who it was.
- There is always an administrator of the whole municipality: a change that would end the last one is refused (A005).

## What each role may

"""


def roles_page() -> str:
    """The page: a row for each right, a column for each role."""
    roles = list(Role)
    lines = [
        "| right | " + " | ".join(role.value for role in roles) + " |",
        "|---|" + ":-:|" * len(roles),
    ]
    for verb in Verb:
        marks = ("yes" if verb in ALLOWED[role] else "–" for role in roles)
        lines.append(f"| **{verb.value}**: {MEANINGS[verb]} | " + " | ".join(marks) + " |")
    return _HEAD + "\n".join(lines) + "\n" + _names()


def _names() -> str:
    lines = ["", "## What they are called", "", "| role | Swedish | English |", "|---|---|---|"]
    lines += [f"| `{role.value}` | {role.label.sv} | {role.label.en} |" for role in Role]
    return "\n".join(lines) + "\n"
