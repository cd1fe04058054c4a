"""What the tutorials and the how-to guides on reorganisations tell the reader to do gives what they show."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.contrib.auth.models import User
from django.test import Client

from uppsikt.cli.commands import cli
from uppsikt.core.language import speaking
from uppsikt.demo.load import Loaded

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).resolve().parents[2] / "docs"
TUTORIAL = DOCS / "tutorial/a-reorganisation.md"
ROUND = DOCS / "tutorial/a-round.md"
NOT_RUN = ("export", "alias", "uppsikt demo", "uppsikt serve")  # the fixture has done it


def blocks(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Each block of commands with the lines that the page shows after it."""
    found = re.findall(r"^```(sh|text)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for number, (kind, content) in enumerate(found):
        if kind == "sh":
            following = found[number + 1] if number + 1 < len(found) else ("", "")
            yield content, following[1].splitlines() if following[0] == "text" else []


def run(commands: str) -> str:
    """Everything that a block's commands print."""
    pieces = re.findall(r"^cat > .*?^END$|^[^\n]+$", commands.replace("\\\n", ""), re.MULTILINE | re.DOTALL)
    return "".join(_run(piece) for piece in pieces if not piece.startswith(NOT_RUN))


def _run(piece: str) -> str:
    if not piece.startswith("uppsikt "):
        return subprocess.run(["sh", "-c", piece], check=True, capture_output=True, text=True).stdout
    with speaking("en"):
        result = CliRunner().invoke(cli, shlex.split(piece)[1:])
    assert result.exception is None or isinstance(result.exception, SystemExit), (piece, result.exception)
    return result.output


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def is_said(line: str, said: str) -> bool:
    """Whether the program printed a line of the page; "…" ends one that goes on. Spaces within numbers are plain."""
    said = said.replace("\u202f", " ").replace("\u00a0", " ")
    return said.startswith(line.removesuffix("…")) if line.endswith("…") else said.rstrip() == line.rstrip()


@pytest.mark.parametrize("page", [TUTORIAL, ROUND], ids=lambda page: page.stem)  # the first undoes what it does
def test_the_tutorials_show_what_the_program_says(demo: Loaded, place: Path, page: Path) -> None:
    for commands, shown in blocks(page):
        printed = run(commands).splitlines()
        remaining = iter(printed)
        for line in shown:
            assert any(is_said(line, said) for said in remaining), (
                f"{line}\n--- is not in ---\n{chr(10).join(printed)}"
            )


def test_the_pages_that_the_tutorial_names_are_there(demo: Loaded) -> None:
    client = Client()
    client.force_login(User.objects.get(username="ekonom"))
    pages = re.findall(r"http://127\.0\.0\.1:8000(/[^>\s]*)>", TUTORIAL.read_text(encoding="utf-8"))
    kept = [page for page in pages if "stod-2022" not in page]
    assert len(kept) == len(pages) - 1 > 4
    assert {page: client.get(page).status_code for page in kept} == dict.fromkeys(kept, 200)


def commands_of(page: Path) -> list[list[str]]:
    """The program's commands on a page, in blocks and in running text."""
    text = page.read_text(encoding="utf-8").replace("\\\n", "")
    shown = re.findall(r"^ *(uppsikt .+)$", text, re.MULTILINE) + re.findall(r"`(uppsikt [^`\n]+)`", text)
    return [shlex.split(line.split(" > ")[0].split(" # ")[0])[1:] for line in shown]


def parse(words: list[str]) -> None:
    """Read a command line as the program would, without doing it; raises `UsageError`."""
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, [word for word in words if word])
        assert found is not None
        command, context = found, click.Context(found, info_name=name, parent=context)
    command.make_parser(context).parse_args(list(words))


@pytest.mark.parametrize(
    "page", [TUTORIAL, DOCS / "how-to/plan-an-organisation.md", DOCS / "how-to/undo-a-reorganisation.md"]
)
def test_every_command_on_the_page_can_be_written(page: Path) -> None:
    written = commands_of(page)
    assert len(written) > 5
    for words in written:
        parse(words)


def test_a_command_that_is_not_there_is_noticed() -> None:
    parse(["organisation", "adopt", "key", "--with-budget"])
    with pytest.raises(click.UsageError):
        parse(["organisation", "adopt", "key", "--with-money"])
    with pytest.raises(click.UsageError):
        parse(["organisation", "abolish", "key"])
