"""A file of entries between its upload, its dry run and its saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.files.base import File

from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import say
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.states import State
from uppsikt.web.errors import Absent
from uppsikt.web.findings import UPLOAD_GONE
from uppsikt.web.imports.forms import file_findings
from uppsikt.web.imports.held import held, hold, let_go
from uppsikt.web.rounds_pages.entries import EntriesRun, run_entries
from uppsikt.web.rounds_pages.scope import Scope, scope_of

_KIND = "omgangens-prognoser"
_SHOWN = 500


@dataclass(frozen=True)
class BringPage:
    """The page with the file to fetch and the field for the one to bring."""

    scope: Scope
    findings: Sequence[Finding] = ()

    @property
    def row(self) -> RoundRow:
        """The round."""
        return self.scope.row

    @property
    def is_open(self) -> bool:
        """Whether a file can be taken in."""
        return self.row.state is State.OPEN

    @property
    def may_run(self) -> bool:
        """Whether the reader runs the round."""
        return self.scope.may(Verb.RUN_ROUND)


@dataclass(frozen=True)
class DryRunPage:
    """What the file would change."""

    scope: Scope
    name: str
    run: EntriesRun

    @property
    def row(self) -> RoundRow:
        """The round."""
        return self.scope.row

    @property
    def changes(self) -> Sequence[object]:
        """The first changes: a page of ten thousand is read by nobody."""
        return self.run.changes[:_SHOWN]

    @property
    def left_off(self) -> int:
        """How many are not shown."""
        return len(self.run.changes) - len(self.changes)

    @property
    def says(self) -> str:
        """What was done."""
        n, units = len(self.run.changes), self.run.unit_count
        if not n:
            return say("Filen ändrade ingenting.", "The file changed nothing.")
        sv = "{n} {n:uppgift|uppgifter} på {units} {units:enhet|enheter} är {n:ändrad|ändrade}."
        en = "{n} {n:entry|entries} of {units} {units:unit|units} {n:is|are} changed."
        return say(sv, en, n=n, units=units)


def bring_page(actor: Actor, round_key: str, findings: Sequence[Finding]) -> BringPage:
    """The page, for those who answer for units in the round."""
    return BringPage(scope_of(actor, round_key), findings)


def brought_file(actor: Actor, round_key: str, files: Mapping[str, File[bytes]]) -> tuple[str, list[Finding]]:
    """The token of the file that was brought, or what is wrong with it."""
    scope = scope_of(actor, round_key)
    upload = files.get("file")
    findings = file_findings(upload)
    if findings or upload is None:
        return "", findings
    return hold(actor=actor, kind=_KIND, upload=upload, options={"round": scope.row.key}).token, []


def dry_run_page(actor: Actor, round_key: str, token: str, *, dry_run: bool) -> DryRunPage:
    """What a file that was brought changes, or would; `Absent` where it is gone or of another round."""
    scope = scope_of(actor, round_key)
    file = held(actor=actor, kind=_KIND, token=token)
    if file.options.get("round") != round_key:
        raise Absent(found(UPLOAD_GONE))
    run = run_entries(scope, file.path.read_bytes(), file.name, dry_run=dry_run)
    if not dry_run and not run.is_refused:
        let_go(file)
    return DryRunPage(scope, file.name, run)
