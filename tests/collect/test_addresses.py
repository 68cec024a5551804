"""Addresses are read as a browser reads them, and inner places are known in every spelling."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronik.collect import addresses
from chronik.errors import RefusedInputError

NOTHING = frozenset()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("HTTP://Example.ORG:80/a/../b?x=1#part", "http://example.org/b?x=1"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        (" \t\nhttps://example.org/\r\n", "https://example.org/"),
        ("https://пример.рф/ж", "https://xn--e1afmkfd.xn--p1ai/%D0%B6"),
        ("https://example.org/\u2028\x85", "https://example.org/%E2%80%A8%C2%85"),
        ("https://example.org/@name", "https://example.org/@name"),
        ("https://example.org/?to=a@b", "https://example.org/?to=a@b"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/"),
        ("http:///example.org", "http://example.org/"),
    ],
)
def test_an_address_has_one_normal_form(written, expected):
    assert addresses.normal(written) == expected
    assert addresses.normal(expected) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "example.org",
        "//example.org/",
        "/path",
        "ftp://example.org/",
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "feed:https://example.org/",
        "http://",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://:secret@example.org/",
        "http:///user:secret@example.org/",
        "http:user:secret@example.org/",
        "http://INTERNAL:8888\\@PUBLIC/",
        "http:\\\\example.org\\",
        "http://example.org/a b",
        "http://example.org/\r\nX-Injected: yes",
        "http://example.org/\x00",
        "http://exa\tmple.org/",
        "http://example.org/\x7f",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://1.2.3.4.5/",
        "http://\ud800/",
        "http://exa%00mple/",
        "http://" + "a" * 300 + ".org/",
        "http://example.org/" + "a" * 4000,
        "http://example.org/" + "ä" * 1000,
        "http://" + "a" * 10**6,
    ],
)
def test_what_cannot_be_fetched_is_refused_in_one_line_without_secrets(written):
    with pytest.raises(RefusedInputError) as caught:
        addresses.normal(written)
    message = str(caught.value)
    assert "secret" not in message
    assert message.isprintable()
    assert len(message) < 250


@given(st.text())
def test_reading_an_address_never_breaks(text):
    for written in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            normal = addresses.normal(written)
        except RefusedInputError:
            continue
        assert addresses.normal(normal) == normal
        assert normal.isascii()
        assert normal.isprintable()
        assert " " not in normal
        assert addresses.host_and_port(normal)
        assert addresses.site(normal)


def test_a_reference_is_resolved_against_its_page():
    assert addresses.normal("../b?c#d", base="https://example.org/x/a") == "https://example.org/b?c"
    assert addresses.normal("//other.example/", base="https://example.org/") == "https://other.example/"
    assert addresses.normal("me@home", base="https://example.org/") == "https://example.org/me@home"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("http://u:p@example.org/@x", "http://example.org/@x"),
        ("//u:p@example.org/", "//example.org/"),
        ("http:u:p@example.org/", "http:example.org/"),
        ("https://example.org/@x?a@b#c@d", "https://example.org/@x?a@b#c@d"),
        ("https://example.org?a@b", "https://example.org?a@b"),
    ],
)
def test_passwords_are_taken_out_and_nothing_else(written, expected):
    assert addresses.without_user_information(written) == expected
    assert addresses.shown(written) == expected


def test_what_is_shown_cannot_write_over_its_line():
    shown = addresses.shown("http://x/\x1b]0;title\x07\r\n\u202eabc" + "z" * 500)
    assert shown.isprintable()
    assert len(shown) < 200


@pytest.mark.parametrize(
    ("url", "host", "site"),
    [
        ("https://www.example.co.uk/", "www.example.co.uk:443", "example.co.uk"),
        ("http://example.org/", "example.org:80", "example.org"),
        ("http://news.example.org.:8080/", "news.example.org.:8080", "example.org"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000", "127.0.0.1"),
        ("http://[2606:4700::1]/", "[2606:4700::1]:80", "2606:4700::1"),
        ("http://localhost/", "localhost:80", "localhost"),
        ("http://kante.localhost:8471/", "kante.localhost:8471", "kante.localhost"),
        ("https://someone.github.io/", "someone.github.io:443", "someone.github.io"),
        ("https://a.xn--e1afmkfd.xn--p1ai/", "a.xn--e1afmkfd.xn--p1ai:443", "xn--e1afmkfd.xn--p1ai"),
        ("nonsense", "", ""),
        ("urn:x:y", "", ""),
        ("", "", ""),
    ],
)
def test_hosts_and_sites(url, host, site):
    assert addresses.host_and_port(url) == host
    assert addresses.site(url) == site


OFF_LIMITS = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::7f00:1",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:1::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3ffe::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fdff::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "4000::1",
    "8000::",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2606:4700::1111",
    "2a00:1450::1",
    "3fef::1",
]


@pytest.mark.parametrize("ip", [*OFF_LIMITS, "", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "x"])
def test_inner_and_special_addresses_are_off_limits(ip):
    assert not addresses.is_public(ip)
    assert addresses.off_limits([ip], 80, permitted=NOTHING) == ip


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses_are_public(ip):
    assert addresses.is_public(ip)
    assert addresses.off_limits([ip], 80, permitted=NOTHING) == ""


@given(st.ip_addresses())
def test_nothing_that_the_standard_library_calls_private_is_public(ip):
    if addresses.is_public(str(ip)):
        doubts = (ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_reserved, ip.is_unspecified)
        assert not any(doubts)


@given(st.ip_addresses(v=4))
def test_no_wrapping_of_an_ipv4_address_is_public(ip):
    number = int(ip)
    for wrapped in (
        number,
        0xFFFF_0000_0000 | number,
        (0x0064_FF9B << 96) | number,
        (0x2002 << 112) | (number << 80),
        (0x2001 << 112) | number,
    ):
        assert not addresses.is_public(str(ipaddress.IPv6Address(wrapped)))


def test_one_answer_off_limits_condemns_the_name():
    assert addresses.off_limits(["8.8.8.8", "127.0.0.1"], 80, permitted=NOTHING) == "127.0.0.1"
    assert addresses.off_limits(["8.8.8.8", "1.1.1.1"], 80, permitted=NOTHING) == ""


def test_only_the_exact_endpoint_is_permitted():
    permitted = frozenset({("127.0.0.1", 8471)})
    assert addresses.off_limits(["127.0.0.1"], 8471, permitted=permitted) == ""
    assert addresses.off_limits(["127.0.0.1"], 8472, permitted=permitted) == "127.0.0.1"
    assert addresses.off_limits(["127.0.0.2"], 8471, permitted=permitted) == "127.0.0.2"
    assert addresses.off_limits(["::ffff:127.0.0.1"], 8471, permitted=permitted) == "::ffff:127.0.0.1"
    assert addresses.off_limits(["127.0.0.1", "10.0.0.1"], 8471, permitted=permitted) == "10.0.0.1"


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "a.localhost", "a.b.localhost."])
def test_localhost_is_known_without_asking(name):
    assert addresses.is_localhost(name)


@pytest.mark.parametrize("name", ["localhost.example", "notlocalhost", "", "127.0.0.1"])
def test_other_names_are_not_localhost(name):
    assert not addresses.is_localhost(name)
