"""The last day of a round: hundreds of managers on one machine, over loopback, bounded in time.

    python -m bench.load.run [--units 300] [--seconds 60] [--clients 30] [--postgres] [--kill]

Each client is a manager or a deputy who opens the page of the unit's forecast and saves figures one after the other,
with a pause between; every unit has two of them, so they collide. What they were told is compared with what is
stored: a version of a cell is told to one of them only, and the last version told is the one stored. With --kill the
server is killed and started again while they save.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

from tools.test_on_postgres import as_server_user, free_port, server_folder  # noqa: E402

KEY = "delar2-2022"
ACCOUNTS = ("3", "4", "5", "6A", "6B", "7")
PERIODS = (0, 202209, 202210, 202211, 202212)
Spot = tuple[str, str, int]  # unit, account, period


@dataclass
class Told:
    """What the clients were told and how long it took (seconds)."""

    pages: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    cells: dict[Spot, dict[int, int | None]] = field(default_factory=lambda: defaultdict(dict))
    conflicts: int = 0
    refused: list[str] = field(default_factory=list)
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, unit: str, own: dict[str, object], asked: int) -> None:
        """A cell somebody was told is stored with their own amount."""
        if own["ore"] != asked:
            return
        spot = (unit, str(own["account"]), int(str(own["period"])))
        version = int(str(own["version"]))
        with self.lock:
            if version in self.cells[spot] and self.cells[spot][version] != own["ore"]:
                self.faults.append(f"{spot} version {version} was told twice")
            self.cells[spot][version] = asked


class Manager(threading.Thread):
    """One browser: opens its page, saves figures, lives with conflicts."""

    def __init__(self, port: int, person: dict[str, str], told: Told, until: float, pause: float) -> None:
        super().__init__(daemon=True)
        self.port, self.person, self.told, self.until, self.pause = port, person, told, until, pause
        self.random = random.Random(person["name"])
        self.versions: dict[tuple[str, int], int] = {}
        self.token = ""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def run(self) -> None:
        while time.time() < self.until and not self.open_page():
            time.sleep(0.2)
        while time.time() < self.until:
            self.save()
            time.sleep(self.random.expovariate(1 / self.pause) if self.pause else 0)

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes, float]:
        headers = {"Cookie": f"sessionid={self.person['session']}; csrftoken={self.token or 'x' * 32}"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "X-CSRFToken": self.token}
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            with self.told.lock:
                self.told.unanswered += 1
            return 0, b"", 0.0
        took = time.perf_counter() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and (match := re.match(r"csrftoken=(\w+)", value)):
                self.token = match[1]
        return answer.status, content, took

    def open_page(self) -> bool:
        status, content, took = self.ask("GET", f"/omgangar/{KEY}/enhet/{self.person['unit']}/")
        if status != 200:
            if status:
                self.told.refused.append(f"page {status}")
            return False
        if match := re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', content):
            self.token = self.token or match[1].decode()
        self.told.pages.append(took)
        return True

    def save(self) -> None:
        account, period = self.random.choice(ACCOUNTS), self.random.choice(PERIODS)
        asked = self.random.randrange(-500_000_00, 500_000_00)
        edit = {"account": account, "period": period, "seen": self.versions.get((account, period), 0), "ore": asked}
        body = json.dumps({"edits": [edit]}).encode()
        path = f"/omgangar/{KEY}/enhet/{self.person['unit']}/celler/"
        status, content, took = self.ask("POST", path, body)
        if status != 200:
            if status:
                self.told.refused.append(f"save {status} {content[:80]!r}")
            return
        answer = json.loads(content)
        self.told.saves.append(took)
        if answer["findings"] or answer["faults"]:
            self.told.refused.append(str(answer["findings"] or answer["faults"]))
        for own in (*answer["saved"], *answer["beside"]):
            self.versions[own["account"], own["period"]] = own["version"]
        for own in answer["saved"]:
            if (own["account"], own["period"]) == (account, period):
                self.told.tell(self.person["unit"], own, asked)
        for own in answer["conflicts"]:
            self.versions[own["account"], own["period"]] = own["held"]["version"]
            with self.told.lock:
                self.told.conflicts += 1


def start_server(port: int, environment: dict[str, str], threads: int) -> subprocess.Popen[bytes]:
    command = [
        str(Path(sys.executable).with_name("uppsikt")),
        "serve",
        "--port",
        str(port),
        "--threads",
        str(threads),
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server
        if server.poll() is not None:
            raise RuntimeError("the server didn't start")
        time.sleep(0.1)
    raise RuntimeError("the server didn't answer")


@contextmanager
def postgres() -> Iterator[str]:
    """A server of its own, with syncing on, thrown away after."""
    binaries = server_folder()
    if binaries is None:
        raise SystemExit("no PostgreSQL server is installed")
    folder = Path(tempfile.mkdtemp(prefix="uppsikt-load-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    port, data = free_port(), folder / "data"
    initdb = [str(binaries / "initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "-D", str(data)]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    pg_ctl = [str(binaries / "pg_ctl"), "-D", str(data)]
    try:
        subprocess.run(as_server_user(initdb), check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            as_server_user([*pg_ctl, "-o", options, "-l", str(folder / "log"), "-w", "start"]),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(as_server_user([*pg_ctl, "-m", "immediate", "stop"]), check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


def in_house(environment: dict[str, str], *arguments: str) -> object:
    command = [sys.executable, "-m", "bench.load.municipality", *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def lost(told: Told, stored: list[list[object]]) -> list[str]:
    """What was told and isn't so: a version told for other amounts, a last version that isn't stored or is older."""
    faults = list(told.faults)
    held = {(unit, account, period): (ore, version) for unit, account, period, ore, version in stored}
    for spot, versions in told.cells.items():
        last = max(versions)
        ore, version = held.get(spot, (None, 0))  # type: ignore[call-overload]
        if version < last or (version == last and ore != versions[last]):
            faults.append(f"{spot}: told {versions[last]} as version {last}, stored {ore} as version {version}")
    return faults


def p(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000 if values else float("nan")


def measure(options: argparse.Namespace, database: str) -> int:
    home = Path(tempfile.mkdtemp(prefix="uppsikt-load-home-"))
    environment = {
        **os.environ,
        "UPPSIKT_HOME": str(home),
        "UPPSIKT_DATABASE": database,
        "UPPSIKT_SECRET_KEY": "x" * 50,
    }
    told = Told()
    port = free_port()
    try:
        people = in_house(environment, "load", str(options.units))
        assert isinstance(people, list)
        server = start_server(port, environment, options.threads)
        until = time.time() + options.seconds
        waiting = people if options.clients == 0 else random.Random(1).sample(people, options.clients)
        managers = [Manager(port, person, told, until, options.pause) for person in waiting]
        for manager in managers:
            manager.start()
            time.sleep(options.seconds / len(managers) / 3)
        kills = 0
        while options.kill and time.time() < until - 2:
            time.sleep(random.uniform(0.5, 3))
            server.send_signal(signal.SIGKILL)
            server.wait()
            kills += 1
            server = start_server(port, environment, options.threads)
        for manager in managers:
            manager.join()
        server.kill()
        server.wait()
        stored = in_house(environment, "stored")
        assert isinstance(stored, list)
        faults = lost(told, stored)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    name = "PostgreSQL" if database else "SQLite"
    print(f"{name}: {options.units} units, {len(managers)} people for {options.seconds} s, kills {kills}")
    for what, values in (("page", told.pages), ("save", told.saves)):
        middle = statistics.median(values) * 1000 if values else float("nan")
        print(f"  {what}: {len(values)} answered, median {middle:.0f} ms, p95 {p(values, 0.95):.0f} ms")
    print(f"  saves a second {len(told.saves) / options.seconds:.1f}, conflicts told {told.conflicts}")
    print(f"  unanswered {told.unanswered}, refused {len(told.refused)} {told.refused[:2]}")
    print(f"  cells told {len(told.cells)}, lost updates {len(faults)}")
    for fault in faults[:10]:
        print(f"    {fault}")
    return int(bool(faults))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--clients", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--pause", type=float, default=10.0, help="mean seconds between a person's saves")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    if not options.postgres:
        return measure(options, "")
    with postgres() as database:
        return measure(options, database)


if __name__ == "__main__":
    raise SystemExit(main())
