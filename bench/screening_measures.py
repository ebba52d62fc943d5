"""How good an order is, and the word-counting order that it is compared with."""

import math
import re
from collections import Counter

TOP = 10


def ndcg(ranked: list[int], top: int = TOP) -> float:
    """Return nDCG with gain 2^relevance - 1."""

    def gain(values: list[int]) -> float:
        return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(values[:top]))

    best = gain(sorted(ranked, reverse=True))
    return gain(ranked) / best if best else 1.0


def auc(better: list[float], worse: list[float]) -> float:
    """Return the chance that one of ``better`` scores above one of ``worse``, ties counting half."""
    pairs = [(a > b) + 0.5 * (a == b) for a in better for b in worse]
    return sum(pairs) / len(pairs) if pairs else math.nan


def bm25(texts: list[str], query: str) -> list[float]:
    """Return the BM25 score of each text for a query, k1 1.2, b 0.75."""
    docs = [Counter(re.findall(r"[a-z0-9+#]+", text.lower())) for text in texts]
    average = sum(sum(doc.values()) for doc in docs) / len(docs)
    scores = []
    terms = set(re.findall(r"[a-z0-9+#]+", query.lower()))
    holding = {term: sum(term in doc for doc in docs) for term in terms}
    for doc in docs:
        length = sum(doc.values())
        score = 0.0
        for term in terms & doc.keys():
            rarity = math.log(1 + (len(docs) - holding[term] + 0.5) / (holding[term] + 0.5))
            score += rarity * doc[term] * 2.2 / (doc[term] + 1.2 * (0.25 + 0.75 * length / average))
        scores.append(score)
    return scores


def mean(values: list[float]) -> float:
    """Return the mean, or NaN of nothing."""
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan
