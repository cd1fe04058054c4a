"""`import`, `batches`, `export`, `profile`: ledger files in and out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from uppsikt.cli.output import Exit, local_actor, outcome, progress, show_findings, show_json, show_table
from uppsikt.cli.parameters import DRY_RUN, EXISTING_FILE, JSON, NEW_FILE
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import Finding, Severity, found
from uppsikt.core.formats import Unit, amount, number
from uppsikt.core.hashes import short
from uppsikt.core.language import say
from uppsikt.ledger import services
from uppsikt.ledger.export import export_sie4
from uppsikt.ledger.findings import BATCH_UNKNOWN
from uppsikt.ledger.profiles import Profile, load_profile
from uppsikt.ledger.selectors import active_batches, all_batches, profile_named, profiles
from uppsikt.ledger.services import ImportResult
from uppsikt.ledger.summary import Summary


@click.command(
    "import",
    help=say(
        "Läs in en huvudboksfil (SIE 4, SIE 5, CSV, XLSX) som en inläsning: allt eller inget.",
        "Take in a ledger file (SIE 4, SIE 5, CSV, XLSX) as a batch: all or nothing.",
    ),
)
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--profile",
    "-p",
    "profile_name",
    default="sie",
    show_default=True,
    help=say("Profil: ett namn eller en YAML-fil.", "Profile: a name or a YAML file."),
)
@DRY_RUN
@click.option(
    "--replace",
    is_flag=True,
    help=say("Ersätt inläsningar med samma verifikationer.", "Replace batches that hold the same vouchers."),
)
@JSON
def import_command(file: Path, profile_name: str, dry_run: bool, replace: bool, as_json: bool) -> int:
    """Take in one ledger file."""
    profile, findings = _profile(profile_name)
    if profile is None:
        show_findings(findings)
        return Exit.FINDINGS
    with progress(file.name) as step:
        result = services.import_file(
            actor=local_actor(),
            path=file,
            profile=profile,
            as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
            dry_run=dry_run,
            replace=replace,
            known=code_plan(),
            progress=step,
        )
    if as_json:
        show_json(_result_json(result))
    else:
        _show_result(result)
    return outcome(result.findings)


def _profile(name: str) -> tuple[Profile | None, list[Finding]]:
    path = Path(name)
    if path.suffix.lower() not in (".yaml", ".yml"):
        return profile_named(name)
    if not path.is_file():
        raise click.UsageError(say("Filen {path} finns inte.", "There is no file {path}.", path=path))
    return load_profile(path.read_text(encoding="utf-8", errors="replace"), path.name)


def _show_result(result: ImportResult) -> None:
    summary = result.summary
    if summary.periods:
        _show_summary(summary)
    show_findings(result.findings)
    click.echo(_verdict(result))


def _show_summary(summary: Summary) -> None:
    facts = [summary.format, summary.sie_type, summary.encoding, summary.program, summary.company]
    click.secho(f"{summary.file_name}: {' · '.join(fact for fact in facts if fact)}", bold=True)
    sv = "{rows} {rows:rad|rader}, {vouchers} {vouchers:verifikation|verifikationer}, "
    sv += "{periods} {periods:period|perioder}"
    en = "{rows} {rows:row|rows}, {vouchers} {vouchers:voucher|vouchers}, {periods} {periods:period|periods}"
    counts = {"rows": summary.row_count, "vouchers": summary.voucher_count, "periods": len(summary.periods)}
    click.echo(say(sv, en, **{name: number(count) for name, count in counts.items()}))
    headings = [say("Period", "Period"), say("Rader", "Rows"), "Debet", "Kredit", "Netto"]
    if say("sv", "en") == "en":
        headings[2:] = ["Debit", "Credit", "Net"]
    rows = [
        [
            str(total.period),
            number(total.row_count),
            amount(total.debit_ore, Unit.KR, 2),
            amount(total.credit_ore, Unit.KR, 2),
            amount(total.net_ore, Unit.KR, 2),
        ]
        for total in summary.periods
    ]
    whole = amount(summary.debit_ore - summary.credit_ore, Unit.KR, 2)
    debit, credit = amount(summary.debit_ore, Unit.KR, 2), amount(summary.credit_ore, Unit.KR, 2)
    rows.append([say("Summa", "Sum"), number(summary.row_count), debit, credit, whole])
    show_table(headings, rows)


def _verdict(result: ImportResult) -> str:
    errors = result.summary.findings.get(Severity.ERROR.value, 0)
    if errors:
        return say(
            "{errors} fel: inget är inläst.", "{errors} {errors:error|errors}: nothing is taken in.", errors=errors
        )
    if result.already_held and result.batch:
        held = short(result.batch.content_hash)
        return say("Filen är redan inläst, som {held}.", "The file is already held as batch {held}.", held=held)
    if result.dry_run:
        return say("Torrkörning: inget är ändrat.", "Dry run: nothing is changed.")
    held = short(result.batch.content_hash) if result.batch else ""
    return say("Inläst, som {held}.", "Taken in as batch {held}.", held=held)


def _result_json(result: ImportResult) -> dict[str, object]:
    summary = result.summary
    return {
        "file": summary.file_name,
        "batch": result.batch.content_hash if result.batch else None,
        "already_held": result.already_held,
        "dry_run": result.dry_run,
        "replaced": [batch.content_hash for batch in result.replaced],
        "rows": summary.row_count,
        "vouchers": summary.voucher_count,
        "debit_ore": summary.debit_ore,
        "credit_ore": summary.credit_ore,
        "periods": [
            {"period": own.period, "rows": own.row_count, "debit_ore": own.debit_ore, "credit_ore": own.credit_ore}
            for own in summary.periods
        ],
        "findings": [finding.as_json() for finding in result.findings],
    }


@click.command("batches", help=say("Lista huvudbokens inläsningar.", "List the batches of the ledger."))
@JSON
def batches_command(as_json: bool) -> int:
    """List all batches, replaced ones too."""
    held = all_batches()
    if as_json:
        keys = (
            "content_hash",
            "file_name",
            "kind",
            "scenario",
            "row_count",
            "voucher_count",
            "debit_ore",
            "credit_ore",
        )
        show_json([{key: getattr(own, key) for key in keys} | {"active": own.is_active} for own in held])
        return Exit.OK
    headings = [
        say("Inläsning", "Batch"),
        say("Fil", "File"),
        say("Perioder", "Periods"),
        say("Rader", "Rows"),
        "Debet" if say("sv", "en") == "sv" else "Debit",
        say("Räknas", "Counts"),
    ]
    rows = [
        [
            short(own.content_hash),
            own.file_name,
            f"{own.first_period}–{own.last_period}",
            number(own.row_count),
            amount(own.debit_ore, Unit.KR, 2),
            say("ja", "yes") if own.is_active else say("ersatt", "replaced"),
        ]
        for own in held
    ]
    show_table(headings, rows, numeric_from=3)
    return Exit.OK


@click.command(
    "withdraw",
    help=say(
        "Låt en inläsning inte längre räknas; filerna finns kvar.",
        "Let a batch no longer count; its files are kept.",
    ),
)
@click.argument("batch")
def withdraw_command(batch: str) -> int:
    """Withdraw the one active batch whose code begins so; importing its file with --replace restores it."""
    chosen = [own for own in active_batches() if own.content_hash.startswith(batch.lower())]
    if len(chosen) != 1 or not batch:
        show_findings([found(BATCH_UNKNOWN, batch=batch)])
        return Exit.FINDINGS
    today = date.today()  # noqa: DTZ011 - a door may ask for today
    gone = services.withdraw_batch(actor=local_actor(), content_hash=chosen[0].content_hash, as_of=today)
    click.echo(say("{file} räknas inte längre.", "{file} no longer counts.", file=gone.file_name))
    return Exit.OK


@click.command("export", help=say("Skriv huvudboken som SIE 4E.", "Write the ledger as SIE 4E."))
@click.argument("file", type=NEW_FILE)
@click.option("--year", type=int, required=True, help=say("Räkenskapsår.", "Financial year."))
@click.option("--batch", help=say("Bara denna inläsning.", "This batch only."))
def export_command(file: Path, year: int, batch: str | None) -> int:
    """Write what is held as SIE 4E."""
    findings = export_sie4(file, year=year, batch=batch)
    show_findings(findings)
    if outcome(findings) == Exit.OK:
        click.echo(say("Skrev {file}.", "Wrote {file}.", file=file))
    return outcome(findings)


@click.group("profile", help=say("Mappningsprofiler.", "Mapping profiles."))
def profile_group() -> None:
    """Mapping profiles."""


@profile_group.command("list", help=say("Lista profilerna.", "List the profiles."))
def profile_list() -> int:
    """List built-in and own profiles."""
    rows = [[own.name, own.format, own.about] for own in profiles().values()]
    show_table([say("Namn", "Name"), "Format", say("Om", "About")], rows, numeric_from=3)
    return Exit.OK


@profile_group.command(
    "save", help=say("Kontrollera och spara en profil (YAML).", "Check and keep a profile (YAML).")
)
@click.argument("file", type=EXISTING_FILE)
def profile_save(file: Path) -> int:
    """Check a profile and keep it under its name."""
    saved = services.save_profile(
        actor=local_actor(),
        content=file.read_text(encoding="utf-8", errors="replace"),
        name=file.name,
        as_of=date.today(),  # noqa: DTZ011 - a door may ask for today
    )
    show_findings(saved.findings)
    if saved.profile:
        click.echo(say("Sparade profilen {name}.", "Kept the profile {name}.", name=saved.profile.name))
    return outcome(saved.findings)


COMMANDS = (import_command, batches_command, withdraw_command, export_command, profile_group)
