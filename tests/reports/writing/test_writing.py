"""Sections in the database: taken in, written, merged, approved, laid out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from tests.conftest import actor_with
from tests.reports.sample import FACTS, SampleSource
from uppsikt.audit.actors import ALLOWED, Actor, NotAllowed, Role, Verb
from uppsikt.audit.models import Event
from uppsikt.audit.services import record, verify_chain
from uppsikt.core.findings import NotFound
from uppsikt.core.hashes import hash_bytes
from uppsikt.reports import services as reports
from uppsikt.reports.compose import compose
from uppsikt.reports.models import Section, SectionDraft, TextContent
from uppsikt.reports.selectors import edition, section_texts
from uppsikt.reports.verify import verify_sections, verify_texts
from uppsikt.reports.writing import services, states
from uppsikt.reports.writing.arranging import bring_back_section, drop_section
from uppsikt.reports.writing.keeping import standing
from uppsikt.reports.writing.merging import settled
from uppsikt.reports.writing.selectors import comments, draft, manuscript, section_row, versions
from uppsikt.reports.writing.states import TRANSITIONS, SectionState, diagram
from uppsikt.reports.writing.texts import export_texts, import_texts, take_in
from uppsikt.reports.writing.values import SectionRow, TextSave

pytestmark = pytest.mark.django_db
DAY = date(2022, 10, 4)
KEY = "ks-delar2-2022"
SECTION = "ekonomi"
RECIPE = """\
key: ks-delar2-2022
title: Delårsrapport
municipality: Örebro
unit: KS
round: delar2-2022
parts: [01-lage.md, 02-ekonomi.md]
"""
FILES = {
    "report.yaml": RECIPE,
    "01-lage.md": "::: contents\n\n# Läget\n\nLäget är gott.\n\n## Framåt\n\nDet blir bättre.\n",
    "02-ekonomi.md": "# Ekonomi\n\nKostnaden är {{ nettoredovisning/nettokostnad/prognos | mnkr abs unit }}.\n",
}


@pytest.fixture(autouse=True)
def _the_log_tells_how_sections_stand(db: None) -> Iterator[None]:
    yield
    assert verify_sections() == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "texts"
    target.mkdir()
    for name, text in FILES.items():
        (target / name).write_text(text, encoding="utf-8")
    return target


@pytest.fixture
def taken(folder: Path, local: Actor) -> Path:
    assert take_in(actor=local, folder=folder, as_of=DAY).findings == []
    return folder


@pytest.fixture
def writer(db: None) -> Actor:
    """Somebody without a role."""
    return Actor("ny", User.objects.create_user("ny").pk)


def row(key: str = SECTION) -> SectionRow:
    held = section_row(KEY, key)
    assert held
    return held


def save(actor: Actor, text: str, seen: int = 1, key: str = SECTION) -> TextSave:
    return services.save_text(actor=actor, report_key=KEY, section=key, text=text, seen_number=seen, as_of=DAY)


def is_kept(done: TextSave) -> bool:
    return done.conflict is None and not done.findings


def step(actor: Actor, to: SectionState, seen: int = 1, message: str = "") -> TextSave:
    return services.change_state(
        actor=actor, report_key=KEY, section=SECTION, to=to, seen_number=seen, as_of=DAY, message=message
    )


def test_a_folder_is_taken_in_once_and_every_text_is_its_hash(taken: Path, local: Actor) -> None:
    texts = section_texts(KEY)
    assert [(text.key, text.version, text.state) for text in texts] == [
        ("recept", 1, SectionState.WRITING),
        ("laget", 1, SectionState.WRITING),
        ("framat", 1, SectionState.WRITING),
        ("ekonomi", 1, SectionState.WRITING),
    ]
    assert all(text.content_hash == hash_bytes(text.text.encode()) for text in texts)
    (taken / "01-lage.md").write_text("# Annat\n\nText.\n")
    take_in(actor=local, folder=taken, as_of=DAY)
    assert section_texts(KEY) == texts
    assert Event.objects.filter(verb="import-texts").count() == 1


def test_texts_are_taken_in_by_those_who_write_and_by_nobody_else(folder: Path, reader: Actor) -> None:
    with pytest.raises(NotAllowed):
        take_in(actor=reader, folder=folder, as_of=DAY)
    assert section_texts(KEY) == []
    assert take_in(actor=actor_with(Role.MANAGER, "*"), folder=folder, as_of=DAY).added


def test_laid_out_and_taken_in_again_nothing_changes(taken: Path, tmp_path: Path, local: Actor) -> None:
    out = tmp_path / "ut"
    assert [path.name for path in export_texts(KEY, out)] == list(FILES)
    assert {name: (out / name).read_text(encoding="utf-8") for name in FILES} == FILES
    again = import_texts(actor=local, folder=out, as_of=DAY)
    assert (again.added, again.changed, again.dropped, again.unchanged) == ([], [], [], 4)
    assert Event.objects.filter(verb="import-texts").count() == 1


def test_an_import_changes_what_differs_adds_what_is_new_and_drops_what_is_gone(taken: Path, local: Actor) -> None:
    text = "::: contents\n\n# Läget\n\nLäget är sämre.\n\n## Nytt\n\nText.\n\n## Mer\n\nText.\n"
    (taken / "01-lage.md").write_text(text, encoding="utf-8")
    dry = import_texts(actor=local, folder=taken, as_of=DAY, dry_run=True)
    assert (list(dry.added), list(dry.changed), list(dry.dropped)) == (["Nytt", "Mer"], ["laget"], ["framat"])
    assert row("laget").number == 1
    import_texts(actor=local, folder=taken, as_of=DAY)
    assert [text.key for text in section_texts(KEY)] == ["recept", "laget", "nytt", "mer", "ekonomi"]
    assert len(versions(KEY, "framat")) == 1
    (taken / "01-lage.md").write_text(FILES["01-lage.md"], encoding="utf-8")
    import_texts(actor=local, folder=taken, as_of=DAY)
    assert [text.key for text in section_texts(KEY)] == ["recept", "laget", "framat", "ekonomi"]
    assert verify_chain() == []


def test_a_rewritten_heading_is_the_same_section_still(taken: Path, local: Actor) -> None:
    (taken / "02-ekonomi.md").write_text("# Pengarna\n\nText.\n", encoding="utf-8")
    import_texts(actor=local, folder=taken, as_of=DAY)
    assert (row().title, row().number) == ("Pengarna", 2)


def test_an_import_changes_no_approved_section_and_then_nothing_else(taken: Path, local: Actor) -> None:
    step(local, SectionState.DONE)
    (taken / "01-lage.md").write_text("# Läget\n\nAnnat.\n", encoding="utf-8")
    (taken / "02-ekonomi.md").write_text("# Ekonomi\n\nAnnat.\n", encoding="utf-8")
    refused = import_texts(actor=local, folder=taken, as_of=DAY)
    assert [finding.code for finding in refused.findings] == ["R066"]
    assert row("laget").number == 1


def test_a_save_is_a_new_version_with_its_hash_in_the_log_and_the_same_text_is_none(
    taken: Path, local: Actor
) -> None:
    saved = save(local, "# Ekonomi\r\n\r\nNy text.\r\n")
    assert is_kept(saved)
    assert (row().number, row().text, row().saved_by) == (2, "# Ekonomi\n\nNy text.", "kommandorad")
    event = Event.objects.latest("sequence")
    assert (event.verb, event.target) == ("save-text", f"report:{KEY}/ekonomi")
    assert row().content_hash in event.payload
    assert "Ny text" not in event.payload
    assert is_kept(save(local, "# Ekonomi\n\nNy text.\n\n", seen=1))
    assert row().number == 2


def test_whoever_saves_second_gets_both_texts_back_and_loses_neither(taken: Path, local: Actor) -> None:
    save(local, f"{row().text}\n\nDeras stycke.")
    late = save(local, f"# Ekonomi i korthet\n\n{FILES['02-ekonomi.md'].splitlines()[2]}", seen=1)
    assert late.conflict
    assert row().number == 2
    together = settled(late.conflict.merged, [])
    assert "# Ekonomi i korthet" in together
    assert "Deras stycke." in together
    assert is_kept(save(local, together, seen=2))


def test_a_further_heading_becomes_a_section_of_its_own(taken: Path, local: Actor) -> None:
    saved = save(local, "# Läget\n\nText.\n\n## Risker\n\nFå.\n\n## Läget\n\nIgen.", key="laget")
    assert saved.added == ["Risker", "Läget"]
    keys = [text.key for text in section_texts(KEY)]
    assert keys == ["recept", "laget", "risker", "laget-2", "framat", "ekonomi"]


@pytest.mark.parametrize("text", ["", "Text utan rubrik."])
def test_a_section_keeps_a_heading(taken: Path, local: Actor, text: str) -> None:
    assert [finding.code for finding in save(local, text, key="framat").findings] == ["R065"]


def test_an_old_version_is_brought_back_as_a_new_one_and_shares_its_text(taken: Path, local: Actor) -> None:
    first = row().text
    save(local, "# Ekonomi\n\nAnnat.")
    services.restore_version(actor=local, report_key=KEY, section=SECTION, number=1, seen_number=2, as_of=DAY)
    assert (row().number, row().text) == (3, first)
    assert [(version.number, version.restores) for version in versions(KEY, SECTION)] == [
        (3, 1),
        (2, None),
        (1, None),
    ]
    assert TextContent.objects.filter(content_hash=row().content_hash).count() == 1
    gone = services.restore_version(actor=local, report_key=KEY, section=SECTION, number=9, seen_number=3, as_of=DAY)
    assert [finding.code for finding in gone.findings] == ["R070"]


def test_the_recipe_must_be_readable_keep_its_key_and_takes_the_right_to_build(taken: Path, local: Actor) -> None:
    assert next(finding.code for finding in save(local, "title: Bara", key="recept").findings) == "R003"
    other = RECIPE.replace(KEY, "annan")
    assert [finding.code for finding in save(local, other, key="recept").findings] == ["R069"]
    with pytest.raises(NotAllowed):
        save(actor_with(Role.MANAGER), RECIPE.replace("Delårsrapport", "Ny"), key="recept")
    assert is_kept(save(local, RECIPE.replace("Delårsrapport", "Ny"), key="recept"))


def test_a_recipe_with_other_files_has_their_sections_in_its_order(taken: Path, local: Actor) -> None:
    parts = "parts: [01-lage.md, 02-ekonomi.md]"
    save(local, RECIPE.replace(parts, "parts: [02-ekonomi.md, 03-ny.md]"), key="recept")
    texts = [(text.key, text.state) for text in section_texts(KEY)]
    assert texts[1:] == [("ekonomi", SectionState.WRITING), ("03-ny", SectionState.NOT_STARTED)]
    document, findings = compose(manuscript(KEY) or taken, SampleSource(), {})
    assert document, findings
    save(local, "# Nytt\n\nText.", key="03-ny")
    save(local, RECIPE, seen=2, key="recept")
    assert [text.key for text in section_texts(KEY)] == ["recept", "laget", "framat", "ekonomi"]


def test_a_section_that_was_lifted_out_stays_out_when_the_recipe_is_saved(taken: Path, local: Actor) -> None:
    assert [one.code for one in drop_section(actor=local, report_key=KEY, section="recept", as_of=DAY).findings] == [
        "R072"
    ]
    drop_section(actor=local, report_key=KEY, section="framat", as_of=DAY)
    save(local, RECIPE.replace("Delårsrapport", "Ny"), key="recept")
    assert [text.key for text in section_texts(KEY)] == ["recept", "laget", "ekonomi"]
    bring_back_section(actor=local, report_key=KEY, section="framat", as_of=DAY)
    assert [text.key for text in section_texts(KEY)] == ["recept", "laget", "framat", "ekonomi"]
    step(local, SectionState.DONE)
    assert [one.code for one in drop_section(actor=local, report_key=KEY, section=SECTION, as_of=DAY).findings] == [
        "R062"
    ]
    with pytest.raises(NotAllowed):
        drop_section(actor=actor_with(Role.MANAGER), report_key=KEY, section="framat", as_of=DAY)


def test_whoever_is_responsible_writes_their_section_and_no_other(taken: Path, local: Actor, writer: Actor) -> None:
    with pytest.raises(NotAllowed):
        save(writer, "# Ekonomi\n\nMin.")
    with pytest.raises(NotAllowed):
        assign(writer, writer.user_id)
    assign(local, writer.user_id, date(2022, 10, 1))
    assert (row().responsible, row().is_late(DAY)) == ("ny", True)
    assert is_kept(save(writer, "# Ekonomi\n\nMin."))
    with pytest.raises(NotAllowed):
        save(writer, "## Framåt\n\nMin.", key="framat")
    with pytest.raises(NotAllowed):
        step(writer, SectionState.DONE, 2) and step(writer, SectionState.APPROVED, 2)
    assert row().state is SectionState.DONE
    assert not row().is_late(DAY)


def assign(actor: Actor, person: int | None, due_on: date | None = None) -> TextSave:
    return services.assign_section(
        actor=actor, report_key=KEY, section=SECTION, responsible_id=person, due_on=due_on, as_of=DAY
    )


def test_only_people_there_are_can_be_responsible(taken: Path, local: Actor) -> None:
    assert [finding.code for finding in assign(local, 999).findings] == ["R067"]


def test_a_draft_is_its_writers_alone_and_gone_when_saved(taken: Path, local: Actor) -> None:
    first, second = (Actor(name, User.objects.create_user(name).pk, local.grants, is_local=True) for name in "ab")
    events = Event.objects.count()
    kept = {"report_key": KEY, "section": SECTION, "seen_number": 1, "as_of": DAY}
    services.keep_draft(actor=first, text="# Ekonomi\n\nHalv", **kept)  # type: ignore[arg-type]
    services.keep_draft(actor=first, text="# Ekonomi\n\nHalv\0färdig", **kept)  # type: ignore[arg-type]
    held = draft(KEY, SECTION, first.user_id)
    assert held
    assert held.text.endswith("Halv färdig")
    assert draft(KEY, SECTION, second.user_id) is None
    assert Event.objects.count() == events
    save(first, held.text)
    assert not SectionDraft.objects.exists()


def test_remarks_are_opened_and_settled_and_the_log_never_says_what_they_say(taken: Path, local: Actor) -> None:
    about = {"report_key": KEY, "section": SECTION, "as_of": DAY}
    assert services.add_comment(actor=local, text="Är det sant?", **about)  # type: ignore[arg-type]
    assert not services.add_comment(actor=local, text="  ", **about)  # type: ignore[arg-type]
    (comment,) = comments(KEY, SECTION)
    assert (comment.number, row().open_comments) == (1, 1)
    services.settle_comment(actor=local, comment=comment.id, is_settled=True, **about)  # type: ignore[arg-type]
    assert row().open_comments == 0
    assert not any("sant" in event.payload for event in Event.objects.all())
    for role in (Role.READER, Role.BOARD, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            services.add_comment(actor=actor_with(role), text="Hm", **about)  # type: ignore[arg-type]


def put(actor: Actor, state: SectionState) -> None:
    """As if it had been taken there step by step."""
    Section.objects.filter(report_key=KEY, key=SECTION).update(state=state.value)
    payload = {"sections": standing(KEY, SECTION)}
    record(actor=actor, verb="change-section-state", target=f"report:{KEY}/{SECTION}", payload=payload)


def test_every_arrow_can_be_taken_and_is_logged_and_every_other_step_is_refused(taken: Path, local: Actor) -> None:
    for start, end in product(SectionState, SectionState):
        put(local, start)
        events = Event.objects.count()
        done = step(local, end)
        if (start, end) in TRANSITIONS:
            assert is_kept(done)
            assert row().state is end
            assert Event.objects.latest("sequence").verb == "change-section-state"
        else:
            assert [finding.code for finding in done.findings] == ["R063"]
            assert (row().state, Event.objects.count()) == (start, events)


def test_each_arrow_asks_for_its_right(taken: Path, local: Actor) -> None:
    for (start, end), role in product(TRANSITIONS, Role):
        put(local, start)
        if TRANSITIONS[start, end] in ALLOWED[role]:
            assert is_kept(step(actor_with(role), end))
        else:
            with pytest.raises(NotAllowed):
                step(actor_with(role), end)


@pytest.mark.parametrize("state", SectionState)
def test_a_text_is_changed_in_an_open_state_and_in_no_other(taken: Path, local: Actor, state: SectionState) -> None:
    put(local, state)
    saved = save(local, "# Ekonomi\n\nAnnat.")
    assert is_kept(saved) is state.is_open
    expected = SectionState.WRITING if state is SectionState.NOT_STARTED else state
    assert row().state is expected


def test_what_is_approved_is_the_version_that_was_seen(taken: Path, local: Actor) -> None:
    save(local, "# Ekonomi\n\nAnnat.")
    step(local, SectionState.DONE, seen=2)
    assert [finding.code for finding in step(local, SectionState.APPROVED, seen=1).findings] == ["R064"]
    assert is_kept(step(local, SectionState.RETURNED, seen=2, message="Kortare!"))
    assert [comment.text for comment in comments(KEY, SECTION)] == ["Kortare!"]


def test_the_drawn_states_are_the_ones_in_the_table() -> None:
    page = (Path(states.__file__).parent / "states.md").read_text(encoding="utf-8")
    assert diagram() in page
    assert set(TRANSITIONS.values()) <= {Verb.WRITE_TEXT, Verb.BUILD_REPORT}


def test_a_report_is_built_from_the_kept_texts_and_says_which_files_it_did_not_read(
    taken: Path, local: Actor
) -> None:
    first, _ = compose(taken, SampleSource(), FACTS)
    kept, _ = compose(manuscript(KEY) or taken, SampleSource(), FACTS)
    assert first
    assert kept
    assert first.content_hash == kept.content_hash
    (taken / "02-ekonomi.md").write_text("# Ekonomi\n\nFilens text.\n", encoding="utf-8")
    built = reports.build_report(actor=local, folder=taken, source=SampleSource(), as_of=DAY, formats=["xlsx"])
    assert built.document
    assert built.document.content_hash == kept.content_hash
    assert [finding.code for finding in built.findings] == ["R068", "R071"]
    # the sections of text are counted, as the editor does: the recipe is none of them
    texts = len(section_texts(KEY)) - 1
    assert (built.findings[1].facts["count"], built.findings[1].facts["total"]) == (texts, texts)


def test_an_adopted_edition_stays_and_what_is_written_after_it_is_the_next_with_its_changes(
    taken: Path, local: Actor
) -> None:
    def build() -> reports.BuildResult:
        return reports.build_report(actor=local, folder=taken, source=SampleSource(), as_of=DAY, formats=["xlsx"])

    first = build().edition
    assert first
    reports.adopt_report(
        actor=local,
        content_hash=first.content_hash,
        adopted_on=DAY,
        decision="KS § 1",
        as_of=DAY,
        despite_remarks=True,
    )
    save(local, "# Ekonomi\n\nNy text.")
    second = build().edition
    assert second
    assert (second.number, second.replaces, second.is_adopted) == (2, first.content_hash, False)
    assert [(change.kind, change.after) for change in second.changes][-1] == ("text", "Ny text.")
    held = edition(first.content_hash)
    assert held
    assert held.is_adopted


def test_a_saved_text_that_somebody_changed_in_the_database_is_found(taken: Path) -> None:
    assert verify_texts() == []
    TextContent.objects.filter(content_hash=row().content_hash).update(text="# Ekonomi\n\nAnnat.")
    assert [(finding.code, finding.facts["sections"]) for finding in verify_texts()] == [("R073", f"{KEY}/ekonomi")]


def test_an_unknown_report_or_section_is_a_finding(taken: Path, local: Actor) -> None:
    with pytest.raises(NotFound, match="R061"):
        save(local, "# X\n\nY", key="finns-inte")
    with pytest.raises(NotFound, match="R060"):
        export_texts("finns-inte", taken)
