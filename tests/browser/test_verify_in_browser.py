"""A published dossier checks itself in the reader's browser: green with its grade, red with the reason."""

import base64
import hashlib
import json
import subprocess
import sys

import pytest
from tests.browser.conftest import ARTICLES, START_TIMEOUT_S, STEP_TIMEOUT_MS, chronik, served

pytestmark = pytest.mark.browser

QUOTES = (
    ("https://talbote.example/schleuse.html", "Die Schleuse blieb bis zum Abend „geschlossen“"),
    ("https://nashra.example/a.html", "ظل الهويس مغلقا حتى المساء."),
)
SIGNED = "Signed by the archive, and stamped by nobody yet"


@pytest.fixture(scope="module")
def site(tmp_path_factory, environment):
    """A dossier of two clips is published and served; its address and folder."""
    place = tmp_path_factory.mktemp("sealed")
    folder = place / "archive"
    # Copies of one archive share a ledger's key, and the one that is behind must not sign: this one has its own.
    environment = environment | {"CHRONIK_STATE_DIRECTORY": str(place / "state")}
    lines = place / "articles.jsonl"
    lines.write_text("\n".join(json.dumps(article) for article in ARTICLES[:2]), encoding="utf-8")
    commands = [
        [sys.executable, "-m", "chronik", "init", str(folder)],
        chronik(folder, "import", str(lines)),
        chronik(folder, "dossier", "new", "en=The sluice", "de=Die Schleuse", "--slug", "sluice"),
        *(chronik(folder, "clip", url, "--dossier", "sluice", "--quote", quote) for url, quote in QUOTES),
        chronik(folder, "publish", "sluice"),
    ]
    for command in commands:
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=START_TIMEOUT_S)
    with served(folder, environment, "--sign-in") as running:
        yield running


@pytest.fixture
def verdicts(chromium, site):
    """Opens a page, with files changed on their way, presses the button, and gives summary and verdicts by clip."""
    context = chromium.new_context(base_url=site.address, locale="en")
    context.set_default_timeout(STEP_TIMEOUT_MS)
    page = context.new_page()

    def pressed(path="/sluice/en/", *, changed=None, script=""):
        page.unroute_all()
        page.goto(path)
        for name, change in (changed or {}).items():
            page.route(f"**/{name}", answering(change))
        if script:
            page.evaluate(script)
        page.get_by_role("button", name="Verify this page").click()
        page.locator(".verify .verdict:not(.note), .verify .verdict + .verdict").first.wait_for()
        kinds = page.locator("article.clip .verdict")
        found = kinds.evaluate_all("all => all.map((one) => [one.classList[1], one.textContent])")
        return page.locator(".verify [role=status]").inner_text(), found

    yield pressed
    context.close()


def answering(change):
    return lambda route: route.fulfill(body=change(route.fetch().body()))


def values_changed(change):
    """A change of canonical JSON, made canonical again."""

    def changed(body):
        values = json.loads(body)
        change(values)
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    return changed


def test_every_clip_is_green_with_its_grade(verdicts, site):
    key = json.loads((site.folder / "site" / "sluice" / "proof.json").read_bytes())["keys"][-1]["key"]
    for path, count in (("/sluice/en/", 2), ("/sluice/", 2), ("/sluice/en/index.html", 2)):
        summary, clips = verdicts(path)
        assert key in summary
        assert [kind for kind, _ in clips] == ["good"] * count
    assert verdicts()[1][0][1].startswith(SIGNED)
    clip = json.loads((site.folder / "site" / "sluice" / "dossier.json").read_bytes())["clips"][0]
    summary, clips = verdicts(f"/sluice/{clip['permalink']}")
    assert [kind for kind, _ in clips] == ["good"]


