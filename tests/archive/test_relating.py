"""Articles are placed when they come, once each, whatever stops the process."""

import fcntl
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.encode import FakeEncode

from chronik.archive import judging, neighbours, recalling, relating, suggesting
from chronik.errors import ConflictError, EncoderError, NotFoundError, RefusedInputError
from chronik.model import Article, Clip, Dossier, Verb, Verdict
from chronik.ports.relating import Side, StoryQuery, SuggestionState

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
SLUICE = (
    "The water board closed the Mirre sluice near Hallwerd in the night to Thursday, and nobody noticed before "
    "half past four, when the pumps of five market gardens ran dry. The Orvenne fell by 42 centimetres within "
    "three hours. Anglers counted 300 kilograms of dead fish below the gates. The keeper, Gerrit Ollenbrook, "
    "opened both gates again at five minutes to six. The police look for witnesses who saw people or cars on the "
    "path along the bank"
)
BALL = (
    "Football club Pontavelle has won the cup of the valley against Niederorwen with three goals in the second "
    "half of a match that 2,000 people watched in pouring rain. Wilm Dassel scored twice with his head after "
    "corners from the left, and the third came from the penalty spot ten minutes before the end. The trainer said "
    "that his team had played its best football of the season when it mattered most, and that the celebrations "
    "would last until Sunday"
)
"""What copies them is surely one story, whatever the weights are."""


@pytest.fixture(params=["memory", "sql"])
def archive(request, tmp_path):
    catalogue = MemoryCatalogue()
    if request.param == "sql":
        request.getfixturevalue("db")
        from chronik.catalogue.store import DjangoCatalogue

        catalogue = DjangoCatalogue()
    return replace(archive_in(tmp_path, catalogue=catalogue), encode=FakeEncode())


def article(key, text, *, hours=0, url=""):
    return Article(
        id=key * 64,
        url=url or f"https://talbote.example/{key}",
        title=text[:60],
        text=text,
        published=(NOON + timedelta(hours=hours)).isoformat(),
        language="en",
        source=f"Paper {key}",
        read_at=NOON,
    )


def told(archive):
    """Keys of the reports of each story, the earliest story first."""
    wholes = [archive.catalogue.story(head.id) for head in archive.catalogue.stories(StoryQuery())]
    return sorted("".join(report.report[0] for report in whole.reports) for whole in wholes)


@pytest.fixture
def three(archive):
    archive.catalogue.add_article(article("a", SLUICE))
    archive.catalogue.add_article(article("b", f"{SLUICE}, says Gerrit Ollenbrook", hours=2))
    archive.catalogue.add_article(article("c", BALL, hours=3))
    return archive


def test_what_tells_the_same_becomes_one_story(three):
    assert relating.relate_due(three).articles == 3
    assert told(three) == ["ab", "c"]
    assert three.catalogue.standing(NOON, silent_after=timedelta(1)).due["relating"] == 0


def test_what_was_placed_is_not_placed_again(three):
    relating.relate_due(three)
    asked = len(three.encode.asked)
    assert relating.relate_due(three).articles == 0
    assert len(three.encode.asked) == asked


def test_another_process_goes_on_from_what_was_placed(three):
    relating.relate_due(three)
    other = replace(three, kept={})
    other.catalogue.add_article(article("d", f"{SLUICE}, the police say", hours=5))
    relating.relate_due(other)
    assert told(three) == ["abd", "c"]
    three.catalogue.add_article(article("e", f"{BALL} today", hours=6))
    relating.relate_due(three)
    assert told(three) == ["abd", "ce"]


def test_what_comes_late_goes_to_its_story(three):
    relating.relate_due(three)
    three.catalogue.add_article(article("d", f"{SLUICE} at night", hours=-1))
    three.catalogue.add_article(article("e", f"{SLUICE} a year before", hours=-24 * 365))
    relating.relate_due(three)
    assert told(three) == ["c", "dab", "e"]


def test_what_comes_over_months_and_back_finds_its_neighbours(archive):
    for number, day in enumerate((0, 40, 80, 120, 1, 121, 41, 81)):
        text = SLUICE if day % 40 < 2 and day < 50 else BALL
        archive.catalogue.add_article(article("abcdefgh"[number], f"{text}, number {number}", hours=24 * day))
        relating.relate_due(archive)
    stories = {key: archive.catalogue.relation(key * 64).placement.story for key in "abcdefgh"}
    assert [stories[first] == stories[second] for first, second in ("ae", "bg", "ch", "df")] == [True] * 4


