"""YAML read to plain values that remember their lines, so that a finding can point into the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.guarded_yaml import NotYaml, compose_yaml, line_of
from uppsikt.ledger.findings_profiles import PROFILE_UNREADABLE


@dataclass(frozen=True)
class Spot:
    """A value of the document: a text, a list of spots or a map of spots, with the line it stands on."""

    line: int | None
    text: str | None = None
    items: list[Spot] | None = None
    entries: dict[str, tuple[int | None, Spot]] | None = None
    repeated: list[tuple[int | None, str]] = field(default_factory=list)


def read_yaml(source: str, name: str) -> tuple[Spot | None, list[Finding]]:
    """The document as spots."""
    try:
        node = compose_yaml(source)
    except NotYaml as fault:
        return None, [found(PROFILE_UNREADABLE, Place(name, fault.line), why=fault.why)]
    return (spot_of_node(node) if node else Spot(None, text="")), []


def spot_of_node(node: yaml.Node) -> Spot:
    """A YAML node as a spot; scalars are the very text of the file."""
    line = line_of(node)
    if isinstance(node, yaml.ScalarNode):
        is_null = node.tag == "tag:yaml.org,2002:null"
        return Spot(line, text="" if is_null else str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Spot(line, items=[spot_of_node(item) for item in node.value])
    entries: dict[str, tuple[int | None, Spot]] = {}
    repeated: list[tuple[int | None, str]] = []
    for key, value in node.value:
        text = str(key.value)
        if text in entries:
            repeated.append((line_of(key), text))
        entries[text] = (line_of(key), spot_of_node(value))
    return Spot(line, entries=entries, repeated=repeated)


def spot_of_value(value: object) -> Spot:
    """A plain value (from JSON) as a spot without lines."""
    if isinstance(value, Mapping):
        return Spot(None, entries={str(key): (None, spot_of_value(item)) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return Spot(None, items=[spot_of_value(item) for item in value])
    if isinstance(value, bool):
        return Spot(None, text="true" if value else "false")
    return Spot(None, text="" if value is None else str(value))
