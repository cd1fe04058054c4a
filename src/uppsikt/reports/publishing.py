"""What stands open of an edition before everybody may read it: publishing can't be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uppsikt.core.findings import Finding, Severity, found
from uppsikt.planning.selectors import round_row
from uppsikt.planning.states import State
from uppsikt.reports.editions import DOCUMENT_FILE, changed_files, edition_folder
from uppsikt.reports.findings import FILES_CHANGED, UNFINISHED
from uppsikt.reports.proofreading import proofread
from uppsikt.reports.selectors import EditionRow
from uppsikt.reports.writing.findings import SECTIONS_UNFINISHED
from uppsikt.reports.writing.selectors import manuscript
from uppsikt.reports.writing.values import SectionRow


@dataclass(frozen=True)
class OpenPoints:
    """What isn't finished of an edition: its round, sections that nobody has approved, findings.

    `errors` stop the publishing; the rest is for whoever publishes to have seen. `round_state` is None where the
    round is adopted, or isn't there.
    """

    round_state: State | None
    sections: tuple[SectionRow, ...]
    findings: tuple[Finding, ...]
    errors: tuple[Finding, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything is open."""
        return bool(self.round_state or self.sections or self.findings or self.errors)

    @property
    def said(self) -> Finding:
        """All of it in one finding."""
        state = (self.round_state or State.ADOPTED).label
        names = ", ".join(row.title for row in self.sections) or "–"
        return found(UNFINISHED, state=state, sections=names, count=len(self.findings))

    @property
    def in_log(self) -> Mapping[str, object]:
        """The same as the log keeps it."""
        return {
            "round_state": self.round_state or "",
            "sections": [row.key for row in self.sections],
            "findings": [finding.code for finding in self.findings],
        }


def open_points(edition: EditionRow) -> OpenPoints:
    """What is open of an edition now: the build's findings, the report audit's, the texts' and the round's states.

    Where the edition is adopted its errors were answered for then, and are to be seen but stop nothing.
    """
    changed = changed_files(edition.report_key, edition.content_hash, edition.files)
    if changed:
        return OpenPoints(None, (), (), tuple(found(FILES_CHANGED, name=name) for name in changed))
    held = edition_folder(edition.report_key, edition.content_hash) / DOCUMENT_FILE
    said = [*edition.findings, *proofread(held.read_bytes(), edition.title)]
    own = round_row(edition.round_key)
    state = own.state if own and own.state is not State.ADOPTED else None
    texts = manuscript(edition.report_key)
    sections = texts.unapproved if texts else ()
    if sections:  # told by name instead, and as they are today
        said = [finding for finding in said if finding.code != SECTIONS_UNFINISHED]
    errors = tuple(one for one in said if one.severity is Severity.ERROR and not edition.is_adopted)
    return OpenPoints(state, sections, tuple(one for one in said if one not in errors), errors)
