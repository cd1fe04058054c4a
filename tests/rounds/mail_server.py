"""A mail server of its own for tests: real SMTP over a real socket, with STARTTLS where it is given a certificate."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class MailServer:
    """What came to it: sender, recipients, message, and whether it came under TLS."""

    port: int = 0
    letters: list[tuple[str, list[str], EmailMessage, bool]] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    server: Any
    is_secret = False

    def handle(self) -> None:
        sender, recipients = "", []
        self._say("220 localhost")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words[:4].upper()
            if verb == "EHLO":
                offers = ["250-localhost", "250-8BITMIME"]
                offers += ["250-STARTTLS"] if self.server.tls and not self.is_secret else []
                self._say(*offers, "250 SIZE 10000000")
            elif verb == "STAR" and self.server.tls:
                self._say("220 go ahead")
                self._turn_secret()
            elif verb == "MAIL":
                sender = words[words.index("<") + 1 : words.index(">")]
                self._say("250 ok")
            elif verb == "RCPT":
                recipients.append(words[words.index("<") + 1 : words.index(">")])
                self._say("250 ok")
            elif verb == "DATA":
                self._say("354 end with a dot")
                message = message_from_bytes(self._content(), policy=policy.default)
                self.server.held.letters.append((sender, recipients, message, self.is_secret))
                sender, recipients = "", []
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("502 not here")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def _turn_secret(self) -> None:
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.is_secret = True


@contextmanager
def mail_server(certificate: Path | None = None) -> Iterator[MailServer]:
    """A server that runs while the tests need it."""
    held = MailServer()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.held, server.tls = held, None  # type: ignore[attr-defined]
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
            server.tls = tls  # type: ignore[attr-defined]
        held.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield held
        finally:
            server.shutdown()
            thread.join()


def made_certificate(folder: Path) -> Path:
    """A certificate of localhost with its key, signed by itself: whoever trusts the file trusts the server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(1))
        .not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    kind, encoding = serialization.PrivateFormat.PKCS8, serialization.Encoding.PEM
    path = folder / "localhost.pem"
    path.write_bytes(key.private_bytes(encoding, kind, plain) + certificate.public_bytes(encoding))
    return path
