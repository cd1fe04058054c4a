"""Damage SIE files at random and see that the reader neither fails nor disagrees with itself.

    python tools/fuzz_sie4.py [--iterations 1000] [--seed 1] [folder …]

The array reader and the exact reader must give the same postings and findings. A file that breaks this
is left beside the program as fuzz-sie4-<seed>.se, with the seed that made it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from uppsikt.ledger.readers.sie4 import read_sie4

REPOSITORY = Path(__file__).resolve().parent.parent
FIXTURES = REPOSITORY / "tests" / "ledger" / "fixtures" / "sie4"
SPICE = (b'"', b"\\", b'\\"', b"{", b"}", b"\n", b"\r", b"\r\n", b"\t", b" ", b"\x00", b"\x1a", b"\xff", b"\xc3\xa4")
SPICE += (
    b"#",
    b"#VER",
    b"#TRANS",
    b"#BTRANS",
    b"#KSUMMA\n",
    b"-",
    b".",
    b",",
    b"9" * 30,
    b"20240230",
    b"\xef\xbb\xbf",
)


def mutated(content: bytes, draw: random.Random) -> bytes:
    """The content with one to eight wounds: bytes changed, spiced, cut, doubled or moved."""
    data = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(data) + 1)
        to = min(len(data), at + draw.choice((1, 1, 2, 8, 40, 400)))
        wound = draw.randrange(6)
        if wound == 0 and data:
            data[min(at, len(data) - 1)] = draw.randrange(256)
        elif wound == 1:
            data[at:at] = draw.choice(SPICE)
        elif wound == 2:
            del data[at:to]
        elif wound == 3:
            data[at:at] = data[at:to]
        elif wound == 4:
            data[at:to] = draw.choice(SPICE)
        elif draw.random() < 0.2:
            del data[at:]
    return bytes(data)


def outcome(path: Path, *, exact: bool, chunk_bytes: int) -> tuple[object, ...]:
    """All that reading gives, in a form that can be compared."""
    ledger = read_sie4(path, exact=exact, chunk_bytes=chunk_bytes)
    rows = [
        (
            block.accounts[int(block.account_index[row])],
            block.object_lists[int(block.object_index[row])],
            block.vouchers[int(block.voucher_index[row])],
            block.texts[int(block.text_index[row])],
            block.dates[row].item(),
            int(block.amounts_ore[row]),
            int(block.lines[row]),
        )
        for block in ledger.blocks
        for row in range(len(block))
    ]
    findings = Counter(str(finding.as_json()) for finding in ledger.findings)
    return rows, findings, ledger.header, ledger.accounts, ledger.dimensions, ledger.objects, ledger.balances


def main() -> int:
    """Fuzz; 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[FIXTURES])
    parser.add_argument("--iterations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = [path for folder in options.folders for path in sorted(folder.iterdir())]
    corpus = [path.read_bytes() for path in files if path.suffix.lower() in (".se", ".si")]
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.se"
        for seed in range(options.seed, options.seed + options.iterations):
            draw = random.Random(seed)
            path.write_bytes(mutated(draw.choice(corpus), draw))
            chunk_bytes = draw.choice((300, 5_000, 1 << 20))
            try:
                agree = outcome(path, exact=False, chunk_bytes=chunk_bytes) == outcome(
                    path, exact=True, chunk_bytes=1 << 20
                )
            except Exception as error:
                agree = False
                print(f"seed {seed}: {error!r}", file=sys.stderr)
            if not agree:
                broken += 1
                kept = Path(f"fuzz-sie4-{seed}.se")
                kept.write_bytes(path.read_bytes())
                print(f"seed {seed} with chunks of {chunk_bytes}: see {kept}", file=sys.stderr)
    print(f"{options.iterations} files from {len(corpus)}: {broken} broke the reader")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
