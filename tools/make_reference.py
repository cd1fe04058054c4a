"""Write the reference pages that are made from code: findings, rules of the report audit, command line.

`make docs` runs it; a test is red when a page is not what it would write.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "docs" / "reference"
os.environ.setdefault("UPPSIKT_HOME", tempfile.mkdtemp(prefix="uppsikt-reference-"))
os.environ.setdefault("UPPSIKT_SECRET_KEY", "only-for-documentation")
os.environ["DJANGO_SETTINGS_MODULE"] = "uppsikt.settings"

FAMILIES = {
    "A": "The event log, people and roles",
    "B": "Carried-over results and settlements",
    "C": "Registers",
    "D": "Backup, demonstration and the command line",
    "F": "Statements and figures",
    "G": "Suggestions and their accuracy",
    "K": "The report audit",
    "L": "The ledger",
    "N": "The work in rounds",
    "P": "Budget, rounds and forecasts",
    "Q": "Adopted rounds",
    "R": "Reports",
    "S": "Savings assignments",
    "T": "Tables",
    "W": "The web",
}


def findings_page() -> str:
    """All codes with their sentences, filled by their samples."""
    from uppsikt.core.findings import CATALOGUE, Finding
    from uppsikt.core.language import speaking

    lines = [
        "# Findings",
        "",
        "Every fault of a user's data is said as a finding: a code that never changes its meaning, the place,",
        "what is wrong and what to do. An **error** stops what was asked for and changes nothing; a **warning**",
        "and a **note** are kept and shown. `uppsikt explain CODE` says the same. Made by `make docs`.",
    ]
    family = ""
    for rule in sorted(CATALOGUE.values(), key=lambda rule: rule.code):
        if rule.code[0] != family:
            family = rule.code[0]
            lines += ["", f"## {family}: {FAMILIES[family]}"]
        lines += ["", f"### {rule.code} ({rule.severity})", ""]
        for language in ("sv", "en"):
            with speaking(language):
                finding = Finding(rule.code, facts=rule.sample)
                lines.append(f"- *{language}* {finding.says} **{finding.do}**")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """Every command's own help, in English."""
    import click

    from uppsikt.cli.commands import cli
    from uppsikt.cli.output import Exit

    lines = [
        "# Command line",
        "",
        "Swedish by default; English by `--lang en` or `LANG`. Made by `make docs`.",
        "",
        "## Exit codes",
        "",
        "| code | meaning |",
        "|---|---|",
        f"| {Exit.OK:d} | done |",
        f"| {Exit.FINDINGS:d} | errors were found in what was given; nothing is changed |",
        f"| {Exit.USAGE:d} | the command was written wrong |",
        f"| {Exit.NOT_ALLOWED:d} | not allowed |",
        f"| {Exit.PROGRAM_ERROR:d} | a fault in the program; a description is kept in the home folder |",
        "| 130 | interrupted; nothing is half done |",
    ]

    def describe(command: click.Command, name: str, parent: click.Context | None) -> None:
        context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
        path = context.command_path
        if parent is not None:
            lines.extend(["", f"## `{path}`", "", "```", command.get_help(context), "```"])
        if isinstance(command, click.Group):
            for below in command.list_commands(context):
                found = command.get_command(context, below)
                if found is not None:
                    describe(found, below, context)

    describe(cli, "uppsikt", None)
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"


def load_rooms() -> None:
    """Import every module, so that every code is in the catalogue."""
    import django

    django.setup()
    import uppsikt

    for module in pkgutil.walk_packages(uppsikt.__path__, "uppsikt."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)


def pages() -> dict[Path, str]:
    """The pages by path."""
    from uppsikt.core.language import use_language

    use_language("en")
    load_rooms()
    from uppsikt.audit.reference import roles_page
    from uppsikt.checks.explain import reference_page
    from uppsikt.rounds.drawing import states_page

    return {
        FOLDER / "findings.md": findings_page(),
        FOLDER / "rules.md": reference_page(),
        FOLDER / "roles.md": roles_page(),
        FOLDER / "command-line.md": commands_page(),
        FOLDER / "round-states.md": states_page(),
    }


def main() -> int:
    written = pages()
    if "--check" in sys.argv:
        stale = [path.name for path, text in written.items() if not path.exists() or path.read_text() != text]
        if stale:
            print(f"not up to date: {', '.join(stale)} (run make docs)")
        return 1 if stale else 0
    for path, text in written.items():
        path.write_text(text)
        print(path.relative_to(REPOSITORY))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
