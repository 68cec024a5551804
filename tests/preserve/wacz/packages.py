"""WACZ files for tests: good ones, and the same taken apart and put together otherwise."""

import io
import json
import zipfile

from tests.preserve.material import NOW, numbered, vault_in

from chronik.model import sha256_hex
from chronik.preserve import signing
from chronik.preserve.wacz import form, verifying, writing
from chronik.preserve.wacz.package import Package, PackedPage

KEY = signing.new_p384()


def package(folder, *, count=3, **changed):
    """A package of so many captures of a vault in this folder."""
    folder.mkdir(exist_ok=True)
    with_vault = vault_in(folder)
    kept = [with_vault.keep(numbered(number)) for number in range(count)]
    with_vault.close()
    pages = tuple(
        PackedPage(capture_id=one.id, url=one.url, captured_at=one.captured_at, title="Die Brücke", text="Ein Text.")
        for one in kept
    )
    values = {
        "title": "Brücke",
        "created": NOW,
        "software": "chronik test",
        "records": [with_vault.records(one) for one in kept],
        "pages": pages,
    }
    return Package(**{**values, **changed})


def written(made, *, key=KEY):
    stream = io.BytesIO()
    writing.write(stream, made, key=key)
    return stream.getvalue()


def files(data):
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def zipped(contents):
    """A ZIP file with the headers that Chronik writes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in contents.items():
            info = zipfile.ZipInfo(name, date_time=form.EPOCH)
            info.external_attr, info.create_system = form.MODE, form.UNIX
            made.writestr(info, data)
    return stream.getvalue()


def relisted(contents):
    """With datapackage.json and its digest put right, as somebody without the key could; the signature stays."""
    about = json.loads(contents["datapackage.json"])
    for item in about["resources"]:
        data = contents[item["path"]]
        item["hash"], item["bytes"] = f"sha256:{sha256_hex(data)}", len(data)
    digest = json.loads(contents["datapackage-digest.json"])
    raw = json.dumps(about).encode()
    digest["hash"] = f"sha256:{sha256_hex(raw)}"
    return {**contents, "datapackage.json": raw, "datapackage-digest.json": json.dumps(digest).encode()}


def resigned(contents, *, key):
    """With everything put right and signed by another key."""
    contents = relisted(contents)
    digest = json.loads(contents["datapackage-digest.json"])
    signed = digest["signedData"] | {"hash": digest["hash"], **signing.p384_signed(digest["hash"].encode(), pem=key)}
    return {**contents, "datapackage-digest.json": form.digest_file(signed)}


def faults(data, *, key=""):
    return [f"{one.where}: {one.what}" for one in verifying.verified(io.BytesIO(data), key=key).faults]
