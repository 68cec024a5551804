"""Stories, judgements, names, suggestions and accounts on the command line."""

import json

import pytest

SLUICE = (
    "The water board closed the Mirre sluice near Hallwerd in the night to Thursday, and nobody noticed before half "
    "past four, when the pumps of five market gardens ran dry. The Orvenne fell by 42 centimetres within three hours. "
    "“We had no choice”, said Ruven Eschlohe, the speaker of the board. Anglers counted 300 kilograms of dead fish."
)
BALL = (
    "Football club Pontavelle has won the cup of the valley against Niederorwen with three goals in the second half of "
    "a match that 2,000 people watched in pouring rain. “We played our best football”, said trainer Wilm Dassel. The "
    "third goal came from the penalty spot, ten minutes before the end."
)


@pytest.fixture
def with_articles(chronik, tmp_path):
    path = tmp_path / "rows.jsonl"
    articles = (
        {
            "id": "a",
            "title": "Sluice closed",
            "text": SLUICE,
            "published": "2026-05-01T08:00:00Z",
            "source": "Valley Post",
        },
        {
            "id": "b",
            "title": "Sluice shut",
            "text": f"{SLUICE} (orp)",
            "published": "2026-05-01T10:00:00Z",
            "source": "Echo",
        },
        {"id": "c", "title": "Cup won", "text": BALL, "published": "2026-05-02T10:00:00Z", "source": "Echo"},
    )
    path.write_text("".join(json.dumps({"language": "en", **article}) + "\n" for article in articles))
    assert chronik("import", path).code == 0
    chronik.ids = {hit["title"]: hit["id"] for hit in chronik("search", "the", "--json").json["hits"]}
    return chronik


def sizes(chronik):
    return sorted(story["reports"] for story in chronik("stories", "--all", "--json").json)


def are_one(chronik, first, second):
    return chronik("story", first, "--json").json["id"] == chronik("story", second, "--json").json["id"]


def test_stories_are_listed_and_shown(with_articles):
    (story,) = with_articles("stories", "--json").json
    assert (story["reports"], story["origins"], story["title"]) == (2, 1, "Sluice closed")
    assert "Sluice closed" in with_articles("stories").out
    whole = with_articles("story", story["id"][:10], "--json").json
    assert [member["title"] for member in whole["members"]] == ["Sluice closed", "Sluice shut"]
    assert whole["members"][1]["copy_of"] == whole["members"][0]["report"]
    assert "copy of “Sluice closed”" in whole["members"][1]["reasons"]
    assert with_articles("story", with_articles.ids["Sluice shut"], "--json").json["id"] == story["id"]
    assert "Sluice shut" in with_articles("story", story["id"]).out
    assert with_articles("stories", "--since", "2026-05-02", "--json").json == []


def test_an_editor_links_stories_and_takes_it_back(with_articles):
    ball, sluice = with_articles.ids["Cup won"], with_articles.ids["Sluice closed"]
    done = with_articles("story", "link", ball, sluice, "--json").json
    (link,) = with_articles("story", ball, "--json").json["earlier"]
    assert (link["by_editor"], link["score"]) == (True, 1.0)
    assert "goes on from" in with_articles("story", ball).out
    assert with_articles("story", "undo", done["act"]).code == 0
    assert with_articles("story", ball, "--json").json["earlier"] == []
    assert with_articles("story", "unlink", ball, sluice).code == 0
    assert with_articles("story", "link", ball, ball).code == 1
    assert with_articles("story", "link", ball).code == 2


def test_editors_judge_and_take_it_back(with_articles):
    first, second = with_articles.ids["Sluice closed"], with_articles.ids["Sluice shut"]
    assert with_articles("judge", first[:10], second, "different").code == 0
    assert not are_one(with_articles, first, second)
    assert with_articles("relate", "--again").code == 0
    assert not are_one(with_articles, first, second)
    assert with_articles("judge", first, second, "--undo", "--json").json["verb"] == "undo"
    assert with_articles("relate", "--again").code == 0
    assert are_one(with_articles, first, second)


def test_editors_merge_split_and_take_it_back(with_articles):
    ids = [story["id"] for story in with_articles("stories", "--all", "--json").json]
    merge = with_articles("story", "merge", *ids, "--json").json["act"]
    assert sizes(with_articles) == [3]
    split = with_articles("story", "split", ids[0], with_articles.ids["Cup won"], "--json").json["act"]
    assert sizes(with_articles) == [1, 2]
    for act in (split, merge):
        assert with_articles("story", "undo", act[:12]).code == 0
    assert sizes(with_articles) == [1, 2]
    assert with_articles("story", "undo", merge).code == 1


def test_wrong_ids_and_words_are_said_in_a_line(with_articles):
    article = with_articles.ids["Cup won"]
    for arguments, code in (
        (("story", "0123456789"), 1),
        (("story", "merge", article), 2),
        (("story", "merge", article, article), 1),
        (("story", "split", article, article), 1),
        (("story", article, "more"), 2),
        (("judge", article, article, "same"), 1),
        (("judge", article, "0123456789", "same"), 1),
        (("judge", article, article, "perhaps"), 2),
        (("judge", article, article), 2),
        (("stories", "--since", "31.2."), 2),
        (("stories", "--dossier", "none"), 1),
        (("accounts", "zzzzqqqq"), 1),
        (("names", "add", "one"), 1),
        (("names", "remove", "7"), 1),
        (("dossier", "suggest", "none"), 1),
        (("dossier", "gaps", "none"), 1),
        (("dossier", "backtest", "none"), 1),
        (("dossier", "side", "none"), 1),
    ):
        outcome = with_articles(*arguments)
        assert outcome.code == code, arguments
        assert len(outcome.err.strip().splitlines()) <= 2
        assert "Traceback" not in outcome.err


