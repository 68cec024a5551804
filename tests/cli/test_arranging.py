"""Sections, key documents, the timeline, history and revert on the command line."""

from tests.cli.test_dossiers import article_id

__all__ = ["article_id"]


def test_a_dossier_is_arranged_and_a_change_taken_back(chronik, article_id):
    slug = chronik("dossier", "new", "en=The mill stream").out.strip()
    quote = "closed the sluice on Friday"
    clip = chronik("clip", article_id, "--dossier", slug, "--quote", quote, "--json").json["id"]
    section = chronik("dossier", "section", "add", slug, "en=Causes", "de=Ursachen").out.strip()
    assert chronik("dossier", "file", clip[:10], "--section", section).code == 0
    pinned = chronik("dossier", "pin", clip[:10], "--to", 1, "--json").json
    label = "en=The sluice is closed"
    event = chronik(
        "dossier", "event", "add", slug, "--begins", "2025-04", "--label", label, "--clip", clip[:10]
    ).out.strip()
    refused = chronik("dossier", "event", "edit", slug, event, "--begins", "April")
    assert (refused.code, "is no date" in refused.err) == (1, True)
    back = chronik("dossier", "revert", pinned["act"], "--json").json
    assert (back["verb"], back["detail"]["reverts"]) == ("unpin-clip", pinned["act"])
    shown = chronik("dossier", "show", slug, "--json").json
    assert shown["sections"] == [{"id": section, "names": {"de": "Ursachen", "en": "Causes"}}]
    assert (shown["pinned"], shown["clips"][0]["section"]) == ([], section)
    assert [(one["begins"], one["labels"], one["clips"]) for one in shown["timeline"]] == [
        ("2025-04", {"en": "The sluice is closed"}, [clip])
    ]
    told = chronik("dossier", "history", slug, "--json").json["acts"]
    assert [one["verb"] for one in told][:3] == ["unpin-clip", "add-event", "pin-clip"]
    assert told[2]["taken_back_by"] == told[0]["id"]
    assert "labels.en: '' -> 'The sluice is closed'" in chronik("dossier", "history", slug).out
