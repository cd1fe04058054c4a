"""Mapping profiles: how one kind of file becomes our postings. A profile is data, checked to findings.

Two are built in: "sie" and "tabell" (`profiles/*.yaml`). A municipality saves its own beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.hashes import hash_of
from uppsikt.core.postings import ACTUAL, DIMENSIONS
from uppsikt.core.texts import is_line
from uppsikt.ledger.findings_profiles import (
    PROFILE_KEY,
    PROFILE_LACKS,
    PROFILE_NAME,
    PROFILE_NOT_A_MAP,
    PROFILE_TWICE,
    PROFILE_VALUE,
)
from uppsikt.ledger.yaml_places import Spot, read_yaml, spot_of_value

FORMATS = ("sie", "table")
SIGNS = ("ledger", "reversed")
DECIMALS = ("auto", "comma", "point")
ENCODINGS = ("auto", "utf-8", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15", "cp437", "cp850")
SEPARATORS = ("auto", "semicolon", "comma", "tab", "pipe")
PERIOD_RULES = ("row_date", "voucher_date", "column")
BALANCE_RULES = ("required", "not_required")
DATE_FORMS: Mapping[str, str] = {
    "yyyy-mm-dd": "%Y-%m-%d",
    "yyyymmdd": "%Y%m%d",
    "yyyy/mm/dd": "%Y/%m/%d",
    "dd.mm.yyyy": "%d.%m.%Y",
    "dd/mm/yyyy": "%d/%m/%Y",
    "dd-mm-yyyy": "%d-%m-%Y",
    "yymmdd": "%y%m%d",
}
MAPPED_DIMENSIONS = tuple(dimension for dimension in DIMENSIONS if dimension != "account")
TABLE_FIELDS = ("date", "period", "account", "amount", "debit", "credit", "series", "number", "text")
COLUMN_FIELDS = (*TABLE_FIELDS, *MAPPED_DIMENSIONS)
_NAME = re.compile(r"[a-zåäö0-9][a-zåäö0-9-]{0,99}")
_SCENARIO = re.compile(r"actual|budget|forecast/[a-z0-9-]{1,80}")
_ACCOUNTS = re.compile(r"\w{1,20}(\*|-\w{1,20})?")


@dataclass(frozen=True)
class Profile:
    """How one kind of file is read. See the built-in profiles for what each key says."""

    name: str
    format: str
    about: str = ""
    scenario: str = ACTUAL
    company: str = ""
    dimensions: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sign: str = "ledger"
    decimal: str = "auto"
    dates: tuple[str, ...] = ("yyyy-mm-dd", "yyyymmdd")
    encoding: str = "auto"
    separator: str = "auto"
    period: str = "row_date"
    voucher_balance: str = "required"
    balances: str = "required"
    ignored_accounts: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, object]:
        """The profile as plain data, for the database and the manifest."""
        return asdict(self)

    @property
    def content_hash(self) -> str:
        """Identity of what the profile makes of a file: name and description do nothing to it, and whether its
        balances must hold only lets it in."""
        silent = ("name", "about", "balances")
        return hash_of({key: value for key, value in self.content().items() if key not in silent})

    def dimension(self, number: str) -> str | None:
        """Our dimension for the file's dimension number (or a table's field); None where it isn't kept."""
        return number if number in MAPPED_DIMENSIONS else self.dimensions.get(number)

    def ignores(self, account: str) -> bool:
        """Whether postings on the account are left out: "9*", "8000-8999" or the very account."""
        return any(_covers(pattern, account) for pattern in self.ignored_accounts)


def _covers(pattern: str, account: str) -> bool:
    if pattern.endswith("*"):
        return account.startswith(pattern[:-1])
    first, dash, last = pattern.partition("-")
    return first <= account <= last if dash else account == pattern


def load_profile(
    source: str | Mapping[str, object], name: str = "profil.yaml"
) -> tuple[Profile | None, list[Finding]]:
    """The profile in a YAML text (or stored content), or what is wrong with it and where. `name` is the file's."""
    if isinstance(source, str):
        spot, findings = read_yaml(source, name)
    else:
        spot, findings = spot_of_value(source), []
    if spot is None:
        return None, findings
    reader = _Reader(name)
    profile = reader.profile(spot)
    return (None if has_errors(reader.findings) else profile), reader.findings


@cache
def built_in() -> Mapping[str, Profile]:
    """The profiles that come with the program, by name."""
    profiles = {}
    for path in sorted((Path(__file__).parent / "profiles").glob("*.yaml")):
        profile, findings = load_profile(path.read_text(encoding="utf-8"), path.name)
        if profile is None:
            raise RuntimeError(f"built-in profile {path.name}: {'; '.join(map(str, findings))}")
        profiles[profile.name] = profile
    return profiles


