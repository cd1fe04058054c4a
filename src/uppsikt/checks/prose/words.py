"""Swedish words: light stems that survive inflection, and the words that carry direction and measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_SUFFIXES = {
    5: frozenset(("ernas", "arnas", "ornas")),
    4: frozenset(("erna", "arna", "orna")),
    3: frozenset(("ens", "ets", "ers")),
    2: frozenset(("en", "et", "er", "ar", "or", "an", "na", "as", "es")),
    1: frozenset(("a", "e", "s")),
}
_NEUTER_ENDS = ("amt", "alt", "igt", "skt", "ivt", "llt", "elt", "adt")
_VOWEL_N = ("in", "on", "un", "yn", "ån", "än", "ön")
LEAST = 4  # letters a stem keeps

# Words that name nothing by themselves: they may stand in a label or be left out of it.
_GENERIC_WORDS = """
    och samt eller inkl inklusive exkl exklusive varav därav netto summa totalt total totala sammanlagt hela
    den det de
    verksamhet verksamheten nivå nivån område verksamhetsområde post av för i på till från med mot per vid om
    som under över år året mm m fl bl a inom hos bland
"""


_VERB_WORDS = """
    visar visade redovisar redovisade har hade är var blir blev beräknas beräknades uppgår uppgick prognostiserar
    prognostiseras prognosticerar uppvisar förväntas lämnar får fick ger gav innebär bedöms väntas gör står
