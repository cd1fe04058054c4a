"""What only the whole of a SIE 4 file can tell: its type, its balances against its vouchers, its checksum."""

from __future__ import annotations

from collections import Counter, defaultdict

from uppsikt.core.formats import to_the_ore
from uppsikt.ledger import findings_sie as codes
from uppsikt.ledger.readers.ksumma import Ksumma
from uppsikt.ledger.readers.sie4_vouchers import Sie4State


def type_of(state: Sie4State, *, suffix: str) -> str:
    """1, 2, 3, 4E or 4I. Both of type 4 say "4": the file's suffix decides, else whether it has balances."""
    stated = state.masters.stated_type
    if stated in ("1", "2", "3") or (not stated and not state.vouchers_seen):
        return stated or "1"
    if suffix.lower() == ".si":
        return "4I"
    return "4E" if state.masters.balances else "4I"


def check_whole(state: Sie4State, ksumma: Ksumma, sie_type: str) -> None:
    """Log what the finished file as a whole has wrong."""
    _check_type(state, sie_type)
    _check_masters(state)
    if ksumma.started and not ksumma.ended:
        state.log.add(codes.KSUMMA_OPEN)
    elif ksumma.ended and not ksumma.agrees:
        state.log.add(codes.KSUMMA_DIFFERS, stated=ksumma.stated, computed=ksumma.value)
    if sie_type != "4I":
        _check_books(state)
    # a file cut off in a voucher lacks the vouchers after it too: that is one fault, not one for each account
    is_cut_off = state.log.has(codes.VOUCHER_OPEN)
    if sie_type == "4E" and state.vouchers_seen and state.masters.current_year and not is_cut_off:
        _check_closing(state)


def _check_type(state: Sie4State, sie_type: str) -> None:
    masters, log = state.masters, state.log
    if not masters.stated_type:
        log.add(codes.TYPE_MISSING, assumed=sie_type)
    if sie_type in ("1", "2", "3") and state.vouchers_seen:
        log.add(codes.VOUCHERS_IN_SMALL_TYPE, type=sie_type)
    if sie_type == "4I" and masters.balances:
        log.add(codes.BALANCES_IN_4I, count=len(masters.balances))
    if sie_type != "4I" and masters.current_year is None:
        log.add(codes.YEAR_MISSING)
    if masters.skipped_object_rows:
        log.add(codes.OBJECT_ROWS_SKIPPED, count=masters.skipped_object_rows)


def _check_masters(state: Sie4State) -> None:
    masters = state.masters
    used = state.accounts_used | {balance.account for balance in masters.balances}
    for account in sorted(used - masters.accounts.keys()):
        state.log.add(codes.ACCOUNT_UNDECLARED, account=account)
    lists = state.objects_used | {balance.objects for balance in masters.balances}
    unnamed: dict[str, set[str]] = defaultdict(set)
    for dimension, code in {pair for objects in lists for pair in objects} - masters.objects.keys():
        unnamed[dimension].add(code)
    for dimension, members in sorted(unnamed.items()):
        state.log.add(codes.OBJECT_UNDECLARED, count=len(members), dimension=dimension, sample=min(members))


def _check_books(state: Sie4State) -> None:
    """Debit equals credit: over all accounts, closing balances and results sum to zero."""
    sums: Counter[int] = Counter()
    for balance in state.masters.balances:
        if balance.kind in ("UB", "RES"):
            sums[balance.year_number] += balance.amount_ore
    # earlier years are often partial; only the file's own year must hold
    if sums[0]:
        state.log.add(codes.BOOKS_UNBALANCED, number=0, sum=to_the_ore(sums[0]))


def _check_closing(state: Sie4State) -> None:
    """Opening + the year's postings = closing, per account; results alike from zero."""
    stated: dict[str, Counter[str]] = {"IB": Counter(), "UB": Counter(), "RES": Counter()}
    for balance in state.masters.balances:
        if balance.kind in stated and balance.year_number == 0:
            stated[balance.kind][balance.account] += balance.amount_ore
    opening, closing, results = stated["IB"], stated["UB"], stated["RES"]
    for account in sorted(opening.keys() | closing.keys() | results.keys() | state.movements_ore.keys()):
        moved = state.movements_ore[account]
        if account in opening or account in closing:
            if opening[account] + moved != closing[account]:
                state.log.add(
                    codes.CLOSING_DIFFERS,
                    account=account,
                    opening=to_the_ore(opening[account]),
                    movement=to_the_ore(moved),
                    closing=to_the_ore(closing[account]),
                )
        elif account in results:
            if moved != results[account]:
                state.log.add(
                    codes.RESULT_DIFFERS,
                    account=account,
                    movement=to_the_ore(moved),
                    closing=to_the_ore(results[account]),
                )
        elif moved:
            state.log.add(codes.MOVED_WITHOUT_BALANCE, account=account, movement=to_the_ore(moved))
