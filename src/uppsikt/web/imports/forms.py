"""What was brought in a form: the file, the options, and what is wrong with either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.files.base import File
from django.http import HttpRequest

from uppsikt.core.findings import Finding, found
from uppsikt.web.findings import CHOICE_UNKNOWN, FILE_EMPTY, FILE_MISSING
from uppsikt.web.imports.kinds import Kind


@dataclass(frozen=True)
class Brought:
    """A form as it came. `upload` is None until everything in it is right."""

    options: Mapping[str, str] = field(default_factory=dict)
    upload: File[bytes] | None = None
    findings: Sequence[Finding] = ()


def brought(request: HttpRequest, kind: Kind) -> Brought:
    """The form's content; empty where the page is only opened."""
    if request.method != "POST":
        return Brought({option.key: option.first for option in kind.options})
    options = {option.key: request.POST.get(option.key, "") for option in kind.options}
    upload = request.FILES.get("file")
    findings = [*_option_findings(kind, options), *file_findings(upload)]
    return Brought(options, None if findings else upload, findings)


def _option_findings(kind: Kind, options: Mapping[str, str]) -> list[Finding]:
    return [
        found(CHOICE_UNKNOWN, name=option.label, value=options[option.key])
        for option in kind.options
        if options[option.key] not in {choice.value for choice in option.choices()}
    ]


def file_findings(upload: File[bytes] | None) -> list[Finding]:
    """What is wrong with a file that a form should have brought."""
    if upload is None:
        return [found(FILE_MISSING)]
    return [] if upload.size else [found(FILE_EMPTY, name=upload.name)]
