"""YAML that people write, read without giving it the chance to do harm: small, without aliases, safe tags.

A few lines of aliases can expand to gigabytes, so they are refused; so is nesting deeper than anyone writes,
whose reading takes the square of its depth (a page of brackets: hours). Callers turn nodes into their own shapes
and `NotYaml` into a finding with their own code.
"""

from __future__ import annotations

import yaml

MAX_CHARACTERS = 200_000
MAX_DEPTH = 50


class NotYaml(ValueError):
    """Why the text can't be read as YAML, and on which line, where that is known."""

    def __init__(self, why: str, line: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


def compose_yaml(text: str) -> yaml.Node | None:
    """The document's root node, None for an empty one; raises `NotYaml`."""
    if len(text) > MAX_CHARACTERS:
        raise NotYaml(f"> {MAX_CHARACTERS}")
    try:
        _refuse_harmful(text)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise NotYaml(error.problem or "YAML", line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYaml(type(error).__name__) from error


def _refuse_harmful(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise NotYaml(f"*{event.anchor}", line_of(event))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise NotYaml(f"> {MAX_DEPTH} …[[[", line_of(event))


def line_of(marked: yaml.Event | yaml.Node) -> int | None:
    """The line a node or event begins on, from 1."""
    return marked.start_mark.line + 1 if marked.start_mark else None
