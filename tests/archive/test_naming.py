"""Names are learned from stories told in several languages, and editors have the last word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.archive.test_losing_nothing import archive_in
from tests.fakes.catalogue import MemoryCatalogue

from chronik.archive import judging, naming, neighbours
from chronik.archive.naming import ProposalState
from chronik.archive.spellings import ArchiveSpellings
from chronik.errors import ConflictError, NotFoundError
from chronik.model import Article, Placement, Verdict, story_id
from chronik.ports.relating import Related, Traced

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
PAIRS = ("ab", "cd", "ef")
"""Keys of an English and a Russian report of one story."""


@pytest.fixture(params=["memory", "sql"])
def archive(request, tmp_path):
    catalogue = MemoryCatalogue()
    if request.param == "sql":
        request.getfixturevalue("db")
        from chronik.catalogue.store import DjangoCatalogue

        catalogue = DjangoCatalogue()
    return archive_in(tmp_path, catalogue=catalogue)


def article(key, title, language):
    return Article(
        id=key * 64,
        url=f"https://talbote.example/{key}",
        title=title,
        text=title,
        language=language,
        published=NOON.isoformat(),
        read_at=NOON,
    )


def placed(archive, key, *, anchor="", certain=True):
    (due,) = [one for one in archive.catalogue.unrelated(limit=100) if one.article.id == key * 64]
    story = story_id((anchor or key) * 64)
    placement = Placement(report=key * 64, story=story, anchor=anchor * 64, score=0.9, certain=certain)
    archive.catalogue.record_related([Related(due=due, traced=Traced(), placement=placement)], at=NOON)


def told(archive, *, certain=True, pairs=PAIRS):
    for english, russian in pairs:
        archive.catalogue.add_article(article(english, "minister Wyszkowska resigns", "en"))
        archive.catalogue.add_article(article(russian, "министр Вышковска ушла", "ru"))
        placed(archive, english)
        placed(archive, russian, anchor=english, certain=certain)
    return archive


def test_certain_links_across_languages_teach_names(archive):
    assert naming.learn(told(archive)) == 1
    (one,) = naming.proposals(archive)
    assert one.learned.spellings == ("Wyszkowska", "Вышковска")
    assert one.learned.languages == ("en", "ru")
    assert (one.learned.stories, one.learned.reports, one.state) == (3, 3, ProposalState.OPEN)
    assert {witness.first for witness in one.learned.witnesses} == {"a" * 64, "c" * 64, "e" * 64}
    assert one.learned.witnesses[0].story == archive.catalogue.relation(one.learned.witnesses[0].first).placement.story


def test_doubtful_links_teach_nothing_until_an_editor_confirms_them(archive):
    assert naming.learn(told(archive, certain=False)) == 0
    for english, russian in PAIRS:
        judging.judge(archive, (english * 64, russian * 64), verdict=Verdict.SAME, by="eva")
    assert naming.learn(archive) == 1


def test_what_an_editor_accepts_is_known_at_once_everywhere_and_can_be_taken_back(archive):
    naming.learn(told(archive))
    (one,) = naming.proposals(archive)
    search = ArchiveSpellings(archive.catalogue)
    before = neighbours.traits_mark(archive.catalogue)
    assert search("Wyszkowska") == ("Wyszkowska",)
    act = naming.accept(archive, one.learned.number, by="eva")
    assert search("Wyszkowska") == ("Wyszkowska", "Вышковска")
    assert neighbours.bridge(archive).spellings("вышковска")[-1] == "Вышковска"
    assert neighbours.traits_mark(archive.catalogue) != before
    assert [p.state for p in naming.proposals(archive)] == [ProposalState.ACCEPTED]
    naming.learn(archive)
    assert [p.state for p in naming.proposals(archive)] == [ProposalState.ACCEPTED]
    judging.undo(archive, act.id, by="eva")
    assert search("Wyszkowska") == ("Wyszkowska",)
    assert [p.state for p in naming.proposals(archive)] == [ProposalState.OPEN]


def test_what_an_editor_refuses_never_comes_back_and_counts_as_two_names(archive):
    naming.learn(told(archive))
    (one,) = naming.proposals(archive)
    naming.refuse(archive, one.learned.number, by="eva")
    naming.learn(archive)
    assert naming.proposals(archive, states=[ProposalState.OPEN, ProposalState.USED]) == []
    assert not neighbours.bridge(archive).same("Wyszkowska", "Вышковска")
    (word,) = archive.catalogue.spellings()
    judging.remove_spellings(archive, word.number, by="eva")
    assert [p.state for p in naming.proposals(archive)] == [ProposalState.OPEN]


def test_a_decision_is_made_once(archive):
    naming.learn(told(archive))
    (one,) = naming.proposals(archive)
    naming.refuse(archive, one.learned.number, by="eva")
    with pytest.raises(ConflictError, match="chronik names remove"):
        naming.accept(archive, one.learned.number, by="adam")
    with pytest.raises(NotFoundError, match="chronik names learned"):
        naming.accept(archive, 10**15, by="adam")


def test_certain_names_are_used_without_asking_only_by_setting_and_an_editor_can_stop_that(archive):
    naming.learn(told(archive))
    assert archive.catalogue.used_names() == []
    archive = replace(archive, config=replace(archive.config, learned_names_stories=3))
    naming.learn(archive)
    (one,) = naming.proposals(archive)
    assert one.state is ProposalState.USED
    search = ArchiveSpellings(archive.catalogue)
    assert search("Вышковска") == ("Вышковска", "Wyszkowska")
    naming.refuse(archive, one.learned.number, by="eva")
    assert search("Вышковска") == ("Вышковска",)


def test_learning_is_due_after_news_and_time(archive):
    assert naming.learn_due(archive) == 0
    assert archive.catalogue.names_learned() is None
    assert naming.learn_due(told(archive, pairs=PAIRS[:2])) == 1
    told(archive, pairs=PAIRS[2:])
    assert naming.learn_due(archive) == 0
    now = archive.clock()
    later = replace(archive, clock=lambda: now + timedelta(days=2))
    assert naming.learn_due(later) == 1
    assert naming.learn_due(replace(archive, clock=lambda: now + timedelta(days=9))) == 0
