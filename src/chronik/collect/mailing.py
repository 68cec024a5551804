"""Hands mails over to the operator's mail server. Wraps smtplib and email.

Acts. The connection is opened by `network`; certificates are checked, every step has a time limit. Nothing that stands
in a mail can become a header or a command of its own.
"""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from chronik.collect import network
from chronik.model import Failure, FailureKind

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from datetime import datetime

TIMEOUT_S = 20.0
"""For each step of the conversation."""
ADDRESS_CHARACTERS_MAX = 254
LOCAL_CHARACTERS_MAX = 64
"""Of an address, before the at sign (RFC 5321, 4.5.3.1)."""
SUBJECT_CHARACTERS_MAX = 200
TEXT_CHARACTERS_MAX = 200_000
SAID_CHARACTERS_MAX = 200
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_DOMAIN}")
_WORD = re.compile(r"[\x21-\x7e]{1,900}")
_OUTSIDE_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_OUTSIDE_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Security(StrEnum):
    """How the conversation with the mail server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The mail server that the settings name."""

    host: str
    port: int
    security: Security
    sender: str
    """Address that mails come from."""
    sender_name: str = ""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"Server({self.host}:{self.port})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail in plain text."""

    identity: str
    """Letters and digits, the same whenever this mail is sent again."""
    to: str
    subject: str
    text: str
    language: str
    at: datetime
    unsubscribe_url: str = ""
    """Where a POST ends such mails (RFC 8058)."""


def is_address(text: str) -> bool:
    """Whether a text is a plain address of mail, in ASCII and without anything that a header would obey."""
    local = text[:ADDRESS_CHARACTERS_MAX].partition("@")[0]
    return len(text) <= ADDRESS_CHARACTERS_MAX and len(local) <= LOCAL_CHARACTERS_MAX and bool(_ADDRESS.fullmatch(text))


def written(mail: Mail, server: Server) -> bytes:
    """A mail as it is sent (RFC 5322), lines ended as SMTP wants them."""
    assert is_address(mail.to), "addresses are checked when they are taken in"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(mail.subject)[:SUBJECT_CHARACTERS_MAX]
    message["From"] = formataddr((_line(server.sender_name), server.sender)) if server.sender_name else server.sender
    message["To"] = mail.to
    message["Date"] = format_datetime(mail.at)
    text = mail.text.replace("\r\n", "\n")
    message.set_content(_OUTSIDE_TEXT.sub("\ufffd", text)[:TEXT_CHARACTERS_MAX], cte="quoted-printable")
    domain = server.sender.rpartition("@")[2]
    plain = {
        "Message-ID": f"<{mail.identity}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    if mail.unsubscribe_url:
        plain["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        plain["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return b"".join(_header(name, value) for name, value in plain.items()) + message.as_bytes()


def _header(name: str, value: str) -> bytes:
    """A header of one long word, which the library would write as an encoded one that nobody understands."""
    if not _WORD.fullmatch(value):
        raise ValueError(f"{name} cannot stand in a mail")
    return f"{name}: {value}\r\n".encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """Why a mail was not taken."""

    failure: Failure
    may_have_arrived: bool = False
    """The connection broke off after the mail was sent and before the server answered."""


def send(server: Server, mail: Mail, *, tls: Callable[[], ssl.SSLContext] = network.mail_tls_context) -> Unsent | None:
    """Hand a mail over; why it was not taken, where it was not."""
    connection = _Connection(server, tls)
    try:
        _handed_over(connection, mail)
    except smtplib.SMTPServerDisconnected as error:
        detail = f"{server.host} port {server.port} broke off: {_line(str(error))[:SAID_CHARACTERS_MAX]}"
        kind = FailureKind.UNREACHABLE
    except smtplib.SMTPException as error:
        kind, detail = FailureKind.HTTP_ERROR, _said(error)
    except UnicodeError:
        kind, detail = FailureKind.BAD_ENCODING, "smtp_user and its password may hold ASCII characters only"
    except TimeoutError:
        kind, detail = FailureKind.TIMEOUT, f"{server.host} port {server.port} did not answer in time"
    except (OSError, ValueError) as error:
        said = _line(str(error))[:SAID_CHARACTERS_MAX]
        kind, detail = FailureKind.UNREACHABLE, f"no conversation with {server.host} port {server.port}: {said}"
    else:
        return None
    return Unsent(failure=Failure(kind=kind, detail=detail), may_have_arrived=connection.in_doubt)


def _handed_over(connection: _Connection, mail: Mail) -> None:
    server = connection.server
    content = written(mail, server)
    try:
        connection.connect(server.host, server.port)
        connection.ehlo()
        if server.security is Security.STARTTLS:
            connection.starttls(context=connection.tls())
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
        connection.sendmail(server.sender, [mail.to], content)
    except BaseException:
        connection.close()
        raise
    with suppress(smtplib.SMTPException, OSError):  # the mail is theirs already
        connection.quit()


class _Connection(smtplib.SMTP):
    """Speaks SMTP over a connection that `network` opened."""

    def __init__(self, server: Server, tls: Callable[[], ssl.SSLContext]) -> None:
        self.server = server
        self.tls = tls
        self.in_doubt = False
        super().__init__(timeout=TIMEOUT_S)
        self._host = server.host  # checked against the certificate by starttls

    def data(self, msg: Any) -> Any:
        """Send the mail itself; until the server answers, nobody knows whether it has it."""
        self.in_doubt = True
        try:
            answer = super().data(msg)
        except smtplib.SMTPDataError:
            self.in_doubt = False
            raise
        self.in_doubt = False
        return answer

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        wire = network.named_server(host, port, timeout_s=timeout)
        if self.server.security is not Security.TLS:
            return wire
        try:
            return self.tls().wrap_socket(wire, server_hostname=host)
        except BaseException:
            wire.close()
            raise


def _said(error: smtplib.SMTPException) -> str:
    """What the mail server says about its refusal, in a line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {text.decode(errors='replace')}" for code, text in error.recipients.values()]
        told = f"the mail server refuses the address: {'; '.join(answers)}"
    elif isinstance(error, smtplib.SMTPAuthenticationError):
        told = f"the mail server refuses smtp_user and the password: {error.smtp_code}"
    elif isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        told = f"the mail server says: {error.smtp_code} {text}"
    else:
        told = f"the mail server did not take it: {error}"
    return _line(told)[:SAID_CHARACTERS_MAX]


def _line(text: str) -> str:
    return " ".join(_OUTSIDE_A_LINE.sub(" ", text).split())
