"""Writes small WARC files, as another program would have: a response record for each answer."""

HEAD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {moment}\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)
ANSWER = "HTTP/1.1 {status} OK\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n"


def warc(*answers):
    """The bytes of a file; each answer is an address, a moment, a media type and a body."""
    return b"".join(_record(number, *answer) for number, answer in enumerate(answers, start=1))


def _record(number, url, moment, media_type, body, status=200):
    content = body.encode() if isinstance(body, str) else body
    block = ANSWER.format(status=status, media_type=media_type, length=len(content)).encode() + content
    return HEAD.format(url=url, moment=moment, number=number, length=len(block)).encode() + block + b"\r\n\r\n"
