"""The command line `uppsikt`: a thin door. Language and Django are set before any command is loaded.

`check` alone needs no Django: it is for any report, where nothing of the house need be installed.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from uppsikt.core.language import current_language, use_language


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """`--lang` first, then LC_ALL, LC_MESSAGES, LANG; Swedish unless one of them says English."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name]
    return "sv"


def main() -> None:
    """Entry point of the command `uppsikt`."""
    use_language(language_of(sys.argv[1:], os.environ))
    _teach_click()
    from uppsikt.cli.checks import is_asked_for, run_alone

    if is_asked_for(sys.argv[1:]):
        sys.exit(run_alone(sys.argv[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.settings")
    from uppsikt.cli.output import run_safely

    sys.exit(run_safely(sys.argv[1:]))


def _teach_click() -> None:
    # click says "Usage:" and its errors through gettext; tools/make_click_swedish.py writes the catalogue
    gettext.bindtextdomain("uppsikt", Path(__file__).parent / "locale")
    gettext.textdomain("uppsikt")
    os.environ["LANGUAGE"] = current_language()