def test_a_later_version_stays_in_its_story(three):
    relating.relate_due(three)
    story = three.catalogue.relation("b" * 64).placement.story
    changed = replace(article("d", f"{BALL} and a new ending that nobody expected"), url="https://talbote.example/b")
    three.catalogue.add_article(changed)
    assert relating.relate_due(three).articles == 1
    assert three.catalogue.relation("d" * 64).placement.story == story
    assert relating.relate_again(three).articles == 3
    assert three.catalogue.relation("b" * 64).article == "d" * 64


def test_relating_waits_for_the_encoder_and_says_so(three):
    three.encode.error = EncoderError("The server of vectors does not answer. Start it.")
    assert relating.relate_due(three).waiting
    standing = three.catalogue.standing(NOON, silent_after=timedelta(1))
    assert [problem["reason"] for problem in standing.problems] == ["The server of vectors does not answer. Start it."]
    assert standing.due["relating"] == 3
    three.encode.error = None
    assert relating.relate_due(three).articles == 3
    assert three.catalogue.standing(NOON, silent_after=timedelta(1)).problems == []


def test_without_encoder_articles_are_placed_without_vectors(three):
    bare = replace(three, encode=None)
    assert relating.relate_due(bare).articles == 3
    assert three.catalogue.relation("a" * 64).traced.vector == b""


