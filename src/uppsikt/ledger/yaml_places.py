"""YAML read to plain values that remember their lines, so that a finding can point into the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from uppsikt.core.findings import Finding, Place, found
from uppsikt.ledger.findings_profiles import PROFILE_UNREADABLE

MAX_CHARACTERS = 200_000


@dataclass(frozen=True)
class Spot:
    """A value of the document: a text, a list of spots or a map of spots, with the line it stands on."""

    line: int | None
    text: str | None = None
    items: list[Spot] | None = None
    entries: dict[str, tuple[int | None, Spot]] | None = None
    repeated: list[tuple[int | None, str]] = field(default_factory=list)


def read_yaml(source: str, name: str) -> tuple[Spot | None, list[Finding]]:
    """The document as spots. Aliases are refused: a few lines of them can expand to gigabytes."""
    if len(source) > MAX_CHARACTERS:
        return None, [found(PROFILE_UNREADABLE, Place(name), why=f"> {MAX_CHARACTERS} tecken")]
    try:
        for event in yaml.parse(source, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                return None, [found(PROFILE_UNREADABLE, Place(name, _line(event)), why=f"*{event.anchor}")]
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        return None, [found(PROFILE_UNREADABLE, Place(name, line), why=error.problem or "YAML")]
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, [found(PROFILE_UNREADABLE, Place(name), why=type(error).__name__)]
    return (spot_of_node(node) if node else Spot(None, text="")), []


def _line(marked: yaml.Event | yaml.Node) -> int | None:
    return marked.start_mark.line + 1 if marked.start_mark else None


def spot_of_node(node: yaml.Node) -> Spot:
    """A YAML node as a spot; scalars are the very text of the file."""
    line = _line(node)
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
            repeated.append((_line(key), text))
        entries[text] = (_line(key), spot_of_node(value))
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
