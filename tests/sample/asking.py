"""Ask the running sample server, as a fetcher would that resolves every .localhost name to the loopback."""

import http.client
from dataclasses import dataclass

from chronik.sample.server import ADDRESS


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(port, host, path="/", *, method="GET", headers=None):
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=5)
    try:
        connection.request(method, path, headers={"Host": f"{host}:{port}", **(headers or {})})
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Reply(response.status, named, response.read())
    finally:
        connection.close()
