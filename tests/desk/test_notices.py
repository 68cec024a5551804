"""Telling people of what is new: each report once, at their pace, at the desk, by mail, to a webhook."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from tests.desk.material import NOW, make_article

from chronik import config as configuration
from chronik import wiring
from chronik.archive import alarming, hiding
from chronik.archive.alarming import Alarm, AlarmKind
from chronik.archive.reading import index_due
from chronik.catalogue import elsewhere, saved_models
from chronik.catalogue.models import AlertRow, ArrivalRow, ChannelRow, DeliveryRow, NoticeRow, SavedViewRow
from chronik.collect.mailing import Security, Server, Unsent
from chronik.collect.posting import Posted
from chronik.desk import notices, notices_matching, notices_outbox, notices_pace, notices_round, people, saved
from chronik.desk.notices_outbox import Means
from chronik.desk.rights import Role
from chronik.errors import ConfigError, ConflictError, NotFoundError, RefusedInputError
from chronik.model import Failure, FailureKind, TakedownReason
from chronik.model.saved import Pace, ViewKind, Way

SERVER = Server(host="mail.example.org", port=587, security=Security.STARTTLS, sender="chronik@example.org")


class Post:
    """A webhook that answers what it is told to."""

    def __init__(self):
        self.calls, self.answers = [], []

    def answer(self, url, body, *, headers):
        self.calls.append((url, body, dict(headers)))
        return self.answers.pop(0) if self.answers else Posted(status=200, body=b"")


class Mails:
    """A mail server that takes or refuses."""

    def __init__(self):
        self.sent, self.answers = [], []

    def __call__(self, server, mail):
        self.sent.append(mail)
        return self.answers.pop(0) if self.answers else None


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def mails():
    return Mails()


@pytest.fixture
def tell(archive, post, mails, monkeypatch):
    monkeypatch.setattr(alarming, "alarms", lambda _archive: ())
    means = Means(server=SERVER, post=post, send_mail=mails, desk_url="https://desk.example.org")
    return lambda: notices_round.tell(archive, means)


def view(owner="eva", *, terms=None, kind=ViewKind.INBOX, shared=False, name="Deutsch"):
    given = {"language": "de"} if terms is None else terms
    return saved.save(owner, name=name, kind=kind, terms=given, shared=shared, now=NOW)


def alert(found, owner="eva", *, way=Way.DESK, pace=Pace.AT_ONCE, now=NOW):
    notices.tell(found.id, owner, way=way, pace=pace, now=now)


def arrive(archive, *numbers, **fields):
    for number in numbers:
        archive.catalogue.add_article(make_article(number, **({"read_at": archive.clock()} | fields)))
    index_due(archive)
    archive.clock.advance(minutes=11)  # nothing relates here


# Deciding


@pytest.mark.parametrize(
    ("pace", "expected"),
    [(Pace.AT_ONCE, "12:00"), (Pace.HOURLY, "12:00"), (Pace.DAILY, "05:00")],
)
def test_notices_of_one_hour_or_morning_are_told_together(pace, expected, archive):
    due = notices_pace.due(pace, NOW, zone=archive.config.zone)
    assert due.strftime("%H:%M") == expected
    assert NOW <= due <= NOW + timedelta(days=1)
    assert notices_pace.due(pace, NOW + timedelta(minutes=1), zone=archive.config.zone) > NOW


def test_pauses_grow_and_end():
    pauses = [notices_pace.pause(tries) for tries in range(1, notices_pace.TRIES_MAX + 1)]
    assert pauses[-1] is None
    assert pauses[:-1] == sorted(pauses[:-1])


# Matching


def test_a_new_report_is_told_once_to_whom_it_fits(archive, eva, tell):
    arrive(archive, 1)
    fitting, other = view(), view(terms={"language": "fr"}, name="Frz")
    search = view(kind=ViewKind.SEARCH, terms={"q": "Schleuse -Brücke"}, name="Suche")
    for one in (fitting, other, search):
        alert(one, now=archive.clock())
    archive.clock.advance(minutes=1)
    arrive(archive, 2)
    arrive(archive, 3, language="fr", text="Die Brücke an der Schleuse.")
    assert tell().matches == 3
    told = {(row.view.name, row.article) for row in NoticeRow.objects.select_related("view")}
    assert told == {("Deutsch", make_article(2).id), ("Suche", make_article(2).id), ("Frz", make_article(3).id)}
    assert tell().matches == 0
    assert notices.unread("eva", archive.clock()) == 3


def test_what_is_read_or_indexed_again_is_not_told_again(archive, eva, tell):
    alert(view())
    arrive(archive, 1)
    tell()
    ArrivalRow.objects.filter(article=make_article(1).id).delete()
    archive.catalogue.forget_indexed()
    index_due(archive)
    tell()
    assert NoticeRow.objects.count() == 1


def test_what_is_old_hidden_or_known_from_before_is_no_news(archive, eva, tell):
    alert(view())
    arrive(archive, 1, read_at=NOW - timedelta(days=40))
    arrive(archive, 2)
    hiding.hide(archive, make_article(2).id, reason=TakedownReason.PRIVACY, by="eva")
    assert tell().matches == 0


def test_a_kill_between_tells_nobody_twice_and_loses_nothing(archive, eva, tell, monkeypatch):
    alert(view())
    arrive(archive, 1)
    with monkeypatch.context() as patched:
        patched.setattr(notices_matching, "_notice", lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            tell()
    assert (NoticeRow.objects.count(), SavedViewRow.objects.get().matched_to) == (0, 0)
    assert (tell().matches, tell().matches) == (1, 0)


def test_a_report_waits_for_its_place_among_stories(archive, eva, tell, clock):
    alert(view())
    archive.catalogue.add_article(make_article(1, read_at=clock.now))
    index_due(archive)
    assert tell().matches == 0
    clock.advance(minutes=11)
    assert tell().matches == 1


@pytest.mark.parametrize("gone", ["removed", "private", "closed", "off"])
def test_who_does_not_see_a_view_is_told_of_nothing(archive, eva, tell, gone):
    otto = User.objects.create_user("otto")
    shared = view("otto", shared=True)
    alert(shared)
    if gone == "removed":
        saved.remove(shared.id, "otto", now=NOW)
    elif gone == "private":
        saved.change(shared.id, "otto", revision=1, now=NOW, shared=False)
    elif gone == "closed":
        User.objects.filter(pk=eva.pk).update(is_active=False)
    else:
        notices.tell(shared.id, "eva", way=None, pace=Pace.DAILY, now=NOW)
    arrive(archive, 1)
    tell()
    assert not NoticeRow.objects.exclude(user_name=otto.username).exists()


def test_arrivals_are_forgotten_but_numbers_only_grow(archive, eva, tell):
    arrive(archive, 1, 2)
    tell()
    assert ArrivalRow.objects.count() == 1
    alert(view(), now=archive.clock())
    archive.clock.advance(minutes=1)
    arrive(archive, 3)
    assert tell().matches == 1


def test_nobody_asks_to_be_told_of_what_they_do_not_see_or_where_nothing_goes(archive, eva):
    private = view("otto")
    with pytest.raises(NotFoundError):
        alert(private)
    with pytest.raises(ConflictError):
        alert(view(), way=Way.MAIL)


# Mail


def test_one_mail_an_hour_in_the_readers_language(archive, eva, tell, mails):
    notices.set_channel("eva", Way.MAIL, address="eva@example.org", now=NOW)
    notices.set_told("eva", language="de", alarms=None)
    alert(view(name="Deutsch\u2028x"), way=Way.MAIL, pace=Pace.HOURLY)
    alert(view(terms={}, name="Alles"), way=Way.MAIL, pace=Pace.HOURLY)
    arrive(archive, 1, title="Übel\r\nBcc: x@example.org")
    arrive(archive, 2)
    assert tell().sent == 0
    archive.clock.advance(hours=1)
    assert (tell().sent, tell().sent) == (1, 0)
    (mail,) = mails.sent
    assert "4 neue Berichte" in mail.subject
    assert "Übel Bcc: x@example.org\n" in mail.text
    assert f"https://desk.example.org/desk/articles/{make_article(1).id}/" in mail.text
    assert mail.unsubscribe_url.startswith("https://desk.example.org/unsubscribe/")


def test_a_failing_mail_is_tried_with_pauses_and_then_paused_and_told(archive, eva, tell, mails):
    notices.set_channel("eva", Way.MAIL, address="eva@example.org", now=NOW)
    alert(view(), way=Way.MAIL)
    arrive(archive, 1)
    refused = Unsent(failure=Failure(kind=FailureKind.HTTP_ERROR, detail="550 no such person"))
    mails.answers = [refused] * notices_pace.TRIES_MAX
    for _ in range(notices_pace.TRIES_MAX):
        tell()
        tell()
        archive.clock.advance(hours=13)
    assert len(mails.sent) == notices_pace.TRIES_MAX
    assert len({mail.identity for mail in mails.sent}) == 1
    channel = ChannelRow.objects.get()
    assert (channel.paused_at is not None, channel.failure) == (True, "550 no such person")
    assert NoticeRow.objects.get(kind="trouble").reason == "550 no such person"
    arrive(archive, 2)
    tell()
    assert len(mails.sent) == notices_pace.TRIES_MAX
    notices.resume("eva", Way.MAIL)
    tell()
    assert len(mails.sent) == notices_pace.TRIES_MAX + 1


@pytest.mark.parametrize("how", ["killed", "in doubt"])
def test_a_mail_that_may_have_arrived_is_not_sent_again(archive, eva, tell, mails, monkeypatch, how):
    notices.set_channel("eva", Way.MAIL, address="eva@example.org", now=NOW)
    alert(view(), way=Way.MAIL)
    arrive(archive, 1)
    if how == "killed":
        with monkeypatch.context() as patched:
            patched.setattr(notices_outbox, "_mail", lambda *_args, **_rest: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                tell()
    else:
        broken = Failure(kind=FailureKind.UNREACHABLE, detail="broke off")
        mails.answers = [Unsent(failure=broken, may_have_arrived=True)]
        tell()
    sent = len(mails.sent)
    archive.clock.advance(hours=1)
    tell()
    assert len(mails.sent) == sent
    assert DeliveryRow.objects.get().state == "unsure"
    assert "not known" in NoticeRow.objects.get(kind="trouble").reason


# Webhooks


def test_a_webhook_is_called_as_the_standard_says(archive, eva, tell, post):
    secret = notices.set_channel("eva", Way.WEBHOOK, address="https://example.org/hook", now=NOW)
    assert secret.startswith("whsec_")
    alert(view(), way=Way.WEBHOOK)
    arrive(archive, 1, title="\0</script>\u2028")
    assert tell().sent == 1
    ((url, body, headers),) = post.calls
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert (url, headers["webhook-signature"]) == ("https://example.org/hook", f"v1,{expected}")
    assert headers["webhook-timestamp"] == str(int(archive.clock().timestamp()))
    told = json.loads(body)
    assert told["type"] == "chronik.notices"
    assert told["data"]["notices"][0]["article"]["url"] == make_article(1).url


def test_the_standards_own_example_of_a_signature():
    """The example of the Standard Webhooks' reference libraries."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = dict(
        notices_outbox.signed(
            b'{"test": 2432232314}',
            identity="msg_p5jXN8AQM9LWM0D4loKWxJek",
            at=datetime.fromtimestamp(1614265330, UTC),
            key=key,
        )
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_webhook_is_called_again_with_the_same_id_and_given_up_where_it_is_gone(archive, eva, tell, post):
    notices.set_channel("eva", Way.WEBHOOK, address="https://example.org/hook", now=NOW)
    alert(view(), way=Way.WEBHOOK)
    arrive(archive, 1)
    post.answers = [Posted(status=302, body=b""), Posted(status=410, body=b"")]
    tell()
    archive.clock.advance(minutes=2)
    tell()
    assert len({headers["webhook-id"] for _url, _body, headers in post.calls}) == 1
    assert ChannelRow.objects.get().paused_at is not None
    assert NoticeRow.objects.get(kind="trouble").subject == "webhook"


