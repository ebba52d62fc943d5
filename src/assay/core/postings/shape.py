"""The shape of an advert: length, reading grade, long sentences, capitals, markup, and whether it is English at all."""

import re
from collections.abc import Iterator

from assay.core.base.source import Source
from assay.core.postings.advert import SectionKey
from assay.core.postings.finding import Finding, Measure
from assay.core.postings.passages import Passage
from assay.core.postings.readability import Ease, measure_ease, split_sentences
from assay.core.postings.reading import Reading, filled, found_at, missing

_CAPITALS = re.compile(r"\b[A-Z][A-Z'’&-]{2,}(?:[ \t]+(?:[A-Z][A-Z'’&-]*|\d+)\b)*[!]*")
_LETTERS = re.compile(r"[A-Z]+")
_LETTER = re.compile(r"[^\W\d_]")
_FEW_WORDS = 20
_LEAST_SENTENCES = 3
_ENGLISH_SHARE = 0.12


def check_shape(reading: Reading) -> tuple[tuple[Finding, ...], tuple[Measure, ...]]:
    """Return findings on length, reading grade, sentences and capitals, with the measures they rest on."""
    shape = reading.rules.shape
    ease = measure_ease(reading.whole)
    findings = [*_length(reading), *_grade(reading, ease)]
    for passage in reading.passages:
        findings += _long_sentences(reading, passage)
        findings += _capitals(reading, passage)
    measures = (
        _measure("words", "Words", len(reading.words), "words", shape.rules["too-long"].source),
        _measure("sentences", "Sentences and lines", ease.sentences, "sentences", shape.rules["long-sentence"].source),
        _measure("grade", "Reading grade", round(ease.grade, 1), "US school grade", shape.rules["hard-to-read"].source),
    )
    return tuple(findings), measures


def looks_english(reading: Reading) -> bool:
    """Whether the text reads as English, by its most common words; too few words are given the benefit of doubt."""
    letters = _LETTER.findall(reading.whole[:20_000])
    if len(letters) > _FEW_WORDS and sum(ord(letter) > 0x24F for letter in letters) > len(letters) / 3:
        return False
    words = reading.words[:5_000]
    if len(words) < _FEW_WORDS:
        return True
    shape = reading.rules.shape
    english = sum(word in shape.english for word in words)
    other = sum(word in shape.other_languages for word in words)
    return english >= other or english / len(words) >= _ENGLISH_SHARE


def _length(reading: Reading) -> Iterator[Finding]:
    shape, count = reading.rules.shape, len(reading.words)
    section = reading.passages[0].section if reading.passages else SectionKey.TEXT
    if count < shape.fewest_words:
        rule = filled(rule=shape.rules["too-short"], value=str(count), limit=str(shape.fewest_words))
        yield missing(rule=rule, section=section)
    elif count > shape.most_words:
        rule = filled(rule=shape.rules["too-long"], value=f"{count:,}", limit=str(shape.most_words))
        yield missing(rule=rule, section=section)


def _grade(reading: Reading, ease: Ease) -> Iterator[Finding]:
    shape = reading.rules.shape
    if ease.sentences >= _LEAST_SENTENCES and ease.grade > shape.highest_grade:
        rule = filled(rule=shape.rules["hard-to-read"], value=f"{ease.grade:.1f}", limit=f"{shape.highest_grade:g}")
        yield missing(rule=rule, section=reading.passages[0].section)


def _long_sentences(reading: Reading, passage: Passage) -> Iterator[Finding]:
    shape = reading.rules.shape
    for start, sentence in split_sentences(passage.text):
        count = len(sentence.split())
        if count > shape.longest_sentence and not reading.rules.exempt_sentence.search(sentence):
            rule = filled(rule=shape.rules["long-sentence"], value=str(count), limit=str(shape.longest_sentence))
            yield found_at(rule=rule, passage=passage, start=start, end=start + len(sentence))


def _capitals(reading: Reading, passage: Passage) -> Iterator[Finding]:
    """Find runs of words in capitals, or one long word; abbreviations of the trade are how they are written."""
    shape = reading.rules.shape
    for found in _CAPITALS.finditer(passage.text):
        loud = [word for word in _LETTERS.findall(found[0]) if word not in shape.capitals_allowed]
        long = [word for word in loud if len(word) >= 4]
        if len(loud) >= shape.capital_words and long:
            yield found_at(
                rule=shape.rules["capitals"],
                passage=passage,
                start=found.start(),
                end=found.end(),
                replacement=_calmed(found[0], shape.capitals_allowed),
            )


def _calmed(text: str, allowed: frozenset[str]) -> str:
    small = _LETTERS.sub(lambda word: word[0] if word[0] in allowed else word[0].lower(), text).rstrip("!")
    return small[:1].upper() + small[1:]


def _measure(name: str, label: str, value: float, unit: str, source: Source) -> Measure:
    return Measure(id=name, label=label, value=float(value), unit=unit, note="", source=source)
