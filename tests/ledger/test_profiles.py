from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.audit.actors import Actor, NotAllowed
from uppsikt.audit.models import Event
from uppsikt.ledger.models import MappingProfile
from uppsikt.ledger.profiles import Profile, built_in, load_profile
from uppsikt.ledger.selectors import profile_named, profiles
from uppsikt.ledger.services import save_profile

OWN = """
name: exempelkommunen
format: sie
about: Vår kodsträng
dimensions:
  1: unit
  6: project
  20: activity
ignored_accounts: ["9*", "8000-8099"]
defaults:
  marker: "000"
"""
TABLE = """
name: export
format: table
sign: reversed
decimal: comma
dates: dd.mm.yyyy
columns:
  period: Period
  account: [Konto, Kontonr]
  amount: Utfall
"""
TODAY = date(2022, 9, 5)


def places(source: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.at.line) for finding in load_profile(source)[1]]


def loaded(source: str) -> Profile:
    profile, findings = load_profile(source)
    assert findings == []
    assert profile is not None
    return profile


def test_the_built_in_profiles_are_whole_and_say_what_they_are() -> None:
    assert set(built_in()) == {"sie", "tabell"}
    assert built_in()["sie"].dimensions == {"1": "unit", "6": "project"}
    assert all(profile.about for profile in built_in().values())


def test_a_profile_maps_the_files_dimensions_to_ours() -> None:
    profile = loaded(OWN)

    assert [profile.dimension(number) for number in ("1", "6", "20", "7")] == ["unit", "project", "activity", None]


def test_ignored_accounts_are_prefixes_ranges_or_the_very_account() -> None:
    profile = loaded(OWN.replace('"8000-8099"', '"8000-8099", "1930"'))

    ignored = [account for account in ("9101", "8050", "1930", "8100", "19301", "3010") if profile.ignores(account)]
    assert ignored == ["9101", "8050", "1930"]


def test_a_table_profile_says_headings_sign_and_forms() -> None:
    profile = loaded(TABLE)

    assert profile.columns == {"period": ("period",), "account": ("konto", "kontonr"), "amount": ("utfall",)}
    assert (profile.sign, profile.decimal, profile.dates) == ("reversed", "comma", ("dd.mm.yyyy",))


def test_a_profile_kept_and_read_again_is_the_same() -> None:
    for profile in (loaded(OWN), loaded(TABLE), *built_in().values()):
        assert load_profile(profile.content()) == (profile, [])


def test_its_identity_is_what_it_does_not_what_it_is_called() -> None:
    assert loaded(OWN).content_hash == loaded(OWN.replace("exempelkommunen", "annat")).content_hash
    assert loaded(OWN).content_hash != loaded(OWN.replace("20: activity", "20: object")).content_hash


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("name: exempelkommunen", "name: Vår profil!", "L186", 2),
        ("format: sie", "format: xml", "L184", 3),
        ("about:", "kommentar:", "L182", 4),
        ("20: activity", "20: verksamhet", "L184", 8),
        ("20: activity", "20: unit", "L185", 8),
        ("20: activity", "6: activity", "L185", 8),
        ('"9*"', '"9-*"', "L184", 9),
        ("marker:", "konto:", "L182", 11),
        ("dimensions:\n  1: unit\n", "dimensions:\n  1: [unit]\n", "L181", 6),
        ("about: Vår kodsträng", "about: [", "L180", 6),
        ("about: Vår kodsträng", "about: &a x\ncompany: *a", "L180", 5),
        ("about: Vår kodsträng", "decimal: comma", "L184", 4),
    ],
)
def test_each_fault_has_its_code_and_line(before: str, after: str, code: str, line: int) -> None:
    assert before in OWN
    assert (code, line) in places(OWN.replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("name: export\n", "", "name"),
        ("  amount: Utfall\n", "", "amount / debit / credit"),
        ("  period: Period\n", "", "date / period"),
        ("  account: [Konto, Kontonr]\n", "", "account"),
    ],
)
def test_what_a_profile_lacks_is_named(before: str, after: str, said: str) -> None:
    findings = load_profile(TABLE.replace(before, after))[1]

    assert [finding.code for finding in findings] == ["L183"]
    assert said in findings[0].says


def test_a_heading_may_not_give_two_fields() -> None:
    assert places(TABLE.replace("amount: Utfall", "amount: Konto")) == [("L185", 10)]


@pytest.mark.parametrize("source", ["", "a", "- 1", "null", "{", "name: [", "\x00", "!!python/object:os.system x"])
def test_what_is_no_profile_is_a_finding(source: str) -> None:
    profile, findings = load_profile(source)

    assert profile is None
    assert findings


@settings(deadline=None, max_examples=60)
@given(source=st.text(max_size=200) | st.text("name:frt12sie{}[]-&*\n \"'", max_size=60))
def test_no_text_makes_a_traceback(source: str) -> None:
    profile, findings = load_profile(source)

    assert profile is None
    assert all(str(finding) for finding in findings)


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)  # fmt: skip  # noqa: E501


@settings(deadline=None, max_examples=60)
@given(key=st.sampled_from(sorted(Profile("x", "sie").content())), value=VALUES)
def test_no_stored_content_makes_a_traceback(key: str, value: object) -> None:
    profile, findings = load_profile({"name": "x", "format": "table", key: value})

    assert profile is None
    assert findings


@pytest.mark.django_db
def test_a_controller_saves_a_profile_and_finds_it_among_all(controller: Actor) -> None:
    saved = save_profile(actor=controller, content=OWN, name="egen.yaml", as_of=TODAY)

    assert saved.findings == []
    assert profiles()["exempelkommunen"] == saved.profile == loaded(OWN)
    assert set(profiles()) == {"sie", "tabell", "exempelkommunen"}
    assert Event.objects.get().target == "profile:exempelkommunen"


@pytest.mark.django_db
def test_saving_again_replaces_the_profile_of_that_name(controller: Actor) -> None:
    save_profile(actor=controller, content=OWN, name="egen.yaml", as_of=TODAY)
    save_profile(actor=controller, content=OWN.replace("20: activity", "20: object"), name="egen.yaml", as_of=TODAY)

    assert MappingProfile.objects.count() == 1
    assert profiles()["exempelkommunen"].dimension("20") == "object"


@pytest.mark.django_db
def test_one_who_may_only_read_cannot_save_a_profile(reader: Actor) -> None:
    with pytest.raises(NotAllowed):
        save_profile(actor=reader, content=OWN, name="egen.yaml", as_of=TODAY)
    assert MappingProfile.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"), [(OWN.replace("exempelkommunen", "sie"), "L187"), (OWN.replace("sie", "x"), "L184")]
)
def test_a_profile_with_faults_or_a_built_in_name_is_not_kept(controller: Actor, content: str, code: str) -> None:
    saved = save_profile(actor=controller, content=content, name="egen.yaml", as_of=TODAY)

    assert [finding.code for finding in saved.findings] == [code]
    assert saved.profile is None
    assert MappingProfile.objects.count() == Event.objects.count() == 0


@pytest.mark.django_db
def test_a_profile_nobody_has_is_a_finding_that_names_those_there_are() -> None:
    profile, findings = profile_named("raindance")

    assert profile is None
    assert findings[0].code == "L188"
    assert "sie, tabell" in findings[0].says
    assert profile_named("sie") == (built_in()["sie"], [])