def changes():  # noqa: C901 - one list of small changes
    """File, what is done to it, and what is said of it."""

    def other_words(values):
        values["clips"][0]["excerpt"] += " Nie."

    def other_salt(values):
        values["leaves"][0]["salt"] = "0" * 64

    def other_payload(values):
        leaf = values["leaves"][0]
        leaf["payload"] = leaf["payload"].replace('"manifest":"', '"manifest":"0')

    def other_root(values):
        lines = values["checkpoint"].split("\n")
        lines[2] = base64.b64encode(b"x" * 32).decode()
        values["checkpoint"] = "\n".join(lines)

    def unsigned(values):
        values["checkpoint"] = values["checkpoint"].split("\n\n")[0] + "\n\n"

    def other_key(values):
        name, _, encoded = values["keys"][0]["key"].split("+", 2)
        data = base64.b64decode(encoded)[:-1] + b"x"
        made = hashlib.sha256(f"{name}\n".encode() + data).digest()[:4].hex()
        values["keys"][0]["key"] = f"{name}+{made}+{base64.b64encode(data).decode()}"

    def false_stamp(values):
        values["stamps"] = [{"authority": "tsa.example", "token": base64.b64encode(b"a" * 99).decode()}]

    def no_leaf(values):
        values["leaves"] = [None]

    def early_stamp(values):
        digest = hashlib.sha256(values["checkpoint"].encode()).digest()
        token = digest + b"\x18\x0f20200101000000Z"
        values["stamps"] = [{"authority": "tsa.example", "token": base64.b64encode(token).decode()}]

    def other_edition(values):
        values["edition"] = "0" * 64

    yield "sluice/en/index.html", lambda body: body.replace(b"Abend", b"Morgen"), "This page was changed"
    yield "dossier.json", lambda body: body + b" ", "dossier.json was changed"
    yield "dossier.json", values_changed(other_words), "dossier.json was changed"
    yield "manifest.json", values_changed(other_edition), "These files were not sealed"
    yield "manifest.json", lambda body: body[:-1], "manifest.json cannot be read"
    yield "proof.json", lambda body: b"[" * 100_000, "proof.json cannot be read"
    yield "proof.json", values_changed(other_salt), "does not lead to the signed checkpoint"
    yield "proof.json", values_changed(other_payload), "does not lead to the signed checkpoint"
    yield "proof.json", values_changed(other_root), "does not belong to it"
    yield "proof.json", values_changed(unsigned), "does not belong to it"
    yield "proof.json", values_changed(other_key), "does not belong to it"
    yield "proof.json", values_changed(false_stamp), "is not over this checkpoint"
    yield "proof.json", values_changed(early_stamp), "is older than what it is over"
    yield "proof.json", values_changed(no_leaf), "proof.json cannot be read"


def test_what_was_changed_on_its_way_is_red_with_the_reason(verdicts):
    for name, change, reason in changes():
        summary, clips = verdicts(changed={name: change})
        assert "Something here does not hold." in summary, reason
        assert [kind for kind, _ in clips] == ["bad", "bad"], reason
        assert all(reason in words for _, words in clips), (reason, clips)


def test_what_is_changed_in_the_page_itself_is_found_clip_by_clip(verdicts):
    _, clips = verdicts(script="document.querySelector('article.clip blockquote p').textContent += ' Nie.'")
    assert sorted(kind for kind, _ in clips) == ["bad", "good"]
    summary, clips = verdicts(script="document.querySelector('article.clip').remove()")
    assert "missing on this page: 1" in summary
    assert [kind for kind, _ in clips] == ["good"]
    later = "document.querySelector('article.clip time').dateTime = '2001-01-01'"
    _, clips = verdicts(script=later)
    assert sorted(kind for kind, _ in clips) == ["bad", "good"]
    summary, clips = verdicts(script="document.querySelector('main h1').textContent = 'Another name'")
    assert "This page was changed" in summary
    assert [kind for kind, _ in clips] == ["good", "good"]
    summary, _ = verdicts(changed={"style.css": lambda body: body + b" "})
    assert "The style sheet is not the sealed one" in summary


def test_a_browser_without_ed25519_says_so_and_shows_no_green(verdicts):
    blind = "void (crypto.subtle.importKey = () => Promise.reject(new DOMException('x', 'NotSupportedError')))"
    summary, clips = verdicts(script=blind)
    assert "could not be checked" in summary
    assert {kind for kind, _ in clips} == {"note"}
