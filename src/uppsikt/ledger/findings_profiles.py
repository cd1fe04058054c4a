"""Findings of mapping profiles: L180–L199."""

from __future__ import annotations

from uppsikt.core.findings import Severity, define

PROFILE_UNREADABLE = define(
    "L180",
    Severity.ERROR,
    says_sv="Profilen kan inte läsas som YAML: {why}.",
    says_en="The profile can't be read as YAML: {why}.",
    do_sv="Rätta filen på den raden.",
    do_en="Correct the file at that line.",
    why="mapping values are not allowed here",
)
PROFILE_NOT_A_MAP = define(
    "L181",
    Severity.ERROR,
    says_sv="{key} ska vara {expected}.",
    says_en="{key} must be {expected}.",
    do_sv="Se en inbyggd profil som förlaga.",
    do_en="See a built-in profile for a pattern.",
    key="columns",
    expected="nyckel: värde",
)
PROFILE_KEY = define(
    "L182",
    Severity.ERROR,
    says_sv="Nyckeln {key} finns inte. Här kan stå: {known}.",
    says_en="There is no key {key}. Known here: {known}.",
    do_sv="Rätta stavningen eller ta bort raden.",
    do_en="Correct the spelling or remove the line.",
    key="kolumner",
    known="name, format, columns",
)
PROFILE_LACKS = define(
    "L183",
    Severity.ERROR,
    says_sv="{key} saknas.",
    says_en="{key} is missing.",
    do_sv="Lägg till nyckeln.",
    do_en="Add the key.",
    key="name",
)
PROFILE_VALUE = define(
    "L184",
    Severity.ERROR,
    says_sv="{key} kan inte vara ”{value}”. Möjligt är: {known}.",
    says_en="{key} can't be “{value}”. Possible are: {known}.",
    do_sv="Välj ett av värdena.",
    do_en="Choose one of the values.",
    key="sign",
    value="plus",
    known="ledger, reversed",
)
PROFILE_TWICE = define(
    "L185",
    Severity.ERROR,
    says_sv="{what} pekas ut två gånger.",
    says_en="{what} is pointed out twice.",
    do_sv="Låt en kolumn eller dimension ge varje fält.",
    do_en="Let one column or dimension give each field.",
    what="unit",
)
PROFILE_NAME = define(
    "L186",
    Severity.ERROR,
    says_sv="Namnet ”{name}” duger inte: små bokstäver a–ö, siffror och bindestreck, högst 100 tecken.",
    says_en="The name “{name}” won't do: lower-case letters, digits and hyphens, at most 100 characters.",
    do_sv="Byt namn.",
    do_en="Change the name.",
    name="Min profil!",
)
PROFILE_BUILT_IN = define(
    "L187",
    Severity.ERROR,
    says_sv="{name} är en inbyggd profil och kan inte ändras.",
    says_en="{name} is a built-in profile and can't be changed.",
    do_sv="Spara din under ett eget namn.",
    do_en="Save yours under a name of its own.",
    name="sie",
)
PROFILE_UNKNOWN = define(
    "L188",
    Severity.ERROR,
    says_sv="Det finns ingen profil {name}. Det finns: {known}.",
    says_en="There is no profile {name}. There are: {known}.",
    do_sv="Välj en av dem eller spara en egen.",
    do_en="Choose one of them or save one of your own.",
    name="raindance",
    known="sie, tabell",
)
