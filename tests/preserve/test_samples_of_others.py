"""Every sample of other tools' tests is read, or refused with the reason that is its own."""

from datetime import UTC, datetime

import pytest
from tests.preserve.material import SHARED

from chronik.archive.importing import HEAD_SIZE_BYTES
from chronik.errors import RefusedInputError
from chronik.preserve import foreign
from chronik.preserve.wacz import verifying
from chronik.takein import jsonl, recognise
from chronik.takein.recognise import InputKind

SAMPLES = SHARED / "preservation"
NOW = datetime(2026, 5, 1, tzinfo=UTC)
CUT = "nothing after it was read"
DIGEST_MISSING = "nothing says what datapackage.json has to be"
NOT_ITS_DIGEST = "its bytes are not what its own digest says"
NO_WARC = [DIGEST_MISSING, "listed in datapackage.json and missing", "not listed", "holds no WARC file", "is missing"]
ONLY_PAGES = "the field `text` is missing"
INDEX = "an index of a web archive (CDX)"

READ = {
    "jwarc/test-resources/org/netpreserve/jwarc": {
        "cc.warc.gz": (1, []),
        "gzip_extra_sl.warc.gz": (0, []),  # a warcinfo record alone, with extra fields in its gzip header
    },
    "pywacz/tests/fixtures": {
        "example-collection-with-lists.warc": (18, []),
        "example-collection.warc": (1, []),
        "example-iana.warc": (24, []),
        "example-resource.warc.gz": (1, []),
        "example-warcinfo-metadata.warc": (1, []),
        "invalid_example_1.wacz": (0, NO_WARC),
        "invalid_signed_example_1.wacz": (4, ["its certificates lead to no known authority"]),
        "valid_example_1.wacz": (4, [DIGEST_MISSING]),
        "valid_example_2.wacz": (4, []),
        "valid_signed_example_1.wacz": (4, []),
    },
    "pywacz/tests/fixtures/pages": {
        "extraPages.jsonl": (0, [ONLY_PAGES] * 4),
        "invalid.jsonl": (0, ["not valid JSON", ONLY_PAGES]),
        "pages.jsonl": (0, [ONLY_PAGES] * 2),
    },
    "pywb/sample_archive/waczs": {
        "invalid_example_1.wacz": (0, NO_WARC),
        "valid_example_1.wacz": (4, [DIGEST_MISSING]),
    },
    "pywb/sample_archive/warcs": {
        "bad.arc": (0, [CUT]),  # its first length is -1
        "dupes.warc.gz": (3, []),
        "example-bad.warc.gz.bad": (2, []),  # one gzip member for the whole file
        "example-extra.warc": (1, ["http://example.com?example=2 holds no HTTP answer"]),  # HTTPX/1.1
        "example-url-agnostic-orig.warc.gz": (1, []),
        "example-url-agnostic-revisit.warc.gz": (0, []),  # revisits alone, which hold no body
        "example-wget-1-14.warc.gz": (4, []),
        "example-wpull.warc.gz": (2, []),
        "example.arc": (1, []),
        "example.arc.gz": (1, []),
        "example.warc": (1, [CUT]),  # a record longer than it says, in plain bytes
        "example.warc.gz": (2, []),
        "example2.warc.gz": (1, []),
        "httpbin-resource.warc.gz": (1, []),
        "iana.warc.gz": (48, []),
        "post-test.warc.gz": (3, []),
    },
    "warcio/test/data": {
        "bad.arc": (0, [CUT]),
        "example-bad-non-chunked.warc.gz": (1, []),
        "example-bad.warc.gz.bad": (2, []),
        "example-digest.warc": (0, []),  # a request, whose payload digest writers reckon in several ways
        "example-iana.org-chunked.warc": (1, []),
        "example-resource.warc.gz": (1, []),
        "example-space-in-target-uri.warc.gz": (1, []),
        "example-space-in-url.arc": (
            0,
            ["Examples%20From%20The%20Live%20Web&IsPopUp=False is cut short: 1579 of 1591"],
        ),
        "example-trunc.warc": (1, [NOT_ITS_DIGEST, CUT]),
        "example-wget-bad-target-uri.warc.gz": (3, []),
        "example-wrong-chunks.warc.gz": (1, [NOT_ITS_DIGEST]),
        "example.arc": (1, []),
        "example.arc.gz": (1, []),
        "example.warc": (1, []),
        "example.warc.gz": (1, []),
        "post-test.warc.gz": (3, []),
    },
}
"""How much is read of each, and what is told of the rest."""
REFUSED = {
    "pywb/sample_archive/warcs/missing-status-text.warc": "its lines end with CR CR LF",
    "pywb/sample_archive/zipcdx/zipnum-bad.loc": "plain text without dated entries or addresses",
    "pywb/sample_archive/zipcdx/zipnum-sample.loc": "plain text without dated entries or addresses",
}
INDEXES = (".cdx", ".cdx.gz", ".cdxj", ".idx")
EXPECTED = {f"{folder}/{name}": wanted for folder, names in READ.items() for name, wanted in names.items()} | REFUSED

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared data on preservation are not beside this")


def samples():
    return sorted(path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file())


def read(path):
    """How much a file gives, and what is wrong with the rest, as `chronik import` and `chronik verify` would say."""
    with path.open("rb") as file:
        kind = recognise.kind(file.read(HEAD_SIZE_BYTES), name=path.name)
        file.seek(0)
        if kind is InputKind.WACZ:
            found = verifying.verified(file)
            return found.records, [fault.what for fault in found.faults]
        if kind is InputKind.JSONL:
            rows = list(jsonl.articles(file, name=path.name, read_at=NOW))
            wrong = [row.reason for row in rows if isinstance(row, jsonl.BadLine)]
            return len(rows) - len(wrong), wrong
    assert kind is InputKind.WARC
    steps = list(foreign.records(path))
    wrong = [step.reason for step in steps if isinstance(step, foreign.Damage)]
    return len(steps) - len(wrong), wrong


def test_no_sample_is_left_out():
    assert {name for name in samples() if not name.endswith(INDEXES)} == set(EXPECTED)


@pytest.mark.parametrize("name", samples())
def test_a_sample_is_read_or_refused_for_its_own_reason(name):
    wanted = EXPECTED.get(name, INDEX)
    if isinstance(wanted, str):
        with pytest.raises(RefusedInputError) as refused:
            read(SAMPLES / name)
        assert wanted in str(refused.value)
        return
    count, reasons = read(SAMPLES / name)
    assert (count, len(reasons)) == (wanted[0], len(wanted[1]))
    assert all(part in reason for part, reason in zip(wanted[1], reasons, strict=True))
