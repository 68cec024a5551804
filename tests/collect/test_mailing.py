"""Handing mails over: against a mail server on the loopback that speaks plainly, with STARTTLS and with TLS."""

import base64
import contextlib
import email
import email.policy
import re
import socket
import ssl
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chronik.collect import mailing, network
from chronik.collect.mailing import Mail, Security, Server
from chronik.model import FailureKind

CERTIFICATE = Path(__file__).parent / "certificates" / "certificate.pem"
HELLO = b"250-playing\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n"
AT = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
LONG = "https://a-very-long-name-of-a-desk.of-an-organisation.example.org/unsubscribe/" + "a1" * 32


class Playing:
    """A mail server that takes one conversation after the other."""

    def __init__(self, *, tls="", answers=None, dies_after_data=False):
        self.tls, self.answers, self.dies = tls, answers or {}, dies_after_data
        self.said, self.mails = [], []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATE, CERTIFICATE.with_name("key.pem"))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                wire, _ = self.listening.accept()
                with contextlib.suppress(OSError):
                    self.talk(self.context.wrap_socket(wire, server_side=True) if self.tls == "tls" else wire)

    def talk(self, wire):
        with wire, wire.makefile("rb") as lines:
            wire.sendall(b"220 playing\r\n")
            goes_on = self.hear(wire, lines)
            secured = self.context.wrap_socket(wire, server_side=True) if goes_on else None
        if secured:
            with secured, secured.makefile("rb") as lines:
                self.hear(secured, lines)

    def hear(self, wire, lines):
        """Whether the conversation goes on behind TLS."""
        while line := lines.readline():
            self.said.append(line.decode().strip())
            word = re.split("[ :]", self.said[-1])[0].upper()
            if word == "STARTTLS":
                wire.sendall(b"220 go\r\n")
                return True
            if word == "DATA" and word not in self.answers:
                wire.sendall(b"354 go\r\n")
                self.mails.append(b"".join(iter(lines.readline, b".\r\n")))
                if self.dies:
                    return False
            wire.sendall(self.answers.get(word, HELLO if word == "EHLO" else b"250 ok\r\n"))
            if word == "QUIT":
                return False
        return False

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(5)


@pytest.fixture(autouse=True)
def loopback(monkeypatch):
    """The name of the certificate leads to this machine."""

    def here(_host, port, *, timeout_s):
        return socket.create_connection(("127.0.0.1", port), timeout=timeout_s)

    monkeypatch.setattr(network, "named_server", here)


@pytest.fixture
def playing():
    running = []

    def play(**options):
        running.append(Playing(**options))
        return running[-1]

    yield play
    for one in running:
        one.close()


def server(port, *, security=Security.NONE, **others):
    return Server(host="news.example", port=port, security=security, sender="chronik@example.org", **others)


def mail(**others):
    given = {"subject": "Neu", "text": "Hällo\n.\n", "language": "de", "identity": "x1", "to": "eva@example.org"}
    return Mail(**(given | {"at": AT} | others))


