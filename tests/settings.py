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
