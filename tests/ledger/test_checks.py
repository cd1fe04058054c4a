from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.core.codeplan import CodeName, CodePlan
from uppsikt.core.periods import BEGINNING, FOREVER
from uppsikt.ledger.batches import Building, build_batch
from uppsikt.ledger.profiles import built_in

ACCOUNTS = st.sets(st.sampled_from(["1510", "1930", "2440", "3010", "5010"]))


def build(name: str, content: str, profile: str, known: CodePlan | None) -> Building:
    with TemporaryDirectory() as folder:
        path, into = Path(folder) / name, Path(folder) / "batch"
        path.write_text(content, encoding="utf-8")
        into.mkdir()
        return build_batch(path, built_in()[profile], into, known=known)


def unnamed(building: Building) -> set[str]:
    """The accounts the building was refused for."""
    accounts = {str(finding.facts["accounts"]) for finding in building.findings if finding.code == "L037"}
    assert bool(accounts) == (building.batch is None)
    return set(", ".join(accounts).split(", ")) - {""}


def register(accounts: set[str]) -> CodePlan:
    return CodePlan(tuple(CodeName("account", account, BEGINNING, FOREVER, "Konto") for account in accounts))


def sie(declared: set[str], posted: set[str]) -> str:
    chart = "".join(f'#KONTO {account} "Konto"\n' for account in sorted(declared))
    rows = "".join(f"#TRANS {account} {{}} 1.00\n#TRANS {account} {{}} -1.00\n" for account in sorted(posted))
    return f'#FLAGGA 0\n#SIETYP 4\n{chart}#VER A 1 20220831 "Hyra"\n{{\n{rows}}}\n'


@settings(max_examples=25)
@given(declared=ACCOUNTS, registered=ACCOUNTS, posted=ACCOUNTS.filter(bool))
def test_a_sie_file_is_refused_for_just_the_accounts_that_nobody_named(
    declared: set[str], registered: set[str], posted: set[str]
) -> None:
    content = sie(declared, posted)

    assert unnamed(build("bok.si", content, "sie", None)) == posted - declared
    assert unnamed(build("bok.si", content, "sie", register(registered))) == posted - declared - registered


@settings(max_examples=25)
@given(registered=ACCOUNTS, posted=ACCOUNTS.filter(bool))
def test_a_table_is_refused_for_just_the_accounts_a_register_with_accounts_lacks(
    registered: set[str], posted: set[str]
) -> None:
    content = "Datum;Konto;Belopp\n" + "".join(f"2022-08-31;{account};1,00\n" for account in sorted(posted))

    assert unnamed(build("bok.csv", content, "tabell", None)) == set()
    lacking = posted - registered if registered else set()
    assert unnamed(build("bok.csv", content, "tabell", register(registered))) == lacking
