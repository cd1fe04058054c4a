from __future__ import annotations

from enum import StrEnum

from uppsikt.audit.actors import Verb
from uppsikt.audit.transitions import Transitions


class _Lamp(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


LAMP = Transitions[_Lamp](
    {
        (_Lamp.OFF, _Lamp.ON): Verb.READ,
        (_Lamp.ON, _Lamp.OFF): Verb.READ,
        (_Lamp.ON, _Lamp.BROKEN): Verb.ADMINISTER,
    }
)


def test_a_table_of_states_tells_where_one_can_go_and_by_what_right() -> None:
    assert LAMP.after(_Lamp.ON) == [_Lamp.OFF, _Lamp.BROKEN]
    assert (LAMP.told_after(_Lamp.ON), LAMP.told_after(_Lamp.BROKEN)) == ("off, broken", "–")
    assert (LAMP.right_to(_Lamp.BROKEN), Transitions[_Lamp]().right_to(_Lamp.ON)) == (Verb.ADMINISTER, None)


def test_it_is_drawn_with_where_it_begins_and_ends() -> None:
    assert LAMP.diagram(_Lamp.OFF, _Lamp.BROKEN).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> off",
        "    off --> on: read",
        "    on --> off: read",
        "    on --> broken: administer",
        "    broken --> [*]",
    ]
