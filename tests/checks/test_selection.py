"""Which rules are run: options, the settings file, and misspelt codes."""

from pathlib import Path

import pytest

from uppsikt.checks.selection import NotSettings, Settings, read_settings, settings_file, split, unknown


def test_codes_are_parted_by_commas_spaces_and_repeated_options() -> None:
    assert split(["K001,K04", "K02 unit-slip-in-text"]) == ("K001", "K04", "K02", "unit-slip-in-text")


def test_a_code_a_beginning_and_a_name_are_known_and_a_misspelt_one_is_not() -> None:
    assert unknown(["K001", "K0", "column-sum"]) == []
    assert unknown(["K999", "colum-sum", "X"]) == ["K999", "colum-sum", "X"]


def test_settings_are_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "uppsikt-check.toml"
    file.write_text(
        'select = ["K0"]\nignore = ["K066"]\nfail-on = "warning"\nbaseline = "känt.json"\n'
        '[per-file-ignores]\n"bilaga*.pdf" = ["K04"]\n'
    )
    settings = read_settings(file)
    assert settings == Settings(("K0",), ("K066",), {"bilaga*.pdf": ("K04",)}, "warning", tmp_path / "känt.json")
    assert settings.ignored_in(Path("x/bilaga 2.pdf")) == ("K066", "K04")
    assert settings.ignored_in(Path("x/rapport.pdf")) == ("K066",)


def test_the_nearest_file_above_a_report_counts(tmp_path: Path) -> None:
    below = tmp_path / "2022" / "delår"
    below.mkdir(parents=True)
    assert settings_file(below) is None
    (tmp_path / "uppsikt-check.toml").write_text("")
    assert settings_file(below) == tmp_path / "uppsikt-check.toml"


@pytest.mark.parametrize(
    "content",
    [
        "select = 1",
        'select = ["K999"]',
        'slect = ["K001"]',
        'fail-on = "maybe"',
        "select = [",
        "per-file-ignores = 2",
    ],
)
def test_what_cannot_be_used_is_a_finding(content: str, tmp_path: Path) -> None:
    file = tmp_path / "uppsikt-check.toml"
    file.write_text(content)
    with pytest.raises(NotSettings) as refused:
        read_settings(file)
    assert refused.value.finding.code == "K094"
