"""Which rules to run, and what else is settled in a file beside the reports (`uppsikt-check.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from uppsikt.checks import rules as _rules  # noqa: F401  (importing registers every rule)
from uppsikt.checks.registry import CHECKS
from uppsikt.core.findings import Finding, Place, Severity, define, found

NOT_SETTINGS = define(
    "K094",
    Severity.ERROR,
    says_sv="{source} går inte att använda som inställningar: {why}.",
    says_en="{source} can't be used as settings: {why}.",
    do_sv="Rätta filen; nycklarna är select, ignore, fail-on, baseline och per-file-ignores.",
    do_en="Mend the file; its keys are select, ignore, fail-on, baseline and per-file-ignores.",
    source="uppsikt-check.toml",
    why="K9X",
)
FILE = "uppsikt-check.toml"
FAIL_ON = ("error", "warning", "note", "never")


class NotSettings(ValueError):
    """The settings can't be used; carries the finding that says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Settings:
    """Code prefixes or names to select and ignore, patterns of file names with more to ignore, and the rest."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: str = "error"
    baseline: Path | None = None

    def ignored_in(self, path: Path) -> tuple[str, ...]:
        """What to ignore in a file: everywhere, and by the patterns that its name or path fits."""
        more = [
            code
            for pattern, codes in self.per_file_ignores.items()
            if fnmatch(path.name, pattern) or fnmatch(path.as_posix(), pattern)
            for code in codes
        ]
        return (*self.ignore, *more)


def split(texts: Iterable[str]) -> tuple[str, ...]:
    """Codes and names written with commas or spaces between, options given several times."""
    return tuple(part for text in texts for part in text.replace(",", " ").split())


def unknown(chosen: Iterable[str]) -> list[str]:
    """Which of them fit no rule: a misspelt code would otherwise silently choose nothing."""
    names = {one.name for one in CHECKS.values()}
    return [one for one in chosen if one not in names and not any(code.startswith(one) for code in CHECKS)]


def settings_file(folder: Path) -> Path | None:
    """The nearest settings file in the folder or above it."""
    return next((at / FILE for at in (folder, *folder.parents) if (at / FILE).is_file()), None)


def read_settings(path: Path) -> Settings:
    """The settings in a file; raises `NotSettings`. The baseline is relative to the file."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        return _settings(held, path.parent)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise NotSettings(found(NOT_SETTINGS, Place(path.name), source=path.name, why=str(error))) from error


def _settings(held: Mapping[str, object], folder: Path) -> Settings:
    strange = set(held) - {"select", "ignore", "per-file-ignores", "fail-on", "baseline"}
    if strange:
        raise ValueError(", ".join(sorted(strange)))
    per_file = held.get("per-file-ignores", {})
    if not isinstance(per_file, dict):
        raise ValueError("per-file-ignores")
    settings = Settings(
        _codes(held.get("select", [])),
        _codes(held.get("ignore", [])),
        {str(pattern): _codes(codes) for pattern, codes in per_file.items()},
        str(held.get("fail-on", "error")),
        folder / str(held["baseline"]) if "baseline" in held else None,
    )
    if settings.fail_on not in FAIL_ON:
        raise ValueError(f"fail-on = {settings.fail_on}")
    return settings


def _codes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f'{value} (select = ["K001", …])')
    codes = tuple(str(one) for one in value)
    if unknown(codes):
        raise ValueError(", ".join(unknown(codes)))
    return codes
