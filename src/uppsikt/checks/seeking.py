"""Patterns that are looked for in every line or sentence of a report, where few hold anything like them.

To look for letters costs a hundredth of what a pattern with alternatives does. So such a pattern comes with
letters of which all that it matches holds some, and a text without them is not searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class Sought:
    """A pattern and the letters, small ones, that a text must hold some of before it is worth searching."""

    def __init__(self, *letters: str, pattern: str) -> None:
        self.letters = letters
        self.text = pattern

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made when a text first calls for it. Large and small letters are the same to it."""
        return re.compile(self.text, re.IGNORECASE)

    def may_be_in(self, lower: str) -> bool:
        """Whether a text in small letters is worth searching."""
        for letters in self.letters:  # noqa: SIM110  (a generator would cost more than what it saves)
            if letters in lower:
                return True
        return False

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in the text that the pattern matches."""
        return self.pattern.search(text) if self.may_be_in(text.lower()) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place in the text that the pattern matches."""
        return self.pattern.finditer(text) if self.may_be_in(text.lower()) else iter(())