def test_the_secret_of_a_webhook_is_kept_nowhere(archive, eva):
    secret = notices.set_channel("eva", Way.WEBHOOK, address="https://example.org/hook", now=NOW)
    row = ChannelRow.objects.get()
    kept = " ".join(str(value) for value in vars(row).values())
    assert secret not in kept
    assert secret.removeprefix("whsec_") not in kept
    assert base64.b64decode(secret.removeprefix("whsec_")).hex() not in kept


@pytest.mark.parametrize(
    ("way", "address"),
    [
        (Way.MAIL, "eva"),
        (Way.MAIL, "eva@example.org\r\nBcc: x@example.org"),
        (Way.MAIL, "Eva <eva@example.org>"),
        (Way.MAIL, '"eva"@example.org'),
        (Way.MAIL, "eva@exa mple.org"),
        (Way.MAIL, "e" * 70 + "@example.org"),
        (Way.MAIL, "evа@example.org"),
        (Way.WEBHOOK, "http://example.org/"),
        (Way.WEBHOOK, "http://127.0.0.1/"),
        (Way.WEBHOOK, "file:///etc/passwd"),
        (Way.WEBHOOK, "https://" + "x" * 3_000),
        (Way.WEBHOOK, "https://user:pw@example.org/"),
    ],
)
def test_what_is_no_address_is_refused(archive, way, address):
    with pytest.raises(RefusedInputError):
        notices.set_channel("eva", way, address=address, now=NOW)


