"""Whether two Swedish words are forms of one: "hyran" and "hyrorna", "kostnaden" and "kostnadernas".

Words come without capitals and accents, so that "land" and "länder" are alike. A word may be cut in several ways
("intäkt" is not the t-form of "intäk"): two are of one word where some cut of one is some cut of the other.
"""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = (
    *("ornas", "arnas", "ernas", "orna", "arna", "erna", "ens", "ets", "ans", "ors", "ars", "ers"),
    *("or", "ar", "er", "en", "et", "an", "na", "ns", "ts", "es", "n", "t", "s", "a", "e", "r"),
)
_SHORTEST, _OF_A_COMPOUND = 3, 5  # letters that must be left: of a word, and of what a longer word begins with
_DOUBLED = ("mm", "nn")  # program, programmet


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """The word and what is left of it without each ending that it has."""
    cut = {word.removesuffix(ending) for ending in _ENDINGS if len(word) - len(ending) >= _SHORTEST}
    return frozenset({word, *cut, *(one[:-1] for one in cut if one.endswith(_DOUBLED))})


def is_same_word(word: str, other: str) -> bool:
    """Whether they are forms of one word."""
    return not stems(word).isdisjoint(stems(other))


def is_in_compound(word: str, other: str) -> bool:
    """Whether the other is a longer word that begins or ends with this one: "hyran" and "lokalhyror"."""
    begins = any(len(stem) >= _OF_A_COMPOUND and other.startswith(stem) for stem in stems(word))
    return begins or any(end.endswith(tuple(stems(word))) for end in stems(other))