class _Reader:
    """Checks one profile. Each key has a method that returns its value and notes what is wrong."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def add(self, code: str, line: int | None, **facts: object) -> None:
        self.findings.append(found(code, Place(self.source, line), **facts))

    def profile(self, spot: Spot) -> Profile | None:
        entries = self.entries(spot, "profil")
        keys: Mapping[str, Callable[[str, Spot], object]] = {
            "name": self.name,
            "format": lambda key, at: self.choice(key, at, FORMATS),
            "about": self.text,
            "scenario": self.scenario,
            "company": self.text,
            "dimensions": self.dimensions,
            "columns": self.columns,
            "sign": lambda key, at: self.choice(key, at, SIGNS),
            "decimal": lambda key, at: self.choice(key, at, DECIMALS),
            "dates": lambda key, at: tuple(self.choice(key, item, tuple(DATE_FORMS)) for item in self.many(at)),
            "encoding": lambda key, at: self.choice(key, at, ENCODINGS),
            "separator": lambda key, at: self.choice(key, at, SEPARATORS),
            "period": lambda key, at: self.choice(key, at, PERIOD_RULES),
            "voucher_balance": lambda key, at: self.choice(key, at, BALANCE_RULES),
            "balances": lambda key, at: self.choice(key, at, BALANCE_RULES),
            "ignored_accounts": lambda key, at: tuple(self.accounts(key, item) for item in self.many(at)),
            "defaults": self.defaults,
        }
        values: dict[str, object] = {}
        for key, (line, value) in entries.items():
            if key in keys:
                values[key] = keys[key](key, value)
            else:
                self.add(PROFILE_KEY, line, key=key, known=", ".join(keys))
        for key in ("name", "format"):
            if key not in entries:
                self.add(PROFILE_LACKS, None, key=key)
        if not self.findings:
            self.agrees(values, entries)
        return None if self.findings else Profile(**values)  # type: ignore[arg-type]  # each checked above

    def agrees(self, values: Mapping[str, object], entries: Mapping[str, tuple[int | None, Spot]]) -> None:
        """What the keys must say together: a table its columns, SIE nothing that only tables have."""
        if values["format"] == "sie":
            silent = Profile("", "sie")
            for key in ("columns", "decimal", "separator", "dates", "sign", "encoding"):
                if key in entries and values[key] != getattr(silent, key):
                    self.add(PROFILE_VALUE, entries[key][0], key="format", value="sie", known=f"table ({key})")
            return
        columns = values.get("columns")
        fields = columns if isinstance(columns, Mapping) else {}
        for needed in (("account",), ("amount", "debit", "credit"), ("date", "period")):
            if not any(name in fields for name in needed):
                self.add(PROFILE_LACKS, None, key=f"columns: {' / '.join(needed)}")

    def entries(self, spot: Spot, key: str) -> dict[str, tuple[int | None, Spot]]:
        if spot.entries is None:
            self.add(PROFILE_NOT_A_MAP, spot.line, key=key, expected="nyckel: värde")
            return {}
        for line, repeated in spot.repeated:
            self.add(PROFILE_TWICE, line, what=repeated)
        return spot.entries

    def many(self, spot: Spot) -> list[Spot]:
        return spot.items if spot.items is not None else [spot]

    def text(self, key: str, spot: Spot) -> str:
        if spot.text is None or len(spot.text) > 500 or not is_line(spot.text):
            self.add(PROFILE_NOT_A_MAP, spot.line, key=key, expected="text")
        return (spot.text or "").strip()

    def choice(self, key: str, spot: Spot, known: tuple[str, ...]) -> str:
        text = self.text(key, spot).lower()
        if text not in known:
            self.add(PROFILE_VALUE, spot.line, key=key, value=text, known=", ".join(known))
        return text

    def matching(self, key: str, spot: Spot, pattern: re.Pattern[str], known: str) -> str:
        text = self.text(key, spot)
        if not pattern.fullmatch(text):
            self.add(PROFILE_VALUE, spot.line, key=key, value=text, known=known)
        return text

    def name(self, key: str, spot: Spot) -> str:
        text = self.text(key, spot)
        if not _NAME.fullmatch(text):
            self.add(PROFILE_NAME, spot.line, name=text)
        return text

    def scenario(self, key: str, spot: Spot) -> str:
        return self.matching(key, spot, _SCENARIO, "actual, budget, forecast/…")

    def accounts(self, key: str, spot: Spot) -> str:
        return self.matching(key, spot, _ACCOUNTS, "9*, 8000-8999, 1930")

    def dimensions(self, key: str, spot: Spot) -> dict[str, str]:
        mapped: dict[str, str] = {}
        for number, (line, value) in self.entries(spot, key).items():
            dimension = self.choice(f"{key}: {number}", value, MAPPED_DIMENSIONS)
            if dimension in mapped.values():
                self.add(PROFILE_TWICE, line, what=dimension)
            mapped[number.strip()] = dimension
        return mapped

    def columns(self, key: str, spot: Spot) -> dict[str, tuple[str, ...]]:
        headings: dict[str, tuple[str, ...]] = {}
        owners: dict[str, str] = {}
        for name, (line, value) in self.entries(spot, key).items():
            if name not in COLUMN_FIELDS:
                self.add(PROFILE_KEY, line, key=name, known=", ".join(COLUMN_FIELDS))
                continue
            headings[name] = tuple(self.text(name, item).lower() for item in self.many(value))
            for heading in headings[name]:
                if owners.setdefault(heading, name) != name:
                    self.add(PROFILE_TWICE, line, what=heading)
        return headings

    def defaults(self, key: str, spot: Spot) -> dict[str, str]:
        codes: dict[str, str] = {}
        for dimension, (line, value) in self.entries(spot, key).items():
            if dimension not in MAPPED_DIMENSIONS:
                self.add(PROFILE_KEY, line, key=dimension, known=", ".join(MAPPED_DIMENSIONS))
            codes[dimension] = self.text(dimension, value)
        return codes
