"""Addresses of figures and the keys they are made of."""

from __future__ import annotations

import pytest

from uppsikt.figures.addresses import Address, is_slug, parse_address, slug


def test_an_address_has_statement_row_and_column() -> None:
    assert parse_address("nettoredovisning/nettokostnad/avvikelse") == Address(
        "nettoredovisning", "nettokostnad", "avvikelse"
    )


def test_an_address_may_name_unit_and_round() -> None:
    address = parse_address("kontogrupper:40/6a/prognos@delar2-2022")
    assert address == Address("kontogrupper", "6a", "prognos", "40", "delar2-2022")
    assert str(address) == "kontogrupper:40/6a/prognos@delar2-2022"


@pytest.mark.parametrize("text", ["", "fakta/nki", "a/b", "a/b/c/d", "A/b/c", "a/b/c@", "a:/b/c", "a/b/ c", "a/å/c"])
def test_other_texts_are_no_addresses(text: str) -> None:
    assert parse_address(text) is None


def test_keys_are_ascii() -> None:
    assert slug("Politisk kommunledning") == "politisk-kommunledning"
    assert slug("Åtgärder & övrigt (KS)") == "atgarder-ovrigt-ks"
    assert slug("6A") == "6a"
    assert is_slug("nettokostnad-2022")
    assert not is_slug("Nettokostnad")
    assert not is_slug("-a")
