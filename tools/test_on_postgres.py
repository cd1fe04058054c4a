"""Run the test suite on a PostgreSQL of its own: started for the run, thrown away after it.

Says so and leaves by 0 where no PostgreSQL server is installed. Arguments go to pytest.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def server_folder() -> Path | None:
    """Where initdb and pg_ctl lie, the newest version first."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return versions[-1] if versions else None


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def as_server_user(command: list[str]) -> list[str]:
    # the server refuses to run as root
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def main() -> int:
    binaries = server_folder()
    if binaries is None:
        print("NOTE: no PostgreSQL server found; the suite is run on SQLite only (apt-get install postgresql).")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="uppsikt-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", free_port()
    settings = f"-F -p {port} -k {folder} -c listen_addresses=127.0.0.1"
    initdb = [str(binaries / "initdb"), "-N", "-A", "trust", "-U", "postgres", "-E", "UTF8", "-D", str(data)]
    start = [str(binaries / "pg_ctl"), "-D", str(data), "-o", settings, "-l", str(folder / "log"), "-w", "start"]
    stop = [str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
    try:
        subprocess.run(as_server_user(initdb), check=True, stdout=subprocess.DEVNULL)
        subprocess.run(as_server_user(start), check=True, stdout=subprocess.DEVNULL)
        database = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        environment = {**os.environ, "UPPSIKT_TEST_DATABASE": database}
        pytest = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        return subprocess.run(pytest, cwd=REPOSITORY, env=environment, check=False).returncode
    finally:
        subprocess.run(as_server_user(stop), check=False, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