def test_a_webhook_reaches_nothing_inside_but_what_the_settings_name_for_it(tmp_path):
    told = {"permitted_endpoints": ["127.0.0.1:9"], "webhook_endpoints": ["127.0.0.1:8"], "sample": True}
    post = wiring.webhook_post(configuration.from_table(tmp_path, told))
    for address in ("https://127.0.0.1:9/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/latest"):
        assert post.answer(address, b"{}", headers=[]).kind is FailureKind.BLOCKED_ADDRESS
    assert post.answer("http://127.0.0.1:8/", b"{}", headers=[]).kind is FailureKind.UNREACHABLE


# Alarms


def test_alarms_are_told_to_operators_once_while_they_last(archive, eva, tell, monkeypatch):
    people.give_role(User.objects.create_user("rita"), Role.READER)
    alarm = Alarm(kind=AlarmKind.DISK, subject="/", reason="failed")
    monkeypatch.setattr(alarming, "alarms", lambda _archive: (alarm,))
    assert (tell().alarms, tell().alarms) == (1, 0)
    monkeypatch.setattr(alarming, "alarms", lambda _archive: ())
    archive.clock.advance(hours=2)
    tell()
    monkeypatch.setattr(alarming, "alarms", lambda _archive: (alarm,))
    assert tell().alarms == 1
    assert {row.user_name for row in NoticeRow.objects.all()} == {"eva"}
    notices.set_told("eva", language="de", alarms=None)
    notices.set_told("rita", language="fr", alarms=Way.DESK)
    archive.clock.advance(hours=2)
    assert tell().alarms == 1
    assert NoticeRow.objects.latest("pk").user_name == "rita"


