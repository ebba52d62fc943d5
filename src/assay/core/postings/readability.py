"""Words, sentences, syllables and the Flesch-Kincaid grade of English text."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]?\s+|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|U\.S|Inc|Ltd|Dr|Mr|Ms|No|St|\d)|\b[A-Z])\.$")
_GROUPS = re.compile(r"[aeiouy]+")
_SILENT_ENDING = re.compile(
    r"(?<![aeiouytd])(?<![^aeiourwyl]l)ed$|(?<![aeiouysxzcghl])es$|(?<=[aeiourwy]l)es$|(?<![aeiouyl])e$|(?<=[aeiourwy]l)e$"
)
_SILENT_INSIDE = re.compile(
    r"(?<=[^aeiouyl])e(?=(?:ments?|ly|ful|less|ness|some|ty|where|things?|works?|lines?|sites?|times?|books?|cards?|"
    r"stones?|body|one|holders?|guards?)$)"
)
_SPLIT_PAIRS = re.compile(
    r"i(?=a(?!g))|(?<![cgst])i(?=ous$)|i(?=e[nt](?!d))|(?<=[^aeiou])i(?=o(?!n|us))|e(?=o(?!u|p))|u(?=a(?!y))|(?<![gqs])u(?=[ei]t)|u(?=ou)|(?<=r)e(?=a[tl])|y(?=i)|o(?=i?ng$)|i(?=u)|e(?=u[ms])|a(?=o)|e(?=as?$)|i(?=ing)|(?<=[a-z])y(?=er|on)"
)
_JOINED_PAIRS = re.compile(r"[ctgsx]i(?=a(?:l|n|te[ds]?$)|ous|ent)|qu|gu(?=[aei])")


@dataclass(frozen=True, slots=True)
class Ease:
    """Counts of a text and the grade that follows: 0.39 words/sentences + 11.8 syllables/words - 15.59."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade, never below 0; 0 for a text without words."""
        if not self.words or not self.sentences:
            return 0.0
        return max(0.0, 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59)


def measure_ease(text: str) -> Ease:
    """Count words, sentences and syllables; a line of a list without a stop is a sentence of its own."""
    sentences = split_sentences(text)
    words = [found[0] for _, sentence in sentences for found in _WORD.finditer(sentence)]
    counted: dict[str, int] = {}
    syllables = 0
    for word in words:
        if word not in counted:
            counted[word] = count_syllables(word)
        syllables += counted[word]
    return Ease(words=len(words), sentences=len(sentences), syllables=syllables)


def split_sentences(text: str) -> tuple[tuple[int, str], ...]:
    """Return each sentence that holds a word, with where it begins."""
    pieces: list[tuple[int, str]] = []
    at = 0
    begin = 0
    for found in _SENTENCE_END.finditer(text):
        at = found.start()
        is_line_end = "\n" in found[0]
        if is_line_end or not _ABBREVIATION.search(text, max(begin, at - 8), at):
            pieces.append((begin, text[begin:at]))
            begin = found.end()
    pieces.append((begin, text[begin:]))
    return tuple((start, piece) for start, piece in pieces if _WORD.search(piece))


def count_syllables(word: str) -> int:
    """Estimate the syllables of an English word; letters of an abbreviation are spoken one by one."""
    letters = "".join(letter for letter in word if letter.isalpha())
    if letters.isupper() and 1 < len(letters) <= 4:
        return len(letters) + 2 * letters.count("W")
    plain = re.sub(r"['’](?:s|re|ll|ve|d|m)$", "", word.lower())
    plain = re.sub(r"n['’]t$", "nt", plain)
    plain = re.sub(r"[^a-z]", "", plain)
    if not plain:
        return 1
    stem = _SILENT_ENDING.sub("", _SILENT_INSIDE.sub("", plain))
    stem = _JOINED_PAIRS.sub(lambda found: found[0][0], stem)
    return max(1, len(_GROUPS.findall(_SPLIT_PAIRS.sub(lambda found: found[0] + "-", stem))))
