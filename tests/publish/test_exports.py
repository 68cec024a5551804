"""`dossier.json`: every public field, nothing private, the three clocks apart."""

import json

from tests.publish.material import NOW, TALBOTE, make_clip, make_dossier

from chronik.model import content_id
from chronik.publish.edition import edition
from chronik.publish.exports import as_json


def exported(*clips, **fields):
    return as_json(edition(make_dossier(**fields), clips, [TALBOTE], published_at=NOW))


def test_a_clip_is_given_with_all_its_public_fields():
    clip = make_clip()
    assert exported(clip)["clips"] == [
        {
            "id": clip.id,
            "permalink": f"c/{clip.id[:12]}/index.html",
            "place": 1,
            "title": "Meldung 1",
            "language": "de",
            "credit": "Talbote",
            "source": "talbote",
            "excerpt": "Die Schleuse blieb zu.\n\nNiemand wusste, warum.",
            "url": "https://talbote.example/1.html",
            "happened": "2026-03-26",
            "published": "2026-03-27",
            "clipped": "2026-03-28T21:30:00Z",
            "selectors": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "Die Schleuse blieb zu.",
                    "prefix": "vor ",
                    "suffix": " nach",
                },
                {"type": "TextPositionSelector", "start": 4, "end": 26},
            ],
            "text_digest": "ab" * 32,
            "article_id": "",
            "capture_id": "",
        }
    ]


def test_private_words_are_not_exported():
    assert "SECRET" not in json.dumps(exported(make_clip()))


def test_a_clip_about_which_little_is_known_is_exported_honestly():
    clip = make_clip(passage=None, happened=None, published="", url="", credit="", source_id="", title="")
    told = exported(clip)["clips"][0]
    assert (told["selectors"], told["happened"], told["published"], told["source"]) == ([], None, "", "")


def test_a_source_that_is_not_there_is_not_referred_to():
    assert exported(make_clip(source_id="gone"))["clips"][0]["source"] == ""


def test_the_span_runs_from_the_first_to_the_last_clipping():
    assert exported(make_clip(1), make_clip(5))["span"] == {
        "first": "2026-03-28T17:30:00Z",
        "last": "2026-03-28T21:30:00Z",
    }


def test_a_dossier_without_clips_has_no_span():
    assert (exported()["count"], exported()["span"]) == (0, None)


def test_the_digest_can_be_checked_by_anybody_who_has_the_file():
    told = json.loads(json.dumps(exported(make_clip())))
    rest = {key: value for key, value in told.items() if key not in {"digest", "published_at"}}
    assert content_id(rest) == told["digest"]


def test_the_file_does_not_depend_on_the_order_in_which_languages_were_kept():
    told = {"en": "A dispute.", "ar": "خلاف", "de": "Ein Streit."}
    files = [
        json.dumps(as_json(edition(make_dossier(introductions=kept), [], [], published_at=NOW)))
        for kept in (told, dict(sorted(told.items())))
    ]
    assert files[0] == files[1]
    assert list(json.loads(files[0])["introductions"]) == ["en", "de", "ar"]
