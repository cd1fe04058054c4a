"""A report's texts to a document: parts in order, references resolved, headings and tables numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from uppsikt.core.findings import Finding, Place, found, has_errors
from uppsikt.core.hashes import hash_bytes, hash_of
from uppsikt.core.language import speaking
from uppsikt.figures.addresses import slug
from uppsikt.figures.model import RoundFacts
from uppsikt.reports.blocks import Blocks
from uppsikt.reports.citations import Citations
from uppsikt.reports.claims import compare_claims
from uppsikt.reports.document import Block, Document, Heading, Metadata, sealed
from uppsikt.reports.facts import Fact
from uppsikt.reports.findings import HEADING_NUMBERED, HEADING_SKIPS, VALUE_WRONG
from uppsikt.reports.recipe import RECIPE_FILE, Recipe, read_text, recipe_of
from uppsikt.reports.resolver import FigureSource, Resolver

_OWN_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s")


class Manuscript(Protocol):
    """Where a report's texts are: a folder of files, or the sections that are kept (`writing.manuscripts`)."""

    def text(self, name: str) -> tuple[str, list[Finding]]:
        """The text of one file, or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class FolderManuscript:
    """A report's folder."""

    folder: Path

    def text(self, name: str) -> tuple[str, list[Finding]]:
        """The text of one file in the folder."""
        return read_text(self.folder, name)


def compose(
    texts: Path | Manuscript, source: FigureSource, facts: Mapping[str, Fact], *, with_lineage: bool = True
) -> tuple[Document | None, list[Finding]]:
    """The document of a report's folder or kept texts, or None and what stops it. Warnings are given either way.

    `with_lineage=False` leaves out the engine's answer to where each figure in prose comes from (for previews).
    """
    manuscript = FolderManuscript(texts) if isinstance(texts, Path) else texts
    recipe_text, findings = manuscript.text(RECIPE_FILE)
    recipe, faults = recipe_of(recipe_text) if not findings else (None, [])
    findings += faults
    if recipe is None:
        return None, findings
    with speaking(recipe.language):
        parts = {}
        for name in recipe.parts:
            parts[name], faults = manuscript.text(name)
            findings += faults
        try:
            round_facts = source.round_facts(recipe.round)
        except LookupError:
            wanted = "delar2-2022 …"
            findings.append(found(VALUE_WRONG, recipe.at("round"), where="round", value=recipe.round, wanted=wanted))
        if has_errors(findings):
            return None, findings
        lineage = with_lineage and recipe.with_lineage
        resolver = Resolver(source, recipe.round, facts, recipe.figures, with_lineage=lineage)
        return _compose(recipe, parts, round_facts, resolver, texts_hash(recipe_text, parts), findings)


def _compose(
    recipe: Recipe,
    texts: Mapping[str, str],
    round_facts: RoundFacts,
    resolver: Resolver,
    words_hash: str,
    findings: list[Finding],
) -> tuple[Document | None, list[Finding]]:
    citations = Citations(resolver, findings)
    blocks = Blocks(recipe, resolver, citations, findings)
    load_statements(recipe, resolver)
    made: list[Block] = []
    numbers = HeadingNumbers(is_numbered=recipe.is_numbered)
    for name, text in texts.items():
        for block in blocks.of_part(text, name):
            made.append(numbers.numbered(block, name, findings) if isinstance(block, Heading) else block)
    asked = resolver.asked  # before the claims are tried: most of them say nothing of what they are compared with
    findings += compare_claims(resolver.facts.values(), resolver)
    if has_errors(findings):
        return None, findings
    metadata = _metadata(recipe, round_facts, resolver.source.content_hash, words_hash)
    notes = citations.notes() if recipe.with_lineage else ()
    return replace(sealed(metadata, tuple(made), notes), asked=tuple(sorted(asked))), findings


def load_statements(recipe: Recipe, resolver: Resolver) -> None:
    """Ask for the tables before the prose, so that numbers typed by hand can be looked for in all of them."""
    for ask in recipe.statements.values():
        try:
            resolver.statement(ask.statement, ask.unit)
        except LookupError:
            continue  # said where the block stands


def texts_hash(recipe_text: str, texts: Mapping[str, str]) -> str:
    """Identity of a report's words: its recipe and its parts."""
    recipe = hash_bytes(recipe_text.encode())
    return hash_of([recipe, {name: hash_bytes(text.encode()) for name, text in texts.items()}])


def _metadata(recipe: Recipe, round_facts: RoundFacts, data_hash: str, words_hash: str) -> Metadata:
    return Metadata(
        key=recipe.key,
        title=recipe.title,
        subtitle=recipe.subtitle,
        municipality=recipe.municipality,
        committee=recipe.committee,
        round_key=round_facts.key,
        round_name=round_facts.name,
        cut_off=round_facts.cut_off,
        document_date=recipe.date or round_facts.cut_off,
        version=recipe.version,
        language=recipe.language,
        author=recipe.author,
        diary_number=recipe.diary_number,
        data_hash=data_hash,
        texts_hash=words_hash,
    )


class HeadingNumbers:
    """Gives headings their numbers and anchors, so that neither can collide."""

    def __init__(self, *, is_numbered: bool) -> None:
        self.is_numbered = is_numbered
        self.counts: list[int] = []
        self.level = 0
        self.anchors: set[str] = set()

    def numbered(self, heading: Heading, name: str, findings: list[Finding]) -> Heading:
        """The heading with number and anchor; its line came in the anchor's place."""
        place = Place(name, int(heading.anchor))
        if heading.level > self.level + 1:
            findings.append(found(HEADING_SKIPS, place, text=heading.text, above=self.level, level=heading.level))
        if self.is_numbered and _OWN_NUMBER.match(heading.text):
            findings.append(found(HEADING_NUMBERED, place, text=heading.text))
        self.level = heading.level
        number = "" if heading.number == "-" or not self.is_numbered else self._next(heading.level)
        return replace(heading, number=number, anchor=self._anchor(heading.text))

    def _next(self, level: int) -> str:
        self.counts = [*self.counts, *[0] * level][:level]
        self.counts[-1] += 1
        return ".".join(map(str, self.counts))

    def _anchor(self, text: str) -> str:
        anchor = base = slug(text) or "avsnitt"
        count = 1
        while anchor in self.anchors:
            count += 1
            anchor = f"{base}-{count}"
        self.anchors.add(anchor)
        return anchor
