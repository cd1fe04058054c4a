"""The directory by file: joins, changes and ends; tried first; all or nothing; twice is once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from uppsikt.audit.actors import Actor, Verb, may
from uppsikt.audit.administrators import this_day
from uppsikt.audit.directory import directory_file
from uppsikt.audit.directory_import import CLOSES, ENDS, GRANTS, JOINS, MOVES, OPENS, RENAMES, DirectoryImport
from uppsikt.audit.models import Event, RoleAssignment
from uppsikt.audit.selectors import actor_of, people, person
from uppsikt.audit.services import close_user, import_directory
from uppsikt.core.language import speaking

pytestmark = pytest.mark.django_db
HEAD = "användarnamn;namn;e-post;roll;enhet;från;till\n"
FIRST = """\
anna;Anna Berg;anna@kommunen.se;chef;4220;2022-01-01;
anna;;;controller;*;;
bertil;Bertil Ek;bertil@kommunen.se;ställföreträdare;4220;2022-06-01;2022-08-01
admin;Ada Min;ada@kommunen.se;administratör;*;2022-01-01;
"""


def bring(local: Actor, rows: str, *, complete: bool = False, dry_run: bool = False) -> DirectoryImport:
    content = (HEAD + rows).encode()
    units = {"42", "4220", "4230"}
    return import_directory(
        actor=local,
        content=content,
        name="katalog.csv",
        knows_unit=units.__contains__,
        is_complete=complete,
        dry_run=dry_run,
    )


def codes(done: DirectoryImport) -> list[str]:
    return [finding.code for finding in done.findings]


def kinds(done: DirectoryImport) -> list[tuple[str, str]]:
    return [(change.name, str(change.kind)) for change in done.changes]


def test_people_join_with_their_roles_and_the_same_file_again_changes_nothing(local: Actor) -> None:
    done = bring(local, FIRST)
    assert codes(done) == ["A018"]  # somebody becomes administrator: said, not stopped
    assert done.count(JOINS) == 3
    assert done.count(GRANTS) == 4
    anna = User.objects.get(username="anna")
    assert (anna.get_full_name(), anna.email, anna.has_usable_password()) == ("Anna Berg", "anna@kommunen.se", False)
    assert may(actor_of(anna), Verb.SUBMIT_FORECAST, ["4220", "42"], date(2022, 1, 1))
    assert may(actor_of(anna), Verb.RUN_ROUND, [], this_day())
    events = Event.objects.count()
    again = bring(local, FIRST)
    assert (again.changes, again.unchanged) == ((), 3)
    assert Event.objects.count() == events


def test_a_dry_run_tells_the_same_and_changes_nothing(local: Actor) -> None:
    tried = bring(local, FIRST, dry_run=True)
    assert not User.objects.exists()
    assert not Event.objects.exists()
    assert kinds(tried) == kinds(bring(local, FIRST))


def test_what_the_file_says_holds_and_the_past_is_left_alone(local: Actor) -> None:
    bring(local, FIRST)
    done = bring(
        local,
        "anna;Anna Lind;anna@kommunen.se;chef;4220;2022-01-01;2099-01-01\nbertil;;bertil@kommunen.se;chef;4230;;\n",
    )
    assert (done.count(RENAMES), done.count(MOVES), done.count(ENDS), done.count(GRANTS)) == (2, 1, 1, 1)
    ended = RoleAssignment.objects.get(user__username="anna", role="controller")
    assert ended.valid_to == this_day()
    stood_in = RoleAssignment.objects.get(user__username="bertil", role="deputy")
    assert stood_in.valid_to == date(2022, 8, 1)
    assert "(var 2022-01-01–)" in next(change.says for change in done.changes if change.kind is MOVES)


def test_whom_the_file_leaves_out_is_closed_only_where_it_is_everybody(local: Actor) -> None:
    bring(local, FIRST)
    without_bertil = "".join(line for line in FIRST.splitlines(keepends=True) if "bertil" not in line)
    assert bring(local, without_bertil).changes == ()
    done = bring(local, without_bertil, complete=True)
    assert kinds(done) == [("bertil", str(CLOSES))]
    assert not User.objects.get(username="bertil").is_active
    assert [change.kind for change in bring(local, FIRST).changes] == [OPENS]


def test_the_last_administrator_is_not_ended_by_a_file(local: Actor) -> None:
    bring(local, FIRST)
    for rows in (
        "admin;Ada Min;ada@kommunen.se;läsare;*;;\n",
        "admin;Ada Min;;administratör;*;2022-01-01;2099-01-01\n",
    ):
        assert codes(bring(local, rows)) == ["A005"]
    left = bring(local, "anna;;;chef;4220;;\n", complete=True)
    assert codes(left) == ["A005"]
    assert person("admin") == person("admin")
    assert may(actor_of(User.objects.get(username="admin")), Verb.ADMINISTER, [], this_day() + timedelta(days=40000))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("anna berg;;;chef;4220;;\n", "A010"),
        ("anna;;anna(at)x;chef;4220;;\n", "A011"),
        ("anna;;a@x.se;chef;4220;;\nbertil;;A@x.se;chef;4230;;\n", "A012"),
        ("anna;Anna;;chef;4220;;\nanna;Berta;;läsare;*;;\n", "A013"),
        ("anna;;;chef;4220;;\nAnna;;;chef;4220;2022-01-01;\n", "A014"),
        ("anna;;;kung;4220;;\n", "A006"),
        ("anna;;;chef;4711;;\n", "A007"),
        ("anna;;;chef;4220;2022-13-01;\n", "A008"),
        ("anna;;;chef;4220;2022-02-01;2022-01-01\n", "A009"),
    ],
)
def test_a_faulty_row_is_told_with_its_place_and_nothing_is_taken_in(local: Actor, rows: str, code: str) -> None:
    done = bring(local, "frisk;;;läsare;*;;\n" + rows)
    assert codes(done) == [code]
    assert done.findings[0].at.line in (3, 4)
    assert not User.objects.exists()


def test_an_address_that_somebody_else_has_is_refused_unless_the_file_gives_it_away(local: Actor) -> None:
    bring(local, FIRST)
    assert codes(bring(local, "bertil;;anna@kommunen.se;;;;\n")) == ["A012"]
    swapped = bring(local, "anna;;bertil@kommunen.se;chef;4220;;\nbertil;;anna@kommunen.se;;;;\n")
    assert codes(swapped) == []
    assert User.objects.get(email="anna@kommunen.se").username == "bertil"


def test_columns_that_are_missing_are_named_and_those_left_out_change_nothing(local: Actor) -> None:
    def short_file(content: bytes) -> DirectoryImport:
        return import_directory(actor=local, content=content, name="k.csv", knows_unit=bool)

    assert codes(short_file(b"namn;roll\nAnna;chef\n")) == ["T002", "T002"]
    bring(local, FIRST)
    done = short_file(b"user name,role,unit\nanna,manager,4220\nanna,controller,*\n")
    assert (codes(done), done.changes) == ([], ())


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_file_of_everybody_comes_back_and_changes_nothing(local: Actor, suffix: str, language: str) -> None:
    bring(local, FIRST + "tom;;;;;;\n")
    close_user(actor=local, user=User.objects.get(username="bertil"))
    with speaking(language):
        content = directory_file(people(), suffix)
    done = import_directory(
        actor=local, content=content, name=f"k.{suffix}", knows_unit=lambda unit: True, is_complete=True
    )
    assert (codes(done), done.changes, done.unchanged) == ([], (), 3)
