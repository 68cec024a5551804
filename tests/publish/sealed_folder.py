"""Published folders with seals, without an archive: what the tests of verifying tamper with."""

from zoneinfo import ZoneInfo

from tests.publish.material import NOW, TALBOTE, make_clip, make_dossier

from chronik.extract.passages import excerpt, gathered
from chronik.model import Act, Opening, Verb, sha256_hex
from chronik.preserve.ledger import Ledger, bundle, payload
from chronik.preserve.stamps import question
from chronik.public.freeze import freeze
from chronik.publish.edition import digest, edition

TEXT = "Die Schleuse blieb [… wohl …] zu.\n\nNiemand wusste, warum. Der Bach stand still. Am Wehr wartete <niemand>."
SEVERAL = gathered(TEXT, ["Die Schleuse blieb [… wohl …] zu.", "Niemand wusste", "Am Wehr wartete <niemand>."])
CLIPS = (
    make_clip(1),
    make_clip(2, excerpt="Am Wehr stand <niemand> & wartete.\n\nÀ demain, 明天见."),
    make_clip(3, title="", excerpt=excerpt(TEXT, SEVERAL), passage=SEVERAL[0], further=SEVERAL[1:]),
)
OTHERS = (make_clip(4, dossier="bridge"), make_clip(5, dossier="bridge"))


class Press:
    """Somebody who publishes into a folder and has a ledger of their own."""

    def __init__(self, folder, *, name="press.example"):
        self.site = folder / "site"
        self.authorities = ()
        self.ledger = Ledger(folder=folder / "ledger", state_base=folder / "state", name=name)

    @property
    def key(self):
        return str(self.ledger.terms()[0].key)

    def publish(self, *clips, at=NOW, **fields):
        whole = edition(make_dossier(**fields), clips, [TALBOTE], published_at=at)
        return freeze(
            whole,
            self.site,
            public_url="",
            zone=ZoneInfo("Europe/Berlin"),
            site_name="Talarchiv",
            beside=self.beside,
        )

    def beside(self, whole, _site, manifest):
        slug = whole.dossier.slug
        act = Act(
            at=NOW,
            by="chronik",
            verb=Verb.SEAL_EDITION,
            subject=slug,
            detail={"edition": digest(whole), "manifest": sha256_hex(manifest)},
        )
        with self.ledger.writing() as writer:
            writer.append([(bytes([writer.size]) * 32, payload.of_act(act, recorded_at=NOW))])
            index = writer.size - 1
        yield f"{slug}/proof.json", self.proof(index)
        yield f"{slug}/proofs/index.html", b'<meta name="generator" content="Chronik">'

    def proof(self, index):
        head = self.ledger.checkpoint()
        terms = tuple(self.ledger.terms())
        wanted = sorted({index, *(term.size - 1 for term in terms if term.size)})
        opened = [self.ledger.openings.at(number) for number in wanted]
        assert all(isinstance(one, Opening) for one in opened)
        leaves = tuple(
            bundle.BundleLeaf(opening=one, path=self.ledger.inclusion_proof(one.index, size=head.size))
            for one in opened
        )
        stamps = [(one.name, one.answer(question(head.note, size=head.size).body)) for one in self.authorities]
        return bundle.written(bundle.Bundle(terms=terms, checkpoint=head, leaves=leaves, records={}, stamps=stamps))


def two_dossiers(folder, **fields):
    """A folder with two sealed dossiers, one of them in two languages."""
    press = Press(folder, **fields)
    press.publish(*CLIPS)
    press.publish(*OTHERS, slug="bridge", names={"en": "The bridge"})
    return press
