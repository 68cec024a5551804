"""An encoder that hashes words: texts that share words are near, and the same text always gives the same vector."""

import re
import zlib

import numpy as np

WORD = re.compile(r"\w+")
WORDS_MAX = 200


class FakeEncode:
    """Each word has a direction of its own; a text is the sum of its words. Counts what it was asked."""

    def __init__(self, *, dimensions=64, made_by="fake 1"):
        self.made_by = made_by
        self.dimensions = dimensions
        self.asked = []
        self.error = None

    def vectors(self, texts):
        if self.error:
            raise self.error
        self.asked.extend(texts)
        return np.array([self._vector(text) for text in texts], np.float32).reshape(len(texts), self.dimensions)

    def _vector(self, text):
        words = WORD.findall(text.casefold())
        seeds = [zlib.crc32(word.encode("utf-8", "replace")) for word in words[:WORDS_MAX]]
        total = sum((np.random.default_rng(seed).standard_normal(self.dimensions) for seed in seeds), np.zeros(1))
        return np.broadcast_to(total, self.dimensions) / (np.linalg.norm(total) or 1)
