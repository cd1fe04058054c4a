"""What every command says and how it ends; needs no Django, so that `check` runs without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

import click

from uppsikt.core.findings import Finding, Severity, has_errors
from uppsikt.core.language import say


class Exit(IntEnum):
    """Exit codes, documented in docs/reference/command-line.md."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    NOT_ALLOWED = 3
    PROGRAM_ERROR = 70
    INTERRUPTED = 130


def ended(group: click.Group, arguments: Sequence[str]) -> int:
    """Run a group of commands; usage errors and interruptions are messages and exit codes."""
    try:
        result = group.main(args=list(arguments), prog_name="uppsikt", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(say("Avbrutet; inget är ändrat.", "Interrupted; nothing is changed."), err=True)
        return Exit.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as left:
        return left.exit_code
    return result if isinstance(result, int) else Exit.OK


_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings to standard error: code and severity, place, what, and what to do."""
    for finding in findings:
        head = click.style(f"{finding.code} {finding.severity.word}", fg=_COLOURS[finding.severity], bold=True)
        place = f" {finding.at}:" if str(finding.at) else ""
        click.echo(f"{head}{place} {finding.says}", err=True)
        click.echo(f"     → {finding.do}", err=True)


def outcome(findings: Sequence[Finding]) -> int:
    """Exit code for findings: 1 if any is an error."""
    return Exit.FINDINGS if has_errors(findings) else Exit.OK