def test_vectors_made_in_another_way_are_made_anew_and_not_compared(three, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(neighbours, "MIXED", "text alone")
        relating.relate_due(three)
    older = three.catalogue.relation("a" * 64).traced
    three.catalogue.add_article(article("d", f"{SLUICE} at night", hours=1))
    relating.relate_due(three)
    window = three.kept[neighbours.NEIGHBOURS].placer._window
    assert [one.traits.vector is None for one in window.reports] == [True, True, True, False]
    relating.relate_again(three)
    assert three.catalogue.relation("a" * 64).traced == replace(older, encoder=neighbours.encoder_name(three))
    assert older.encoder != neighbours.encoder_name(three)


def test_one_process_relates_at_a_time(three, tmp_path):
    with (three.config.archive / relating.LOCK_NAME).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert relating.relate_due(three).articles == 0
    assert relating.relate_due(three).articles == 3


def test_what_could_not_be_recorded_is_placed_again(three):
    def fail(related, *, at):
        raise OSError("the disk is full")

    kept = three.catalogue.record_related
    three.catalogue.record_related = fail
    with pytest.raises(OSError, match="full"):
        relating.relate_due(three)
    three.catalogue.record_related = kept
    assert relating.relate_due(three).articles == 3
    assert told(three) == ["ab", "c"]


def test_relating_again_encodes_nothing_and_keeps_what_editors_said(three):
    relating.relate_due(three)
    judging.judge(three, ("a" * 64, "c" * 64), verdict=Verdict.SAME, by="eva")
    asked = len(three.encode.asked)
    assert told(three) == ["abc"]
    assert relating.relate_again(three).articles == 3
    assert told(three) == ["abc"]
    assert len(three.encode.asked) == asked


def test_a_machine_follows_what_an_editor_said(three):
    relating.relate_due(three)
    judging.judge(three, ("a" * 64, "b" * 64), verdict=Verdict.DIFFERENT, by="eva")
    relating.relate_again(three)
    assert told(three) == ["a", "b", "c"]


def test_judging_and_taking_it_back(three):
    relating.relate_due(three)
    judging.judge(three, ("a" * 64, "b" * 64), verdict=Verdict.DIFFERENT, by="eva")
    assert told(three) == ["a", "b", "c"]
    act = judging.last_word(three, ("b" * 64, "a" * 64))
    judging.undo(three, act.id, by="eva")
    assert told(three) == ["ab", "c"]
    with pytest.raises(ConflictError):
        judging.undo(three, act.id, by="eva")
    with pytest.raises(NotFoundError):
        judging.last_word(three, ("b" * 64, "a" * 64))


def test_merging_and_splitting_and_taking_it_back(three):
    relating.relate_due(three)
    first, second = (three.catalogue.relation(key * 64).placement.story for key in "ac")
    merge = judging.merge(three, [first, second[:12]], by="eva")
    assert told(three) == ["abc"]
    assert judging.the_story(three, second).head.id == first
    split = judging.split_off(three, first, articles=["b" * 64], by="eva")
    assert told(three) == ["ac", "b"]
    judging.undo(three, split.id, by="eva")
    assert told(three) == ["abc"]
    judging.undo(three, merge.id, by="eva")
    assert told(three) == ["ab", "c"]


def test_what_cannot_be_split_merged_or_judged_is_refused(three):
    relating.relate_due(three)
    story = three.catalogue.relation("a" * 64).placement.story
    for articles in (["c" * 64], ["a" * 64, "b" * 64], []):
        with pytest.raises(RefusedInputError):
            judging.split_off(three, story, articles=articles, by="eva")
    with pytest.raises(RefusedInputError):
        judging.merge(three, [story, story], by="eva")
    with pytest.raises(RefusedInputError):
        judging.judge(three, ("a" * 64, "a" * 64), verdict=Verdict.SAME, by="eva")
    with pytest.raises(NotFoundError):
        judging.judge(three, ("a" * 64, "z" * 64), verdict=Verdict.SAME, by="eva")
    with pytest.raises(NotFoundError):
        judging.the_story(three, "nothing like it")


@pytest.fixture
def with_dossier(three):
    act = judging.Act(at=NOON, by="eva", verb=Verb.CREATE_DOSSIER, subject="sluice")
    introduction = {"en": "The water board of the Orvenne closed the Mirre sluice near Hallwerd."}
    names = {"en": "The Mirre sluice", "de": "Die Mirrschleuse"}
    three.catalogue.add_dossier(Dossier(slug="sluice", names=names, introductions=introduction), act)
    return three


def open_ones(archive):
    return {proposed.report[0] for proposed in archive.catalogue.proposed("sluice")}


def test_what_belongs_to_a_dossier_is_suggested_until_it_is_refused(with_dossier):
    relating.relate_due(with_dossier)
    found = open_ones(with_dossier)
    assert "a" in found
    assert "c" not in found
    refusal = suggesting.decide(with_dossier, "sluice", articles=["a" * 64], state=SuggestionState.REFUSED, by="eva")
    relating.relate_due(with_dossier)
    assert "a" not in open_ones(with_dossier)
    judging.undo(with_dossier, refusal.id, by="eva")
    relating.relate_due(with_dossier)
    assert "a" in open_ones(with_dossier)


def test_what_was_clipped_is_suggested_no_more(with_dossier):
    relating.relate_due(with_dossier)
    clip = Clip(id="1" * 64, dossier="sluice", article_id="a" * 64, clipped_at=NOON, excerpt=SLUICE, language="en")
    with_dossier.catalogue.add_clip(clip, judging.Act(at=NOON, by="eva", verb=Verb.CLIP, subject=clip.id))
    relating.relate_due(with_dossier)
    assert "a" not in open_ones(with_dossier)
    assert relating.relate_due(with_dossier).suggestions == 0


def test_sides_and_spellings_can_be_taken_back(with_dossier):
    side = Side(dossier="sluice", key="board", names={"en": "Water board"}, speakers=("Ruven Eschlohe",))
    first = judging.define_side(with_dossier, side, by="eva")
    second = judging.define_side(with_dossier, replace(side, speakers=("Somebody",)), by="eva")
    judging.undo(with_dossier, second.id, by="eva")
    assert with_dossier.catalogue.sides("sluice") == [side]
    judging.undo(with_dossier, first.id, by="eva")
    assert with_dossier.catalogue.sides("sluice") == []
    kept = judging.add_spellings(with_dossier, ["Orvenne", "Orwe"], same=True, by="eva")
    removal = judging.remove_spellings(with_dossier, kept.number, by="eva")
    judging.undo(with_dossier, removal.id, by="eva")
    assert with_dossier.catalogue.spellings() == [kept]
    for spellings, same in ((["Orvenne"], True), (["a", "b", "c"], False), (["a", " "], True)):
        with pytest.raises(RefusedInputError):
            judging.add_spellings(with_dossier, spellings, same=same, by="eva")


def after_months(archive):
    """A story, and one of another matter, with months between; then what goes on from the first."""
    archive.catalogue.add_article(article("a", SLUICE))
    archive.catalogue.add_article(article("b", BALL, hours=2))
    relating.relate_due(archive)
    trial = f"Gerrit Ollenbrook, keeper of the Mirre sluice near Hallwerd, stands trial. {SLUICE[90:260]}"
    archive.catalogue.add_article(article("c", trial, hours=24 * 200))
    relating.relate_due(replace(archive, kept={}))
    return {key: archive.catalogue.relation(key * 64).placement.story for key in "abc"}


def linked(archive, story):
    return [link.earlier for link in archive.catalogue.story(story).earlier]


def test_a_story_goes_on_from_one_of_months_ago_also_after_a_restart(archive):
    ids = after_months(archive)
    (link,) = archive.catalogue.story(ids["c"]).earlier
    assert (link.earlier, link.made_by[:7]) == (ids["a"], "recall ")
    assert link.reasons
    assert [one.later for one in archive.catalogue.story(ids["a"]).later] == [ids["c"]]
    assert archive.catalogue.story(ids["b"]).later == ()


def test_an_editor_refuses_a_link_for_ever_and_takes_it_back(archive):
    ids = after_months(archive)
    refusal = recalling.say_link(archive, (ids["c"][:12], "a" * 64), goes_on=False, by="eva")
    linking = recalling.say_link(archive, (ids["b"], ids["c"]), goes_on=True, by="eva")
    assert linked(archive, ids["c"]) == [ids["b"]]
    relating.relate_again(archive)
    assert linked(archive, ids["c"]) == [ids["b"]]
    for act in (refusal, linking):
        judging.undo(archive, act.id, by="eva")
    assert linked(archive, ids["c"]) == [ids["a"]]
    with pytest.raises(ConflictError):
        judging.undo(archive, linking.id, by="eva")
    with pytest.raises(RefusedInputError):
        recalling.say_link(archive, (ids["a"], "a" * 64), goes_on=True, by="eva")
    with pytest.raises(NotFoundError):
        recalling.say_link(archive, (ids["a"], "nothing"), goes_on=True, by="eva")


class OneDirection(FakeEncode):
    """Takes every text for a translation of every other."""

    def _vector(self, text):
        return np.ones(self.dimensions) / np.sqrt(self.dimensions)


def test_translated_agency_copy_counts_as_one_origin_also_after_a_restart(archive):
    archive = replace(archive, encode=OneDirection())
    said = "Angela Merkel, Emmanuel Macron, Berlin, Paris, London: 8400, 1300, 1750."
    texts = {
        "a": f"BERLIN (AFP) - The ministers agreed at last on what to do with the grain. {said} " + SLUICE,
        "b": f"BERLIN (AFP) - Les ministres se sont enfin mis d'accord sur le sort des céréales. {said} "
        + "Voilà tout. " * 30,
        "c": f"BERLIN (AFP) - Die Minister einigten sich am Ende, was mit dem Getreide geschieht. {said} "
        + "Das ist alles. " * 30,
        "d": f"Nothing of an agency: the grain is sold and the ministers go home. {said} " + BALL,
    }
    for number, (key, language) in enumerate(zip("abcd", ("en", "fr", "de", "en"), strict=True)):
        archive.catalogue.add_article(replace(article(key, texts[key], hours=number), language=language))
        relating.relate_due(replace(archive, kept={}))
    relation = archive.catalogue.relation("c" * 64)
    assert (relation.traced.credits, relation.placement.copy_of) == (("afp",), "a" * 64)
    whole = archive.catalogue.story(relation.placement.story)
    copies = {report.report[0]: report.copy_of[:1] for report in whole.reports}
    assert copies.items() >= {"a": "", "b": "a", "c": "a"}.items()
    assert whole.head.origins == whole.head.reports - 2


def test_an_agencys_own_text_becomes_the_origin_of_what_was_made_of_it(archive):
    for number, (key, source) in enumerate((("a", "Paper"), ("b", "Other paper"), ("c", "AFP"))):
        text = f"HALLWERD (AFP) - {SLUICE}" + (". And more of it." if key == "b" else ".")
        archive.catalogue.add_article(replace(article(key, text, hours=number), source=source))
        relating.relate_due(archive)
    whole = judging.the_story(archive, "a" * 64)
    assert archive.catalogue.relation("c" * 64).traced.agency == "afp"
    assert {report.report[0]: report.copy_of[:1] for report in whole.reports} == {"a": "c", "b": "a", "c": ""}
    assert whole.head.origins == 1


@pytest.mark.django_db
def test_killed_while_recording_nothing_is_half_kept(tmp_path, monkeypatch):
    from chronik.catalogue import relating as tables
    from chronik.catalogue.store import DjangoCatalogue
    from chronik.catalogue.story_models import GistKeyRow, GistRow, RelationRow

    archive = replace(archive_in(tmp_path, catalogue=DjangoCatalogue()), encode=FakeEncode())
    archive.catalogue.add_article(article("a", SLUICE))

    def killed(links):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(tables, "keep_links", killed)
        with pytest.raises(KeyboardInterrupt):
            relating.relate_due(archive)
    assert [rows.objects.count() for rows in (RelationRow, GistRow, GistKeyRow)] == [0, 0, 0]
    assert relating.relate_due(archive).articles == 1
    assert GistRow.objects.count() == 1


@pytest.mark.parametrize("text", ["", "\0", "(AFP) " * 20_000, "(" * 50_000, "AFP\n" * 50_000, "🙂 " * 30_000])
def test_any_text_and_source_is_placed_with_its_credits(archive, text):
    for key in "ab":
        archive.catalogue.add_article(replace(article(key, text), source="AFP " * 100, title=text[:500]))
    assert relating.relate_due(archive).articles == 2
