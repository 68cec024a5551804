from chronik.model.relating import Report
from chronik.relate.bridge import Bridge
from chronik.relate.bridge.learning import Aligned, learned


def report(name, title, language):
    return Report(id=name, title=title, language=language)


def taught(pairs, **options):
    return learned([Aligned(first=first, second=second) for first, second in pairs], **options)


def test_names_side_by_side_in_confirmed_stories_are_learned_as_one():
    pairs = [
        (
            report(f"e{n}", f"minister Wyszkowska visits {town}", "en"),
            report(f"r{n}", f"министр Вышковска в {town}", "ru"),
        )
        for n, town in enumerate(["Gorzelin", "Brumfurt", "Talmio"])
    ]
    found = taught(pairs)
    assert ("Wyszkowska", "Вышковска") in {(pairing.first, pairing.second) for pairing in found}
    assert found[0].support == 3
    assert found[0].against == 0


def test_one_report_beside_many_is_one_witness():
    english = report("e", "minister Wyszkowska resigns", "en")
    pairs = [(english, report(f"r{n}", "министр Вышковска ушла", "ru")) for n in range(5)]
    assert taught(pairs) == ()


def test_names_that_do_not_sound_alike_need_more_witnesses():
    def pair(n):
        return report(f"e{n}", "the club Reds won again", "en"), report(f"d{n}", "der Verein Kickers siegt", "de")

    assert not any(p.first == "Kickers" for p in taught([pair(n) for n in range(2)]))
    assert any(p.first == "Kickers" and p.second == "Reds" for p in taught([pair(n) for n in range(5)]))


def test_what_stands_without_its_twin_speaks_against():
    pairs = [
        (report(f"e{n}", "minister Wyszkowska speaks", "en"), report(f"r{n}", "Вышковска", "ru")) for n in range(2)
    ]
    pairs += [(report(f"x{n}", "minister Wyszkowska speaks", "en"), report(f"y{n}", "дождь", "ru")) for n in range(9)]
    assert taught(pairs) == ()


def test_what_was_learned_makes_names_one():
    bridge = Bridge(extra=[("Kickers", "Reds")])
    assert bridge.same("Reds", "Kickers")
    keys = {named.key for text in ("Reds win", "Kickers siegen") for named in bridge.names_in(text)}
    assert len(keys) == 1


def test_given_name_and_surname_are_no_spellings_of_each_other():
    pairs = [
        (
            report(f"e{n}", "the swimmer Dorna Velbrook won", "en"),
            report(f"f{n}", "la nageuse Dorna Velbrook gagne", "fr"),
        )
        for n in range(6)
    ]
    assert taught(pairs) == ()


def test_reports_of_one_language_teach_nothing():
    assert taught([(report("a", "Wyszkowska speaks", "en"), report("b", "Wyszkowska spoke", "en"))] * 3) == ()


def test_what_editors_keep_apart_is_not_learned_again():
    pairs = [
        (report(f"e{n}", "minister Wyszkowska speaks", "en"), report(f"r{n}", "министр Вышковска говорит", "ru"))
        for n in range(3)
    ]
    assert taught(pairs)
    assert taught(pairs, bridge=Bridge(apart=[("Вышковска", "Wyszkowska")])) == ()


def test_stories_are_counted_and_told_as_witnesses():
    pairs = [
        Aligned(
            first=report(f"e{n}", "minister Wyszkowska speaks", "en"),
            second=report(f"r{n}", "министр Вышковска говорит", "ru"),
            story=f"s{n // 2}",
        )
        for n in range(4)
    ]
    (found,) = learned(pairs)
    assert (found.stories, found.support, found.rivals) == (2, 4, 0)
    assert found.witnesses == (("s0", "e0", "r0"), ("s1", "e2", "r2"))


def test_names_that_always_stand_together_are_rivals_of_each_other():
    pairs = [
        (report(f"e{n}", "the teams Reds and Blues play", "en"), report(f"d{n}", "Kickers gegen Ballspieler", "de"))
        for n in range(5)
    ]
    assert all(pairing.rivals for pairing in taught(pairs))


def test_a_story_of_many_signs_is_learned_from_in_bounded_time():
    hostile = "\ud800\0\u202e" + "Aa " * 300_000
    first, second = (report(name, hostile, language) for name, language in (("a", "en"), ("b", "de")))
    assert taught([(first, second)] * 50) == ()
