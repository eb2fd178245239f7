"""An authenticator and a browser for tests: keys of python3-cryptography, CBOR of its own, nothing of the program's."""

import base64
import hashlib
import json
import os
import struct

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

ES256, EDDSA, RS256 = -7, -8, -257
PRESENT, VERIFIED, HAS_CREDENTIAL, HAS_EXTENSIONS = 0x01, 0x04, 0x40, 0x80


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cbor(value):
    def head(major, number):
        for bits, code, form in ((8, 24, ">B"), (16, 25, ">H"), (32, 26, ">I")):
            if number < 24:
                return bytes([major << 5 | number])
            if number < 1 << bits:
                return bytes([major << 5 | code]) + struct.pack(form, number)
        raise ValueError(number)

    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(each) for each in value)
    return head(5, len(value)) + b"".join(cbor(key) + cbor(each) for key, each in value.items())


class Key:
    def __init__(self, algorithm):
        self.algorithm = algorithm
        if algorithm == ES256:
            self.private = ec.generate_private_key(ec.SECP256R1())
            numbers = self.private.public_key().public_numbers()
            self.cose = {1: 2, 3: ES256, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        elif algorithm == EDDSA:
            self.private = ed25519.Ed25519PrivateKey.generate()
            raw = self.private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
            self.cose = {1: 1, 3: EDDSA, -1: 6, -2: raw}
        else:
            self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            modulus = self.private.public_key().public_numbers().n
            self.cose = {1: 3, 3: RS256, -1: modulus.to_bytes(256, "big"), -2: b"\x01\x00\x01"}

    def sign(self, message):
        if self.algorithm == ES256:
            return self.private.sign(message, ec.ECDSA(hashes.SHA256()))
        if self.algorithm == EDDSA:
            return self.private.sign(message)
        return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())


class Authenticator:
    """One credential. What an honest one would not do is asked for by the keyword arguments of each call."""

    def __init__(self, origin, algorithm=ES256):
        self.origin, self.key = origin, Key(algorithm)
        self.id, self.counter, self.user = os.urandom(32), 0, b""

    def client_data(self, kind_, challenge_, **wrong):
        data = {"type": kind_, "challenge": challenge_, "origin": wrong.get("origin", self.origin), "crossOrigin": False}
        data.update(wrong.get("client", {}))
        return json.dumps(data).encode()

    def data(self, party, flags, rest=b""):
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + struct.pack(">I", self.counter) + rest

    def create(self, options, **wrong):
        party = wrong.get("party", options["rp"]["id"])
        assert self.key.algorithm in [each["alg"] for each in options["pubKeyCredParams"]]
        self.user = unb64(options["user"]["id"])
        extensions = cbor({"credProtect": 2}) if wrong.get("extensions") else b""
        flags = wrong.get("flags", PRESENT | VERIFIED) | HAS_CREDENTIAL | (HAS_EXTENSIONS if extensions else 0)
        credential = b"\0" * 16 + struct.pack(">H", len(self.id)) + self.id + cbor(wrong.get("cose", self.key.cose))
        data = self.data(party, flags, credential + extensions)
        form, statement = wrong.get("attestation", ("none", {}))
        return {"clientDataJSON": b64(self.client_data(wrong.get("kind", "webauthn.create"), options["challenge"], **wrong)),
                "attestationObject": b64(wrong.get("object", cbor({"fmt": form, "attStmt": statement, "authData": data})))}

    def get(self, options, **wrong):
        self.counter = wrong.get("counter", self.counter + 1)
        data = self.data(wrong.get("party", options["rpId"]), wrong.get("flags", PRESENT | VERIFIED), wrong.get("rest", b""))
        client = self.client_data(wrong.get("kind", "webauthn.get"), wrong.get("challenge", options["challenge"]), **wrong)
        signature = wrong.get("key", self.key).sign(data + hashlib.sha256(client).digest())
        return {"id": b64(wrong.get("id", self.id)), "clientDataJSON": b64(client), "authenticatorData": b64(data),
                "signature": b64(wrong.get("signature", signature)), "userHandle": b64(wrong.get("user", self.user))}
