"""Acts: takes the operator's word on whose key is whose, and has the co-signing key follow a ledger."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from chronik.archive import known_witnesses
from chronik.archive.known_witnesses import SUBJECT, KeyKind, TrustedKey
from chronik.errors import ConflictError, NotFoundError, RefusedInputError
from chronik.model import Act, Verb
from chronik.preserve.ledger import note
from chronik.preserve.witness.cosigner import Cosigner
from chronik.preserve.witness.places import FOLDER

if TYPE_CHECKING:
    from chronik.archive.archive import Archive
    from chronik.preserve.ledger.note import VerifierKey

NAME_CHARACTERS_MAX = 80
P384_KEY_BYTES = 120
"""Of a P-384 public key as SPKI."""


def cosigner(archive: Archive) -> Cosigner:
    """What co-signs for others in the name of this archive."""
    return Cosigner(archive.config.archive / FOLDER, archive.config.state)


def cosigning_key(archive: Archive) -> VerifierKey:
    """The public key by which this archive co-signs for others, made when it is first asked for."""
    place = archive.config.public_url.partition("://")[2].strip("/")
    return cosigner(archive).begin(name=place)


def trust(archive: Archive, text: str, *, name: str, by: str) -> TrustedKey:
    """Trust a key: another ledger's, whose checkpoints are co-signed from now on, or that of WACZ files.

    Raises RefusedInputError, ConflictError, LedgerError and RefusesToSignError.
    """
    found = _key(archive, text.strip(), name=" ".join(name.split())[:NAME_CHARACTERS_MAX])
    if found.key in known_witnesses.trusted(archive):
        raise ConflictError("This key is trusted already. See: chronik witness list")
    if found.kind is KeyKind.LEDGER:
        cosigning_key(archive)
        cosigner(archive).follow(note.verifier_key(found.key).name)
    _record(archive, Verb.TRUST_WITNESS, found, by=by)
    return found


def distrust(archive: Archive, text: str, *, by: str) -> TrustedKey:
    """Trust a key no more; what was co-signed stays. Raises NotFoundError, or ConflictError for a name of several."""
    known = known_witnesses.trusted(archive)
    wanted = [one for one in known.values() if text.strip() in {one.key, one.name, one.key.partition("+")[0]}]
    if not wanted:
        raise NotFoundError(f"No key {text[:80]!r} is trusted. See: chronik witness list")
    if len(wanted) > 1:
        raise ConflictError(f"{len(wanted)} keys are called {text[:80]!r}: name the key itself.")
    _record(archive, Verb.DISTRUST_WITNESS, wanted[0], by=by)
    return wanted[0]


def _record(archive: Archive, verb: Verb, one: TrustedKey, *, by: str) -> None:
    detail = {"key": one.key, "kind": str(one.kind), "name": one.name}
    archive.catalogue.record_act(Act(at=archive.clock(), by=by, verb=verb, subject=SUBJECT, detail=detail))


def _key(archive: Archive, text: str, *, name: str) -> TrustedKey:
    if not _is_package_key(text):
        return _ledger_key(archive, text, name=name)
    if text == known_witnesses.package_key(archive.config):
        raise RefusedInputError("This is the key by which this archive signs its own WACZ files: it is no witness.")
    if not name:
        raise RefusedInputError("Say whose key this is: --name NAME")
    return TrustedKey(key=text, kind=KeyKind.PACKAGES, name=name)


def _ledger_key(archive: Archive, text: str, *, name: str) -> TrustedKey:
    if text.count("+") < 2:
        raise RefusedInputError(
            "This is neither a ledger's key (name+1234abcd+base64) nor the key of WACZ files (P-384, base64)."
        )
    try:
        key = note.verifier_key(text)
    except RefusedInputError as error:
        try:
            note.verifier_key(text, algorithm=note.COSIGNATURE)
        except RefusedInputError:
            raise error from None
        raise RefusedInputError(
            'This is a key that co-signs: put it into chronik.toml, witnesses = ["KEY ADDRESS"]. Trusted here are '
            "keys of ledgers, which chronik ledger status prints at the other archive."
        ) from error
    known_witnesses.refuse_own_ledger(archive.config, key.name)
    return TrustedKey(key=str(key), kind=KeyKind.LEDGER, name=name or key.name)


def _is_package_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == P384_KEY_BYTES
    except (binascii.Error, ValueError):
        return False
