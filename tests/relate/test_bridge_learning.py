from chronik.model.relating import Report
from chronik.relate.bridge import Bridge
from chronik.relate.bridge.learning import learned


def report(name, title, language):
    return Report(id=name, title=title, language=language)


def test_names_side_by_side_in_confirmed_stories_are_learned_as_one():
    pairs = [
        (
            report(f"e{n}", f"minister Wyszkowska visits {town}", "en"),
            report(f"r{n}", f"министр Вышковска в {town}", "ru"),
        )
        for n, town in enumerate(["Gorzelin", "Brumfurt", "Talmio"])
    ]
    found = learned(pairs)
    assert ("Wyszkowska", "Вышковска") in {(pairing.first, pairing.second) for pairing in found}
    assert found[0].support == 3
    assert found[0].against == 0


def test_one_report_beside_many_is_one_witness():
    english = report("e", "minister Wyszkowska resigns", "en")
    pairs = [(english, report(f"r{n}", "министр Вышковска ушла", "ru")) for n in range(5)]
    assert learned(pairs) == ()


def test_names_that_do_not_sound_alike_need_more_witnesses():
    def pair(n):
        return report(f"e{n}", "the club Reds won again", "en"), report(f"d{n}", "der Verein Kickers siegt", "de")

    assert not any(p.first == "Kickers" for p in learned([pair(n) for n in range(2)]))
    assert any(p.first == "Kickers" and p.second == "Reds" for p in learned([pair(n) for n in range(5)]))


def test_what_stands_without_its_twin_speaks_against():
    pairs = [
        (report(f"e{n}", "minister Wyszkowska speaks", "en"), report(f"r{n}", "Вышковска", "ru")) for n in range(2)
    ]
    pairs += [(report(f"x{n}", "minister Wyszkowska speaks", "en"), report(f"y{n}", "дождь", "ru")) for n in range(9)]
    assert learned(pairs) == ()


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
    assert learned(pairs) == ()


def test_reports_of_one_language_teach_nothing():
    assert learned([(report("a", "Wyszkowska speaks", "en"), report("b", "Wyszkowska spoke", "en"))] * 3) == ()
