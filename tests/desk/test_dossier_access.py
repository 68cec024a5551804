"""Who may read, edit and publish a dossier: what is kept from somebody is found nowhere at the desk."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from tests.desk.material import NOW
from tests.desk.test_desk_addresses import address, routes  # noqa: F401 - a fixture

from chronik.archive.reading import index_due
from chronik.catalogue.dumping import dump
from chronik.catalogue.models import ActRow, ClipRow, DossierRow, SideRow, SuggestionRow
from chronik.desk import access_acts, actions, dossier_access, people
from chronik.desk.rights import Role
from chronik.errors import NotAllowedError, NotFoundError, RefusedInputError
from chronik.model import OPEN, Access, Act, Verb, access_of, access_record
from chronik.ports import bounds
from chronik.ports.bounds import Bounds

OF_A_DOSSIER = sorted(name for name, path in routes() if "<str:slug>" in path or "<str:clip_id>" in path)
CHIEFS_ONLY = {"desk:access", "publishing:publish", "publishing:unpublish", "publishing:remove"}


def somebody(name, role):
    user = User.objects.create_user(name)
    people.give_role(user, role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keep(archive, dossier):
    """Say who may do what to the dossier."""

    def keep(**who):
        access_acts.set_access(archive.catalogue, dossier.slug, access=Access(**who), by="eva", now=NOW)

    return keep


class TestDecision:
    def test_a_dossier_without_a_word_is_left_to_the_roles(self):
        assert dossier_access.bounds_of({}, name="ben", role=Role.READER) == bounds.NONE
        assert dossier_access.may_read(OPEN, "ben")
        assert dossier_access.may_edit(OPEN, "ben")

    @pytest.mark.parametrize(
        ("access", "hidden", "closed"),
        [
            (Access(readers=()), True, True),
            (Access(readers=("ben",)), False, False),
            (Access(readers=("eva",), editors=("ben",)), False, False),
            (Access(readers=("ben",), editors=("eva",)), False, True),
            (Access(editors=()), False, True),
            (Access(readers=(), editors=(), publishers=("ben",)), False, False),
        ],
    )
    def test_the_bounds_of_an_editor(self, access, hidden, closed):
        held = dossier_access.bounds_of({"d": access}, name="ben", role=Role.EDITOR)
        assert held == Bounds(hidden=frozenset({"d"} if hidden else ()), closed=frozenset({"d"} if closed else ()))

    @pytest.mark.parametrize("role", [Role.CHIEF_EDITOR, Role.OPERATOR])
    def test_nothing_is_kept_from_those_who_could_open_it(self, role):
        assert dossier_access.bounds_of({"d": Access(readers=(), editors=())}, name="ben", role=role) == bounds.NONE

    def test_an_editor_who_is_named_may_publish_but_no_reader(self):
        named = Access(publishers=("ben",))
        assert dossier_access.may_publish(named, name="ben", role=Role.EDITOR)
        assert not dossier_access.may_publish(named, name="ben", role=Role.READER)
        assert not dossier_access.may_publish(named, name="ann", role=Role.EDITOR)

    def test_a_record_holds_what_holds(self):
        for access in (OPEN, Access(readers=("b", "a")), Access(editors=()), Access(publishers=("x",))):
            again = access_of(access_record(access))
            assert access_record(again) == access_record(access)
        assert access_record(OPEN) == {}
        with pytest.raises(ValueError, match="list of user names"):
            access_of({"readers": "eva"})


class TestHidden:
    def test_it_stands_in_no_list(self, keep, dossier, clip, article):
        keep(readers=())
        reader, editor = somebody("ann", Role.READER), somebody("ben", Role.EDITOR)
        for path in ("/desk/dossiers/", f"/desk/articles/{article.id}/", "/desk/", "/desk/accounts/"):
            for client in (reader, editor):
                answer = client.get(path)
                assert answer.status_code == 200
                assert dossier.slug not in answer.content.decode()
        assert dossier.slug in somebody("c", Role.CHIEF_EDITOR).get("/desk/dossiers/").content.decode()

    def test_search_finds_nothing_of_it(self, keep, archive, dossier, clip):
        index_due(archive)
        keep(readers=())
        chief, editor = somebody("c", Role.CHIEF_EDITOR), somebody("ben", Role.EDITOR)
        asked = f"/desk/search/?q=dossier:{dossier.slug}"
        assert clip.id[:12] in chief.get(asked).content.decode()
        assert clip.id[:12] not in editor.get(asked).content.decode()

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("name", OF_A_DOSSIER)
    def test_no_address_of_it_answers(self, name, method, address, keep):  # noqa: F811 - a fixture
        keep(readers=())
        answer = getattr(somebody("ben", Role.EDITOR), method)(address(name))
        assert answer.status_code == (403 if name in CHIEFS_ONLY else 404)

    def test_rows_of_it_are_not_found_but_what_refers_to_them_holds(self, dossier, clip):
        with bounds.within(Bounds(hidden=frozenset({dossier.slug}))):
            assert not DossierRow.objects.exists()
            assert not ClipRow.objects.exists()
            assert not clip_row(clip).dossier.clips.exists()
            assert not SideRow.objects.exists()
            assert not SuggestionRow.objects.exists()
            assert DossierRow.everything.exists()
        assert ClipRow.objects.exists()

    def test_a_dossier_of_the_same_name_gets_another_slug(self, archive, dossier):
        with bounds.within(Bounds(hidden=frozenset({dossier.slug}))):
            made = actions.new_dossier(archive.catalogue, names=dossier.names, by="ben", now=NOW)
        assert made.slug != dossier.slug


def clip_row(clip):
    return ClipRow.everything.select_related("dossier").get(pk=clip.id)


class TestClosed:
    def test_it_is_read_and_not_changed(self, keep, dossier, clip):
        keep(editors=())
        editor = somebody("ben", Role.EDITOR)
        page = editor.get(f"/desk/dossiers/{dossier.slug}/")
        assert page.status_code == 200
        assert f"/desk/clips/{clip.id}/remove/" not in page.content.decode()
        assert editor.get(f"/desk/dossiers/{dossier.slug}/edit/").status_code == 403
        assert editor.post(f"/desk/clips/{clip.id}/remove/").status_code == 403
        assert ClipRow.objects.filter(pk=clip.id, removed=False).exists()

    def test_it_is_not_offered_for_clipping_and_takes_no_clip(self, keep, dossier, article):
        keep(editors=())
        editor = somebody("ben", Role.EDITOR)
        before = ClipRow.objects.count(), ActRow.objects.count()
        assert f'value="{dossier.slug}"' not in editor.get(f"/desk/articles/{article.id}/").content.decode()
        sent = {"dossier": dossier.slug, "start": "0", "end": "10", "quote": article.text[:10]}
        answer = editor.post(f"/desk/articles/{article.id}/clip/", sent)
        assert answer.status_code in {403, 422}
        assert (ClipRow.objects.count(), ActRow.objects.count()) == before

    @pytest.mark.parametrize("verb", [Verb.EDIT_DOSSIER, Verb.DEFINE_SIDE, Verb.ACCEPT_SUGGESTION])
    def test_no_act_on_it_is_kept(self, verb, archive, dossier, clip):
        with bounds.within(Bounds(closed=frozenset({dossier.slug}))):
            for subject, detail in ((dossier.slug, {}), (clip.id, {}), ("x", {"dossier": dossier.slug})):
                with pytest.raises(NotAllowedError):
                    archive.catalogue.record_act(Act(at=NOW, by="b", verb=verb, subject=subject, detail=detail))
            archive.catalogue.record_act(Act(at=NOW, by="b", verb=Verb.EDIT_SOURCE, subject=dossier.slug))
        with pytest.raises(NotAllowedError), bounds.within(Bounds(hidden=frozenset({dossier.slug}))):
            archive.catalogue.record_act(Act(at=NOW, by="b", verb=verb, subject=dossier.slug))

    def test_who_is_named_may_edit(self, keep, dossier):
        keep(readers=(), editors=("ben",))
        assert somebody("ben", Role.EDITOR).get(f"/desk/dossiers/{dossier.slug}/edit/").status_code == 200
        assert somebody("ann", Role.EDITOR).get(f"/desk/dossiers/{dossier.slug}/edit/").status_code == 404


class TestPublishing:
    @pytest.mark.parametrize(("name", "status"), [("ben", 302), ("ann", 403)])
    def test_only_a_named_editor(self, name, status, keep, dossier, archive, monkeypatch):
        keep(publishers=("ben",))
        seen = []
        monkeypatch.setattr("chronik.web.publishing.publish", lambda *_, **__: seen.append(bounds.present()) or done())
        client = somebody(name, Role.EDITOR)
        assert client.post(f"/desk/dossiers/{dossier.slug}/publish/").status_code == status
        assert seen == ([bounds.NONE] if name == "ben" else [])
        assert client.post(f"/desk/dossiers/{dossier.slug}/remove/").status_code == 403


def done():
    raise RefusedInputError("enough was seen")


class TestPage:
    def test_a_chief_editor_says_who(self, archive, dossier, eva):
        chief = somebody("chief", Role.CHIEF_EDITOR)
        somebody("ben", Role.EDITOR)
        here = f"/desk/dossiers/{dossier.slug}/access/"
        page = chief.get(here).content.decode()
        assert 'value="ben"' in page
        assert 'value="chief"' not in page
        sent = {"reading": "named", "editing": "everybody", "readers": ["ben"], "editors": ["ben"]}
        assert chief.post(here, sent).status_code == 302
        assert archive.catalogue.access(dossier.slug) == Access(readers=("ben",))
        act = archive.catalogue.acts(subject=dossier.slug, limit=1)[0]
        assert act.verb is Verb.SET_ACCESS
        assert act.detail == {"old": {}, "new": {"readers": ["ben"], "editors": None, "publishers": []}}
        assert chief.post(here, sent).status_code == 302
        assert archive.catalogue.acts(subject=dossier.slug, limit=1)[0] == act, "nothing changed, nothing was done"
        assert chief.post(here, {"reading": "named", "editing": "named", "readers": ["nobody"]}).status_code == 422

    def test_a_new_dossier_can_be_ones_own(self, archive, eva):
        editor = somebody("ben", Role.EDITOR)
        sent = {"main": "de", "name-de": "Streik", "order": "newest-first", "private": "on"}
        assert editor.post("/desk/new-dossier/", sent).status_code == 302
        assert archive.catalogue.access("streik") == Access(readers=("ben",), editors=("ben",))
        assert editor.get("/desk/dossiers/streik/").status_code == 200
        assert somebody("ann", Role.EDITOR).get("/desk/dossiers/streik/").status_code == 404

    def test_it_is_in_the_dump(self, keep, dossier):
        before = list(dump())
        keep(readers=("ben",))
        assert any(b'"access":{"editors":null,"publishers":[],"readers":["ben"]}' in line for line in dump())
        keep()
        assert [line for line in before if b'"dossier"' in line[-40:]] == [
            line for line in dump() if b'"dossier"' in line[-40:]
        ]

    def test_bad_names_are_refused(self, archive, dossier):
        for names in (("x" * 200,), ("",), tuple(str(number) for number in range(1_001))):
            with pytest.raises(RefusedInputError):
                access_acts.set_access(archive.catalogue, dossier.slug, access=Access(readers=names), by="eva", now=NOW)
        with pytest.raises(NotFoundError):
            access_acts.set_access(archive.catalogue, "nowhere", access=OPEN, by="eva", now=NOW)
