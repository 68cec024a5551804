"""`source` and `feed` do what the desk does, for people and for programs."""

import json

ROW = {"id": "1", "title": "Bahn", "text": "Der Fahrplan der Bahn ändert sich im Norden.", "source": "Talbote"}


def test_what_is_said_of_sources_is_done_shown_and_taken_back(chronik, tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(ROW))
    assert chronik("import", path).code == 0
    merged = chronik("source", "merge", "tass", "talbote", "--json").json
    shown = chronik("source", "show", "talbote", "--json").json
    assert (shown["id"], shown["reports"], len(shown["acts"])) == ("tass", 1, 1)
    assert chronik("source", "undo", merged["act"][:12]).code == 0
    refused = chronik("source", "edit", "tass", "--quote-characters", "900")
    assert (refused.code, "needs a reason" in refused.err) == (1, True)


def test_feeds_are_listed_and_go_out_as_opml(chronik, tmp_path):
    path = tmp_path / "in.opml"
    path.write_text('<opml version="2.0"><body><outline xmlUrl="https://bote.example/feed" text="Bote"/></body></opml>')
    assert chronik("import", path).code == 0
    (feed,) = chronik("feed", "list", "--json").json
    assert (feed["url"], feed["silent"], feed["last_success"]) == ("https://bote.example/feed", None, None)
    assert 'xmlUrl="https://bote.example/feed"' in chronik("feed", "export").out
