"""How well the language of a sentence is told, and of its first five words, beside the libraries that can do it.

`--peers PYTHON` names the Python of an environment with the peers (see `bench.language_peers`); without it eldc and
py3langid are measured, which ours is built on. `--every N` takes one sentence in N.
"""

import argparse
import gzip
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import mean

from bench.material import SHARED
from chronik.extract.language import language

FOLDER = SHARED / "language" / "ntrex"
WORDS = 5
SIGNS = 12
"""As much as five words, of a script that writes none apart."""
PEERS_TIMEOUT_S = 1_800
_CODES = (
    "afr:af amh:am arb:ar aze-Latn:az bak:ba bel:be ben:bn bos:bs bul:bg cat:ca ces:cs ckb-Arab:ckb "
    "cym:cy dan:da deu:de div:dv ell:el eng:en est:et eus:eu fao:fo fas:fa fil:tl fin:fi fra:fr gle:ga "
    "glg:gl guj:gu hau:ha heb:he hin:hi hrv:hr hun:hu hye:hy ibo:ig ind:id isl:is ita:it jpn:ja kan:kn "
    "kat:ka kaz:kk khm:km kin:rw kir:ky kmr:ku kor:ko lao:lo lav:lv lit:lt ltz:lb mal:ml mar:mr mkd:mk "
    "mlg:mg mlt:mt mon:mn msa:ms mya:my nep:ne nld:nl nno:nn nob:no orm:om pan:pa pol:pl por:pt prs:fa "
    "pus:ps ron:ro rus:ru sin:si slk:sk slv:sl sna-Latn:sn snd-Arab:sd som:so spa:es sqi:sq srp-Cyrl:sr "
    "srp-Latn:sr swa:sw swe:sv tam:ta tat:tt tel:te tgk-Cyrl:tg tha:th tir:ti tuk:tk tur:tr uig:ug ukr:uk "
    "urd:ur uzb:uz vie:vi xho:xh yor:yo zho-CN:zh zho-TW:zh zul:zu "
)
LANGUAGES = dict(pair.split(":") for pair in _CODES.split())
SOUTH_SLAVIC = ("bos", "hrv", "srp-Latn")
TWENTY = tuple(
    re.findall(r"\S+", "deu eng fra spa ita pol rus ukr tur arb fas aze-Latn hye kat heb ell ron bul hun kmr")
)
"""European, Caucasian and Near Eastern."""
_ALIKE = {"nb": "no", "wuu": "zh", "yue": "zh", "zh-hant": "zh", "arz": "ar", "ary": "ar", "iw": "he", "prs": "fa"}


def measure(options=()):
    """Rows of both tables."""
    if not FOLDER.is_dir():
        return ["The shared sentences are not beside this checkout."]
    parser = argparse.ArgumentParser(prog="bench language")
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--every", type=int, default=4)
    wanted = parser.parse_args(options)
    rows = sentences(wanted.every)
    table = [
        f"material: NTREX, one sentence in {wanted.every}, {len(rows)} of {len(LANGUAGES)} files",
        (
            "| library | sentences, macro accuracy | with bs, hr, sr in Latin letters | five words, 20 languages "
            "| texts/CPU-s |"
        ),
        "|---|---|---|---|---|",
    ]
    texts = [text for _, text in rows] + [beginning(text) for _, text in rows]
    for name, seconds, told in [ours(texts), *peers(texts, wanted.peers)]:
        table.append(row_of(name, rows, told=told, speed=len(texts) / seconds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024
    return [*table, f"peak memory of this process, texts included: {peak} MiB"]


def sentences(every):
    """File and text of the sentences."""
    rows = []
    for name in LANGUAGES:
        with gzip.open(FOLDER / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows += [(name, json.loads(line)["text"]) for line in list(lines)[::every]]
    return rows


def beginning(text):
    """The first five words, or as much of a text that writes them together."""
    words = text.split()
    return " ".join(words[:WORDS]) if len(words) > WORDS or len(text) < SIGNS * 2 else text[:SIGNS]


def ours(texts):
    """What we say."""
    language("So that everything is loaded.")
    start = time.process_time()
    told = [language(text) for text in texts]
    return "chronik", time.process_time() - start, told


def peers(texts, python):
    """What each library says that the other Python has."""
    script = Path(__file__).with_name("language_peers.py")
    run = subprocess.run(
        [python, script], input=json.dumps(texts), capture_output=True, text=True, timeout=PEERS_TIMEOUT_S, check=True
    )
    for line in run.stdout.splitlines():
        found = json.loads(line)
        yield found["name"], found["seconds"], found["told"]


def row_of(name, rows, *, told, speed):
    """One library's row."""
    whole, begun = told[: len(rows)], told[len(rows) :]
    right = shares(rows, whole)
    apart = mean(share for file, share in right.items() if file not in SOUTH_SLAVIC)
    twenty = shares(rows, begun)
    short = mean(twenty[file] for file in TWENTY)
    return f"| {name} | {apart:.4f} | {mean(right.values()):.4f} | {short:.4f} | {speed:,.0f} |"


def shares(rows, told):
    """Share of the right answers by file; Bokmål may be called Norwegian, Sorani Kurdish."""
    right = {}
    for (file, _), said in zip(rows, told, strict=True):
        wanted, tag = LANGUAGES[file], _ALIKE.get(said, said)
        same = tag == wanted or (file == "ckb-Arab" and tag == "ku") or (file == "nno" and tag == "no")
        right.setdefault(file, []).append(same)
    return {file: mean(values) for file, values in right.items()}
