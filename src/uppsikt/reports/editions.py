"""Editions on disk: a folder named by its content, written whole or not at all, and what differs between two."""

from __future__ import annotations

import difflib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from uppsikt.core.hashes import canonical_json, hash_bytes
from uppsikt.reports.document import Document, plain

DOCUMENT_FILE = "document.json"
_FIGURES = ("NumberCell", "FigureRun")


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the edition before: a figure by its address, or a text. "" where it wasn't or isn't there."""

    kind: str
    what: str
    before: str
    after: str


def edition_folder(report_key: str, content_hash: str) -> Path:
    """Where an edition lies."""
    return Path(settings.HOME) / "reports" / report_key / content_hash


def document_file(document: Document) -> bytes:
    """The document itself as JSON: kept with each edition, so that any two can be compared."""
    stored = {name: plain(part) for name, part in vars(document).items() if name != "asked"}
    return (canonical_json({"is": "Document", **stored}) + "\n").encode()


def store(report_key: str, content_hash: str, files: Mapping[str, bytes]) -> None:
    """Put files in an edition's folder, each whole or not at all. Files that are there stay as they are."""
    folder = edition_folder(report_key, content_hash)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        if not (folder / name).exists():
            _write(folder, name, content)
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _write(folder: Path, name: str, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    Path(temporary).chmod(0o444)
    Path(temporary).replace(folder / name)


def changed_files(report_key: str, content_hash: str, files: Mapping[str, Mapping[str, object]]) -> list[str]:
    """The names of registered files that are gone or aren't what they were."""
    folder = edition_folder(report_key, content_hash)
    return [
        name
        for name, facts in files.items()
        if not (folder / name).is_file() or hash_bytes((folder / name).read_bytes()) != facts.get("sha256")
    ]


def changes_between(before: bytes, after: bytes) -> list[Change]:
    """What differs between two editions' documents: figures by address first, then texts."""
    old, new = json.loads(before)["blocks"], json.loads(after)["blocks"]
    old_figures, new_figures = dict(_figures(old)), dict(_figures(new))
    changes = [
        Change("figure", address, old_figures.get(address, ""), new_figures.get(address, ""))
        for address in dict.fromkeys([*old_figures, *new_figures])
        if old_figures.get(address) != new_figures.get(address)
    ]
    return changes + list(_text_changes(list(_texts(old)), list(_texts(new))))


def _figures(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for item in node:
            yield from _figures(item)
    elif isinstance(node, dict):
        if node.get("is") in _FIGURES and node.get("address") and node.get("value") is not None:
            unit = f" {node['unit']}" if node.get("unit") else ""
            yield f"{node['address']}{unit}", str(node["text"])
        for item in node.values():
            yield from _figures(item)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, dict):
        if node.get("is") == "Heading":
            yield str(node["text"])
        elif node.get("is") == "Paragraph":
            yield "".join(run["text"] for run in node["runs"])
        else:
            for item in node.values():
                yield from _texts(item)


def _text_changes(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind != "equal":
            yield Change("text", "", "\n".join(old[old_from:old_to]), "\n".join(new[new_from:new_to]))
