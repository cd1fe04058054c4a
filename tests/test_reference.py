"""Undocumented is red: what is made from code is up to date, what isn't is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from uppsikt.figures.definitions import shipped

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"


def test_findings_and_command_line_are_what_make_docs_would_write() -> None:
    tool = REPOSITORY / "tools" / "make_reference.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_code_is_named_by_a_test() -> None:
    written = "\n".join(path.read_text() for path in (REPOSITORY / "tests").rglob("*.py"))
    untold = []
    for path in (REPOSITORY / "src").rglob("*.py"):
        for name, code in re.findall(r'^(\w+) = define\(\s*"([A-Z]\d{3})"', path.read_text(), re.MULTILINE):
            if code not in written and not re.search(rf"\b{name}\b", written):
                untold.append(f"{code} {name}")
    assert untold == []


def test_every_setting_is_in_the_reference() -> None:
    source = (REPOSITORY / "src" / "uppsikt" / "settings.py").read_text()
    page = (DOCS / "reference" / "settings.md").read_text()
    assert [name for name in sorted(set(re.findall(r"UPPSIKT_[A-Z_]+", source))) if name not in page] == []


@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_shipped_statement_and_its_columns_are_in_the_reference(key: str) -> None:
    page = (DOCS / "reference" / "statements.md").read_text()
    assert f"`{key}`" in page
    shown = [column.key for column in shipped()[key].columns if not column.is_hidden]
    assert [column for column in shown if f"`{column}`" not in page] == []


def test_no_link_in_the_documentation_leads_nowhere() -> None:
    broken = []
    for page in [*DOCS.rglob("*.md"), *REPOSITORY.glob("*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in link and not (page.parent / link).exists():
                broken.append(f"{page.relative_to(REPOSITORY)}: {link}")
    assert broken == []


def test_nothing_is_left_to_do_in_the_source() -> None:
    unfinished = [
        str(path.relative_to(REPOSITORY))
        for path in (REPOSITORY / "src").rglob("*.py")
        if re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", path.read_text())
    ]
    assert unfinished == []
