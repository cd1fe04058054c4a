"""YAML that people write: broken, huge and exploding texts are said, not suffered."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.guarded_yaml import MAX_CHARACTERS, NotYaml, compose_yaml, line_of


def test_a_sound_text_gives_its_root_and_an_empty_one_none() -> None:
    root = compose_yaml("name: orebro\n")
    assert root is not None
    assert line_of(root) == 1
    assert compose_yaml("") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1\nb: 2\n", 2),
        ("a: &x [1]\nb: *x\n", 2),
        ("a:\n\t- b\n", 2),
        ("[" * 100_000, 1),
        ("a:\n " + "- " * 90_000 + "x", 2),
        ("{a: " * 20_000, 1),
        ("x" * (MAX_CHARACTERS + 1), None),
        ("a: \x00", None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(NotYaml) as refused:
        compose_yaml(text)
    assert refused.value.why
    assert line is None or refused.value.line == line


def test_what_people_nest_is_read() -> None:
    assert compose_yaml("[" * 50 + "]" * 50) is not None


@given(st.text())
def test_no_text_whatever_gives_anything_else(text: str) -> None:
    with contextlib.suppress(NotYaml):
        compose_yaml(text)
