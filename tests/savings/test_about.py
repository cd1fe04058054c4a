"""What an assignment is about, as it is kept."""

from __future__ import annotations

from dataclasses import replace

from tests.planning.samples import LOCAL, TODAY
from tests.savings.conftest import FACTS
from uppsikt.savings.selectors import assignment
from uppsikt.savings.services import adopt_assignment


def test_what_an_assignment_is_about_is_kept_without_control_characters(adopted: None) -> None:
    told = replace(FACTS, key="ny", title="Nytt uppdrag", about=" Om\0\r\n\tuppdraget\x1b ")
    assert adopt_assignment(actor=LOCAL, facts=told, as_of=TODAY).is_done
    assert assignment("ny").about == "Om \n\tuppdraget"