def test_names_are_added_listed_and_removed(chronik):
    kept = chronik("names", "add", "Orvenne", "Orwe", "Орвен", "--json").json
    assert kept["spellings"] == ["Orvenne", "Orwe", "Орвен"]
    assert chronik("names", "add", "Georgia (country)", "Georgia (state)", "--apart").code == 0
    assert "Orvenne = Orwe = Орвен" in chronik("names", "list").out
    assert len(chronik("names", "list", "--json").json) == 2
    assert chronik("names", "remove", kept["number"]).code == 0
    assert len(chronik("names", "list", "--json").json) == 1


def test_accounts_stand_side_by_side(with_articles):
    slug = with_articles("dossier", "new", "en=The Mirre sluice").out.strip()
    define = ("dossier", "side", slug, "board", "--name", "en=Water board", "--speaker", "Ruven Eschlohe", "--json")
    assert with_articles(*define).json[0]["speakers"] == ["Ruven Eschlohe"]
    found = with_articles("accounts", with_articles.ids["Sluice closed"], "--dossier", slug, "--json").json
    assert found == [] or all(said["words"] in SLUICE for account in found for said in account["statements"])
    asked = with_articles("accounts", "football", "--json").json
    assert {said["words"] for account in asked for said in account["statements"]} == {"We played our best football"}
    assert "We played our best football" in with_articles("accounts", "football").out
    assert with_articles("dossier", "side", slug, "board", "--remove", "--json").json == []


def test_suggestions_are_accepted_and_refused(with_articles):
    slug = with_articles("dossier", "new", "en=The Mirre sluice near Hallwerd on the Orvenne").out.strip()
    first = with_articles("dossier", "suggest", slug, "--json").json
    article = with_articles.ids["Sluice closed"]
    assert {row["article"] for row in first["suggestions"]} <= set(with_articles.ids.values())
    refused = with_articles("dossier", "suggest", slug, "--refuse", article, "--json").json
    assert article not in {row["article"] for row in refused["suggestions"]}
    assert with_articles("story", "undo", refused["acts"][0]).code == 0
    assert with_articles("dossier", "suggest", slug).code == 0


def test_a_dossier_is_replayed_and_looked_at_for_gaps(with_articles):
    slug = with_articles("dossier", "new", "en=The Mirre sluice").out.strip()
    quote = "The Orvenne fell by 42 centimetres"
    assert with_articles("clip", with_articles.ids["Sluice closed"], "--dossier", slug, "--quote", quote).code == 0
    replayed = with_articles("dossier", "backtest", slug, "--json").json
    assert (replayed["articles"], replayed["relevant"]) == (3, 1)
    assert "precision@10" in with_articles("dossier", "backtest", slug).out
    assert isinstance(with_articles("dossier", "gaps", slug, "--json").json, list)
    assert with_articles("dossier", "gaps", slug).code == 0


def test_what_is_due_is_placed_on_demand(with_articles):
    outcome = with_articles("relate", "--json").json
    assert (outcome["articles"], outcome["waiting"]) == (0, None)
    assert with_articles("relate", "--again", "--json").json["articles"] == 3
    assert with_articles("status", "--json").json["due"]["relating"] == 0


def two_languages(tmp_path):
    path = tmp_path / "told.jsonl"
    rows = [
        {"id": f"{language}{n}", "title": f"{title} {town}", "language": language, "text": text, "source": language}
        for n, town in enumerate(("Gorzelin", "Brumfurt"))
        for language, title, text in (
            ("en", "minister Wyszkowska resigns in", f"In {town} the minister Wyszkowska resigned."),
            ("ru", "министр Вышковска ушла в", f"Сообщили, что министр Вышковска ушла: {town}."),
        )
    ]
    path.write_text("".join(json.dumps({"published": "2026-05-01T08:00:00Z", **row}) + "\n" for row in rows))
    return path


def test_names_are_learned_accepted_and_refused(chronik, tmp_path):
    assert chronik("names", "learned").out.strip().endswith("chronik names learn")
    assert chronik("import", two_languages(tmp_path)).code == 0
    ids = {hit["title"]: hit["id"] for word in ("minister", "министр") for hit in found(chronik, word)}
    for town in ("Gorzelin", "Brumfurt"):
        pair = [ids[f"minister Wyszkowska resigns in {town}"], ids[f"министр Вышковска ушла в {town}"]]
        assert chronik("judge", *pair, "same").code == 0
    assert chronik("names", "learn", "--json").json == {"learned": 1}
    (one,) = chronik("names", "learned", "--json").json
    assert (one["spellings"], one["stories"], one["state"]) == (["Wyszkowska", "Вышковска"], 2, "open")
    assert "Wyszkowska = Вышковска" in chronik("names", "learned").out
    assert not any("ушла" in hit["title"] for hit in found(chronik, "Wyszkowska"))
    (said,) = chronik("names", "accept", one["number"], "--json").json
    assert any("ушла" in hit["title"] for hit in found(chronik, "Wyszkowska"))
    assert chronik("names", "refuse", one["number"]).code == 1
    assert chronik("names", "remove", said["number"]).code == 0
    assert "chronik names remove" in chronik("names", "refuse", one["number"]).out
    assert chronik("names", "learned", "--json").json == []
    assert [row["state"] for row in chronik("names", "learned", "--all", "--json").json] == ["refused"]
    assert chronik("names", "accept", 77).code == 1


def found(chronik, words):
    return chronik("search", words, "--json").json["hits"]
