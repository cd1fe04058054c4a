"""Swedish unless the arguments or the environment say English."""

from uppsikt.cli import language_of


def test_swedish_is_the_default_and_c_locale_is_not_english() -> None:
    assert language_of([], {}) == "sv"
    assert not language_of([], {"LANG": "C.UTF-8"}).startswith("en")


def test_the_flag_stands_before_the_environment() -> None:
    assert language_of(["statement", "--lang", "en"], {"LANG": "sv_SE.UTF-8"}) == "en"
    assert language_of(["--lang=sv"], {"LANG": "en_US.UTF-8"}) == "sv"


def test_the_environment_chooses_in_posix_order() -> None:
    assert language_of([], {"LC_ALL": "sv_SE.UTF-8", "LANG": "en_US.UTF-8"}) == "sv_SE.UTF-8"
    assert language_of([], {"LANG": "en_GB.UTF-8"}) == "en_GB.UTF-8"