def trusting():
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def headers_of(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def test_a_mail_arrives_as_it_was_written(playing):
    post = playing()
    assert mailing.send(server(post.port, sender_name="Archiv Übersee"), mail(unsubscribe_url=LONG)) is None
    (content,) = post.mails
    read = headers_of(content)
    assert read["From"] == "Archiv Übersee <chronik@example.org>"
    assert read["List-Unsubscribe"] == f"<{LONG}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (read["Message-ID"], read["Content-Language"]) == ("<x1@example.org>", "de")
    assert read.get_content().splitlines() == ["Hällo", ".."]
    assert max(len(line) for line in content.split(b"\r\n")) < 999


@pytest.mark.parametrize(
    "hostile", ["\r\nBcc: x@example.org", "\nBcc: x", "\rBcc: x", "\u2028Bcc: x", "\x85Bcc: x", "\0", "\ud800"]
)
def test_nothing_in_a_mail_becomes_a_header(hostile):
    written = mailing.written(
        mail(subject=f"Neu{hostile}" + "x" * 5_000, text=f"a{hostile}"), server(25, sender_name=f"A{hostile}")
    )
    head = headers_of(written.partition(b"\r\n\r\n")[0])
    assert set(head.keys()) == {
        "Message-ID", "Auto-Submitted", "Content-Language", "Subject", "From", "To", "Date",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip


@pytest.mark.parametrize("hostile", ["https://x/ y", "https://x/\r\nBcc: x", "https://ü"])
def test_an_address_that_cannot_stand_in_a_header_is_refused(hostile):
    with pytest.raises(ValueError, match="List-Unsubscribe"):
        mailing.written(mail(unsubscribe_url=hostile), server(25))


@pytest.mark.parametrize(("security", "tls"), [(Security.STARTTLS, ""), (Security.TLS, "tls")])
def test_the_password_is_said_behind_tls(playing, security, tls):
    post = playing(tls=tls, answers={"AUTH": b"235 welcome\r\n"})
    told = server(post.port, security=security, user="chronik", password="geheim")
    assert mailing.send(told, mail(), tls=trusting) is None
    said = next(line for line in post.said if line.startswith("AUTH"))
    assert base64.b64decode(said.split(" ")[2]).decode() == "\0chronik\0geheim"
    if security is Security.STARTTLS:
        assert post.said.index("STARTTLS") < post.said.index(said)
    assert "geheim" not in repr(told)


@pytest.mark.parametrize(("security", "tls"), [(Security.STARTTLS, ""), (Security.TLS, "tls")])
def test_a_certificate_that_nobody_vouches_for_ends_it(playing, security, tls):
    post = playing(tls=tls)
    unsent = mailing.send(server(post.port, security=security), mail())
    assert (unsent.failure.kind, unsent.may_have_arrived) == (FailureKind.UNREACHABLE, False)
    assert "certificate" in unsent.failure.detail
    assert post.mails == []


@pytest.mark.parametrize(
    ("word", "answer", "told"),
    [
        ("RCPT", b"550 no such\x1b[2J person\r\n", "refuses the address: 550 no such"),
        ("MAIL", b"451 later\r\n", "451 later"),
        ("DATA", b"554 spam\r\n", "554 spam"),
        ("AUTH", b"535 no\r\n", "refuses smtp_user and the password: 535"),
    ],
)
def test_a_refusal_is_told_in_words(playing, word, answer, told):
    post = playing(answers={word: answer})
    login = {"user": "chronik", "password": "geheim"} if word == "AUTH" else {}
    unsent = mailing.send(server(post.port, **login), mail())
    assert told in unsent.failure.detail
    assert "\x1b" not in unsent.failure.detail
    assert "geheim" not in unsent.failure.detail
    assert not unsent.may_have_arrived


def test_a_connection_that_breaks_off_after_the_mail_leaves_a_doubt(playing):
    post = playing(dies_after_data=True)
    unsent = mailing.send(server(post.port), mail())
    assert (unsent.may_have_arrived, len(post.mails)) == (True, 1)


def test_nobody_there_and_nobody_answering_are_failures(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(mailing, "TIMEOUT_S", 0.2)
        port = silent.getsockname()[1]
        assert mailing.send(server(port), mail()).failure.kind is FailureKind.UNREACHABLE
    assert mailing.send(server(port), mail()).failure.kind is FailureKind.UNREACHABLE


def test_mail_says_nothing_of_http():
    assert network.mail_tls_context().verify_mode is ssl.CERT_REQUIRED


def test_a_password_that_cannot_be_said_is_told_without_showing_it(playing):
    unsent = mailing.send(server(playing().port, user="chronik", password="gehéim"), mail())
    assert "ASCII" in unsent.failure.detail
    assert "gehéim" not in unsent.failure.detail