"""


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands in its text, and its stem."""

    stem: str
    start: int
    end: int
    capital: bool
    is_self: bool = False  # "nämnden", "förvaltningen": what the section is about


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What is left of a word without its endings: "Socialnämndens" and "socialnämnd" give the same."""
    rest = word.lower()
    for _ in range(4):
        shorter = _shorter(rest)
        if shorter == rest:
            break
        rest = shorter
    return rest


def _shorter(word: str) -> str:
    """The word without its last ending, if enough is left."""
    if word.endswith(_NEUTER_ENDS + _VOWEL_N) and len(word) > LEAST:
        word = word[:-1]
    for length, endings in _SUFFIXES.items():
        if len(word) - length >= LEAST and word[-length:] in endings:
            word = word[:-length]
            break
    return word[:-1] if len(word) > LEAST and word[-1] == word[-2] else word


# In the singular these mean the one that a section is about, not a row that sums them all.
_SELF_WORDS = frozenset(
    f"{word}{case}"
    for word in (
        "nämnden",
        "förvaltningen",
        "styrelsen",
        "avdelningen",
        "bolaget",
        "kommunen",
        "enheten",
        "verksamheten",
    )
    for case in ("", "s")
)

GENERIC = frozenset(stem(word) for word in _GENERIC_WORDS.split())
SELVES = frozenset((stem("nämnden"), stem("styrelsen")))  # the report's own board, or just its politicians?
VERBS = frozenset(stem(word) for word in _VERB_WORDS.split())


def tokens_in(text: str, offset: int = 0) -> tuple[Token, ...]:
    """The words of a text with their stems; `offset` is added to their places."""
    return tuple(
        Token(
            stem(word := found.group()),
            found.start() + offset,
            found.end() + offset,
            word[0].isupper(),
            word.lower() in _SELF_WORDS,
        )
        for found in _WORD.finditer(text)
    )


def stems_in(text: str) -> tuple[str, ...]:
    """The stems of the words that name something, in order."""
    return tuple(token.stem for token in tokens_in(text) if token.stem not in GENERIC)


class Tag(StrEnum):
    """What kind of figure words speak of; both sentences and column headings are read with them."""

    DEVIATION = "deviation"
    CHANGE = "change"
    BUDGET = "budget"
    FORECAST = "forecast"
    RESULT = "result"
    COST = "cost"
    INCOME = "income"
    ACTUAL = "actual"
    TARGET = "target"
    SHARE = "share"
    TOTAL = "total"


_TAG_WORDS = {
    Tag.DEVIATION: (
        r"avvik|\bavv\b|differens|\bdiff\b|(?:än|jämfört med|förhållande till|gentemot)\s+(?:i\s+)?budget"
        r"|mot\s+budget(?!\s+(?:om|på)\b)|budget(?:över|under)skott|(?:över|under)skr[ie]d"
        r"|(?:över|under)skott(?:et)?\s+(?:mot|gentemot)\s+budget"
    ),
    Tag.CHANGE: (
        r"\bök(?:ar|at|ning(?:en)?)\b|\bminsk(?:ar|at|ning(?:en)?)\b|förbättr|försämr|\bhögre\b|\blägre\b|\bbättre\b|\bsämre\b"
        r"|(?:öka(?:de)?|minska(?:de)?|steg|sjönk|sänk[at]|höja|förbättra(?:des)?|försämra(?:des)?)\b[^.]{0,40}"
        r"\bmed\s*(?:ca|cirka|drygt|knappt|totalt)?\s*$"
        r"|gått\s+(?:upp|ner|ned)|förändring|\bstigit\b|\bsjunkit\b"
    ),
    Tag.BUDGET: r"\bbudget\b(?!avv)|\bbudgeten\b|budgeter|budgetram|anslag|\bram(?:en)?\b",
    Tag.FORECAST: r"prognos(?!avv)|prognostis|helårsbedöm",
    Tag.RESULT: r"resultat|överskott|underskott|vinst|förlust",
    Tag.COST: r"kostnad|utgift",
    Tag.INCOME: r"intäkt|inkomst",
    Tag.ACTUAL: r"utfall|bokslut|\bredovisat\b|\bperiodens\b",
    Tag.TARGET: r"målvärde|måltal|målnivå|\bmål(?:et|en)?\b",
    Tag.SHARE: r"andel|%|procent",
    Tag.TOTAL: (
        r"sammantag|sammanställd|sammanlag|\btotal|\bsamla[dt]|\bsumma|\bnämndens\b|\bstyrelsens\b|\bkommunens\b"
        r"|\bförvaltningens\b|\bårets\s+resultat|\bnettokostnad"
    ),
}
_TAGS = {tag: re.compile(words) for tag, words in _TAG_WORDS.items()}
_HEADS = (
    *(Tag.DEVIATION, Tag.CHANGE, Tag.TARGET, Tag.BUDGET, Tag.RESULT, Tag.FORECAST),
    *(Tag.COST, Tag.INCOME, Tag.ACTUAL, Tag.SHARE),
)


@lru_cache(maxsize=20_000)
def tags_in(text: str) -> frozenset[Tag]:
    """Every kind of figure that words in the text speak of."""
    lower = text.lower()
    return frozenset(tag for tag, words in _TAGS.items() if words.search(lower))


def head_of(tags: frozenset[Tag]) -> Tag | None:
    """The kind that decides: a deviation in the forecast is a deviation; none where nothing is said."""
    return next((tag for tag in _HEADS if tag in tags), None)


_DIRECTION = re.compile(
    r"(?P<down>\bunderskott\w*|\bnegativ\w*|\bminusresultat\w*|\bförlust\w*|\bbudgetunderskott\w*"
    r"|\bbudgetöverskrid\w*|\böverskrid\w*|\böverskred\w*|\bmerkostnad\w*\s+mot\s+budget)"
    r"|(?P<up>\böverskott\w*|\bpositiv\w*|\bplusresultat\w*|\bvinst(?!er)\w*|\bbudgetöverskott\w*"
    r"|\bunderskrid\w*|\bunderskred\w*)"
)
_TREND = re.compile(
    r"(?P<up>\bök(?:at|ade|ar|ning\w*|ade)\b|\bstigit\b|\bsteg\b|gått\s+upp|\bhöjt\w*|\bväxt\b|\bhögre\b)"
    r"|(?P<down>\bminsk(?:at|ade|ar|ning\w*)\b|\bsjunkit\b|\bsjönk\b|gått\s+ne[rd]\b|\bsänkt\w*|\blägre\b)"
)


@dataclass(frozen=True, slots=True)
class Direction:
    """A word that says which way: +1 or -1, and where in its text it stands."""

    sign: int
    start: int
    end: int
    word: str


def directions_in(text: str) -> tuple[Direction, ...]:
    """Words for surplus and shortage, in order ("underskott", "positiv avvikelse")."""
    return _ways(_DIRECTION, text)


def trends_in(text: str) -> tuple[Direction, ...]:
    """Words for rise and fall, in order ("ökat", "gått ner")."""
    return _ways(_TREND, text)


def _ways(words: re.Pattern[str], text: str) -> tuple[Direction, ...]:
    return tuple(
        Direction(1 if found["up"] else -1, found.start(), found.end(), text[found.start() : found.end()])
        for found in words.finditer(text.lower())
    )
