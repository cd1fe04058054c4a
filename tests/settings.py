"""Settings of the tests: the product's own, in a home of their own.

The environment is set before the product's settings are read; pytest-django reads settings before any
conftest. UPPSIKT_TEST_DATABASE=postgresql://… runs the same suite on PostgreSQL.
"""

from __future__ import annotations

import os
import tempfile

os.environ["UPPSIKT_HOME"] = tempfile.mkdtemp(prefix="uppsikt-test-")
os.environ["UPPSIKT_SECRET_KEY"] = "only-for-tests"
os.environ["UPPSIKT_DATABASE"] = os.environ.get("UPPSIKT_TEST_DATABASE", "")

from uppsikt.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; what is hashed is worth nothing

if not os.environ["UPPSIKT_DATABASE"]:
    # in a file, as in use: each thread of a running house has a connection of its own
    _database = DATABASES["default"]  # noqa: F405
    _database["TEST"] = {"NAME": HOME / "test.sqlite3"}  # noqa: F405
    # no test pulls the plug
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