# Pages


def test_the_bell_counts_what_is_unread_and_the_page_marks_it(editor, archive, tell):
    alert(view())
    arrive(archive, 1, 2)
    tell()
    page = editor.get("/desk/notices/").content.decode()
    assert "</span>2</strong>" in page
    assert page.count('value="read" data-done') == 2
    first = NoticeRow.objects.first()
    editor.post("/desk/notices/", {"do": "read", "notice": first.pk})
    assert notices.unread("eva", archive.clock()) == 1
    editor.post("/desk/notices/", {"do": "unread", "notice": first.pk})
    editor.post("/desk/notices/", {"do": "all-read"})
    assert notices.unread("eva", archive.clock()) == 0
    other = NoticeRow.objects.create(
        user_name="otto", key="x", kind="match", way="desk", made_at=NOW, due_at=NOW, article="y"
    )
    editor.post("/desk/notices/", {"do": "read", "notice": other.pk})
    other.refresh_from_db()
    assert other.read_at is None
    assert editor.post("/desk/notices/", {"do": "read", "notice": "9" * 40}).status_code == 404


def test_settings_show_a_secret_once_and_say_what_fails(editor, archive):
    given = {"mail": "eva@example.org", "webhook": "https://example.org/x", "language": "de", "alarms": "mail"}
    page = editor.post("/desk/notices/settings/", given).content.decode()
    assert 'value="whsec_' in page
    again = editor.get("/desk/notices/settings/").content.decode()
    assert "whsec_" not in again
    assert editor.post("/desk/notices/settings/", given).status_code == 302
    ChannelRow.objects.filter(way="mail").update(failures=3, failure="550 <b>", paused_at=NOW)
    assert "550 &lt;b&gt;" in editor.get("/desk/notices/settings/").content.decode()
    editor.post("/desk/notices/settings/", {"do": "resume"})
    assert ChannelRow.objects.get(way="mail").paused_at is None
    wrong = editor.post("/desk/notices/settings/", {"mail": "x", "webhook": "ftp://x", "language": "de"})
    assert (wrong.status_code, wrong.content.count(b'class="error"')) == (422, 2)


