"""What counting quoted words asks the catalogue: one contract for the tables and for the fake."""

from dataclasses import replace

from tests.ports.test_catalogue_witnessing import NOW, act, capture, catalogue, publish

from chronik.model import Article, Clip, Dossier, Passage, Verb

__all__ = ["catalogue"]
URL = "https://talbote.example/sluice"


def test_clips_of_published_dossiers_are_found_by_address_or_article(catalogue):
    catalogue.add_dossier(Dossier(slug="fish", names={"en": "Fish"}), act(Verb.CREATE_DOSSIER, "fish"))
    clip = Clip(
        id="c" * 64,
        dossier="fish",
        url=URL,
        excerpt="Fish. […] Fowl.",
        passage=Passage(exact="Fish.", start=0, end=5),
        further=(Passage(exact="Fowl.", start=9, end=14),),
        quotation_reason="a licence",
        clipped_at=NOW,
    )
    catalogue.add_clip(clip, act(Verb.CLIP, clip.id))
    assert catalogue.public_clips(urls=[URL], articles=[]) == []
    publish(catalogue, hours=1)
    assert catalogue.public_clips(urls=[URL, "x"], articles=["nowhere"]) == [clip]
    assert catalogue.public_clips(urls=["x"], articles=[]) == []
    plain = replace(clip, further=(), quotation_reason="", excerpt="Fish.")
    catalogue.change_clip(plain, act(Verb.EDIT_CLIP, clip.id, hours=1))
    assert catalogue.public_clips(urls=[URL], articles=[]) == [plain]
    catalogue.remove_clip(clip.id, act(Verb.REMOVE_CLIP, clip.id, hours=2))
    assert catalogue.public_clips(urls=[URL], articles=[]) == []


def test_the_length_of_texts_is_told_in_characters(catalogue):
    catalogue.record_capture(capture(1))
    article = Article(id="a" * 64, capture_id=capture(1).id, url=URL, text="Fisch 😀", made_by="test", read_at=NOW)
    catalogue.record_reading(capture(1).id, article)
    assert catalogue.text_characters([article.id, "nowhere"]) == {article.id: 7}
