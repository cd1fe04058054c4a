"""YAML as nodes that know their line, so that a finding can point at it."""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.guarded_yaml import NotYaml, compose_yaml
from uppsikt.figures.findings import KEY_TWICE, KEY_UNKNOWN, SHAPE_WRONG, UNREADABLE


@dataclass(frozen=True)
class Node:
    """A scalar (`text`), a list (`items`) or a map (`entries`) and the line it begins on."""

    line: int
    text: str | None = None
    items: tuple[Node, ...] | None = None
    entries: dict[str, Node] | None = None


@dataclass
class Reading:
    """Collects findings while a definition is read; every helper gives something usable back."""

    source: str
    findings: list[Finding] = field(default_factory=list)

    def find(self, code: str, node: Node, **facts: object) -> None:
        """Note what is wrong at a node."""
        self.findings.append(found(code, Place(self.source, node.line), **facts))

    def map_of(self, node: Node, part: str, known: tuple[str, ...]) -> dict[str, Node]:
        """The node's entries; unknown keys and other shapes are findings."""
        if node.entries is None:
            self.find(SHAPE_WRONG, node, name=part, wanted="nyckel: värde")
            return {}
        for name, value in node.entries.items():
            if name not in known:
                self.find(KEY_UNKNOWN, value, part=part, name=name, known=", ".join(known))
        return {name: value for name, value in node.entries.items() if name in known}

    def list_of(self, node: Node | None, part: str) -> tuple[Node, ...]:
        """The node's items; no node is no items, another shape is a finding."""
        if node is None:
            return ()
        if node.items is None:
            self.find(SHAPE_WRONG, node, name=part, wanted="- …")
            return ()
        return node.items

    def texts_of(self, node: Node | None, part: str) -> tuple[str, ...]:
        """A list of texts; a lone text counts as a list of one."""
        if node is None:
            return ()
        if node.text is not None:
            return (node.text,)
        return tuple(self.text_of(item, part) for item in self.list_of(node, part))

    def text_of(self, node: Node | None, part: str) -> str:
        """A scalar's text; "" and a finding for other shapes."""
        if node is None:
            return ""
        if node.text is None:
            self.find(SHAPE_WRONG, node, name=part, wanted="text")
            return ""
        return node.text


def read_nodes(text: str, reading: Reading) -> Node | None:
    """The document's root; None and a finding where it is no YAML."""
    try:
        root = compose_yaml(text)
    except NotYaml as fault:
        reading.findings.append(found(UNREADABLE, Place(reading.source, fault.line), why=fault.why))
        return None
    return _node(root, reading) if root else Node(1, entries={})


def _node(node: yaml.Node, reading: Reading) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(line, text=str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Node(line, items=tuple(_node(item, reading) for item in node.value))
    entries: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in entries:
            reading.find(KEY_TWICE, Node(key.start_mark.line + 1), key=name, part="YAML")
        entries[name] = _node(value, reading)
    return Node(line, entries=entries)