def test_an_alert_is_set_on_the_page_of_its_view(editor, archive):
    found = view()
    editor.post(f"/desk/saved/{found.id}/", {"do": "alert", "way": "desk", "pace": "daily"})
    assert (AlertRow.objects.get().way, AlertRow.objects.get().pace) == ("desk", "daily")
    answer = editor.post(f"/desk/saved/{found.id}/", {"do": "alert", "way": "mail", "pace": "daily"})
    assert answer.headers["Location"] == "/desk/notices/settings/"
    editor.post(f"/desk/saved/{found.id}/", {"do": "alert", "way": "", "pace": "daily"})
    assert not AlertRow.objects.exists()
    assert editor.post(f"/desk/saved/{found.id}/", {"do": "alert", "way": "pope", "pace": "x"}).status_code == 404


def test_mails_end_with_one_click_and_without_signing_in(client, archive, eva):
    notices.set_channel("eva", Way.MAIL, address="eva@example.org", now=NOW)
    alert(view(), way=Way.MAIL)
    path = f"/unsubscribe/{notices.unsubscribe_secret(ChannelRow.objects.get().salt)}"
    assert client.get(path).headers["Cache-Control"] == "private, no-store"
    assert AlertRow.objects.get().way == "mail"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (AlertRow.objects.get().way, ChannelRow.objects.count()) == ("desk", 0)
    assert client.post(path).status_code == client.get("/unsubscribe/" + "0" * 64).status_code == 404


def test_what_was_told_is_carried_over_when_an_archive_is_rebuilt():
    tables = {
        row._meta.db_table for row in vars(saved_models).values() if isinstance(row, type) and hasattr(row, "_meta")
    }
    assert len(tables) == 9
    assert tables <= set(elsewhere.CARRIED_WHOLE)


def test_a_password_that_cannot_be_read_keeps_no_webhook_waiting(archive, eva, monkeypatch, post):
    told = {"smtp_host": "mail.example.org", "mail_from": "a@example.org", "smtp_user": "a", "smtp_password_file": "no"}
    config = configuration.from_table(archive.config.archive, told)
    monkeypatch.setattr(wiring, "webhook_post", lambda _config: post)
    monkeypatch.setattr(alarming, "alarms", lambda _archive: ())
    notices.set_channel("eva", Way.WEBHOOK, address="https://example.org/hook", now=NOW)
    alert(view(), way=Way.WEBHOOK)
    arrive(archive, 1)
    with pytest.raises(ConfigError, match="smtp_password_file"):
        notices_round.tell(replace(archive, config=config))
    assert len(post.calls) == 1
