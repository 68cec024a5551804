"""Several passages and the limit of quotations on the command line, up to an archive that is made anew."""

from tests.cli.test_dossiers import article_id

__all__ = ["article_id"]
FIRST, LAST = "The water board closed the sluice on Friday.", "The owners of the mill disagree"


def test_passages_are_clipped_counted_published_and_made_anew(chronik, article_id):
    settings = chronik.archive / "chronik.toml"
    settings.write_text("quotation_characters = 40\n" + settings.read_text())
    slug = chronik("dossier", "new", "en=The mill stream").out.strip()
    told = ("--dossier", slug, "--quote", LAST, "--quote", FIRST, "--json")
    clip = chronik("clip", article_id, *told).json
    assert clip["excerpt"] == f"{FIRST} […]\n\n{LAST}"
    assert [one["selectors"][0]["exact"] for one in clip["passages"]] == [FIRST, LAST]
    assert [one["kind"] for one in chronik("dossier", "check", slug, "--json").json].count("over-quoted") == 1
    published = chronik("publish", slug)
    assert published.code == 0
    assert "--quotation-reason" in published.err
    assert "limit" not in chronik("publish", slug, "--quotation-reason", "by letter of 3 May").err
    assert chronik("rebuild", "--check").code == 0
