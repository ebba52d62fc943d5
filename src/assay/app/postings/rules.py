"""Turn the knowledge files into the rules that adverts are checked by."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assay.core.base.source import Source
from assay.core.postings.advert import SectionKey
from assay.core.postings.finding import Severity
from assay.core.postings.rules import (
    Demands,
    Gendered,
    PayItem,
    PayLaw,
    PlaceLaw,
    PostingRules,
    Presence,
    Rule,
    Shape,
    Specialism,
    Tool,
    Wording,
)
from assay.knowledge.loading import KnowledgeError
from assay.knowledge.postings.sheets import (
    DatedSource,
    GenderedSheet,
    PayLawSheet,
    PlaceNote,
    PresenceNote,
    PresenceSheet,
    RuleNote,
    ShapeSheet,
    ToolSheet,
    WordingNote,
    WordingSheet,
    load_postings,
)

# A heading for what would help is looked for before one for what is needed: "preferred qualifications" is both.
_HEADING_ORDER = (SectionKey.NICE_TO_HAVES, SectionKey.MUST_HAVES)


@cache
def load_rules(folder: Path | None = None) -> PostingRules:
    """Return the rules, compiled once per process; files in ``folder`` are used instead of the shipped ones.

    Raises ``KnowledgeError`` naming the file, the field and what to do.
    """
    knowledge = load_postings(folder)
    presence = knowledge.presence
    return PostingRules(
        version=knowledge.version,
        as_of=max(sheet.as_of for sheet in (knowledge.pay_law, presence, knowledge.tools, knowledge.wording)),
        wordings=tuple(_wording(note, knowledge.wording) for note in knowledge.wording.rules),
        presences=tuple(_presence(note, presence) for note in presence.presences),
        gendered=_gendered(knowledge.gendered),
        demands=_demands(knowledge.tools),
        pay_law=_pay_law(knowledge.pay_law),
        shape=_shape(knowledge.shape),
        headings=_headings(presence),
        exempt_sentence=_pattern(knowledge.wording.exempt_sentence, "wording.yaml: exempt_sentence", bounded=False),
        opens_with_tools=_pattern(presence.opens_with_tools, "presence.yaml: opens_with_tools", starts=True),
        problem_first=_rule("problem-first", presence.problem_first, presence),
        blank_rule=_rule("blank", presence.blank, presence),
    )


def _wording(note: WordingNote, sheet: WordingSheet) -> Wording:
    place = f"wording.yaml: rule {note.id}"
    phrases = [phrase.partition(" => ") for phrase in note.phrases]
    for phrase, _, _ in phrases:
        if _pattern(phrase, place).groups:
            raise KnowledgeError(f"{place}: the phrase {phrase!r} has a group. Write (?:...) in its place.")
    words = [words.strip() if arrow else None for _, arrow, words in phrases]
    return Wording(
        rule=Rule(note.id, note.label, Severity(note.severity), note.why, note.fix, _source(note.source, sheet)),
        pattern=_pattern("|".join(f"({phrase.strip()})" for phrase, _, _ in phrases), place),
        replacements=tuple("" if word == "-" else word for word in words),
        unless=_pattern(note.unless, f"{place}: unless") if note.unless else None,
        topics=frozenset(SectionKey(topic) for topic in note.topics),
    )


def _presence(note: PresenceNote, sheet: PresenceSheet) -> Presence:
    return Presence(
        rule=Rule(note.id, note.label, Severity(note.severity), note.why, note.fix, _source(note.source, sheet)),
        section=SectionKey(note.section),
        pattern=_pattern("|".join(f"({words})" for words in note.words), f"presence.yaml: {note.id}"),
        least=note.least,
        only_if_remote=note.only_if_remote,
    )


def _gendered(sheet: GenderedSheet) -> Gendered:
    return Gendered(
        rule=_rule(sheet.rule.id, sheet.rule, sheet),
        masculine=_stems(sheet.masculine),
        feminine=_stems(sheet.feminine),
        technical=_pattern(sheet.technical, "gendered.yaml: technical"),
        least=sheet.least,
        margin=sheet.margin,
        softer={word.lower(): words for word, words in sheet.softer.items()},
    )


def _stems(words: str) -> re.Pattern[str]:
    """Compile the paper's stems: a star stands for any ending, a hyphen may be left out."""
    parts = [
        re.escape(word.rstrip("*")).replace(r"\-", "-?") + (r"\w*" if word.endswith("*") else "")
        for word in words.split()
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _demands(sheet: ToolSheet) -> Demands:
    tools: dict[str, Tool] = {}
    spellings = []
    for note in sheet.tools:
        names = [name.strip() for name in note.name.split("|")]
        tool = Tool(id=_tool_id(names[0]), label=names[0], year=note.year, source="tools.yaml")
        tools |= {name.casefold(): tool for name in names}
        spellings += [(name, note.is_word and " " not in name) for name in names]
    spellings.sort(key=lambda pair: -len(pair[0]))
    exact = "|".join(re.escape(name) for name, is_word in spellings if is_word)
    free = "|".join(re.escape(name) for name, is_word in spellings if not is_word)
    patterns = sheet.patterns
    return Demands(
        tools=tools,
        tool_pattern=re.compile(rf"(?<![\w@/.-])(?:(?i:{free})|{exact})(?![\w+#])(?!\.\w)"),
        specialisms=tuple(
            Specialism(note.id, note.label, _pattern(note.words, f"tools.yaml: specialism {note.id}"))
            for note in sheet.specialisms
        ),
        equivalent=_pattern(patterns.equivalent, "tools.yaml: patterns.equivalent"),
        degree=_pattern(patterns.degree, "tools.yaml: patterns.degree", any_case=False),
        doctorate=_pattern(patterns.doctorate, "tools.yaml: patterns.doctorate"),
        years=_pattern(patterns.years, "tools.yaml: patterns.years"),
        years_stop=_pattern(patterns.years_stop, "tools.yaml: patterns.years_stop", bounded=False),
        rules={name: _rule(name, note, sheet) for name, note in sheet.rules.items()},
        most_must_haves=sheet.limits.must_haves,
        most_tools=sheet.limits.tools,
        most_specialisms=sheet.limits.specialisms,
        many_years=sheet.limits.years,
    )


def _pay_law(sheet: PayLawSheet) -> PayLaw:
    states = {note.place: note.name for note in sheet.places if note.place.startswith("US-")}
    names = "|".join(re.escape(name) for name in sorted(states.values(), key=len, reverse=True))
    return PayLaw(
        places=tuple(_place(note, sheet) for note in sheet.places),
        groups=sheet.groups,
        names=sheet.names,
        item_labels={PayItem(name): note.label for name, note in sheet.items.items()},
        item_patterns={
            PayItem(name): _pattern(note.words, f"pay_law.yaml: items.{name}") for name, note in sheet.items.items()
        },
        remote=_pattern(sheet.remote, "pay_law.yaml: remote"),
        exclusion=_pattern(sheet.exclusion.replace("{place}", f"(?:{names})"), "pay_law.yaml: exclusion"),
        exclusion_places=frozenset(states),
        rules={name: _rule(name, note, sheet) for name, note in sheet.rules.items()},
        widest=sheet.widest,
    )


def _place(note: PlaceNote, sheet: PayLawSheet) -> PlaceLaw:
    return PlaceLaw(
        place=note.place,
        name=note.name,
        employees=note.employees,
        items=tuple(PayItem(item) for item in note.items),
        effective_from=note.effective_from,
        grade=note.grade,
        source=_source(note.source, sheet),
        verify=note.verify,
        is_binding=note.is_binding,
        most_width=note.most_width,
        width_free_above=note.width_free_above,
        currency=note.currency,
    )


def _shape(sheet: ShapeSheet) -> Shape:
    return Shape(
        rules={name: _rule(name, note, sheet) for name, note in sheet.rules.items()},
        fewest_words=sheet.fewest_words,
        most_words=sheet.most_words,
        highest_grade=sheet.highest_grade,
        longest_sentence=sheet.longest_sentence,
        capital_words=sheet.capital_words,
        capitals_allowed=frozenset(sheet.capitals_allowed.split()),
        most_characters=sheet.most_characters,
        most_findings_each=sheet.most_findings_each,
        english=frozenset(sheet.english.split()),
        other_languages=frozenset(sheet.other_languages.split()),
    )


def _headings(sheet: PresenceSheet) -> Mapping[SectionKey, re.Pattern[str]]:
    written = {SectionKey(part): words for part, words in sheet.headings.items()}
    order = [*(part for part in _HEADING_ORDER if part in written), *(p for p in written if p not in _HEADING_ORDER)]
    return {part: _pattern(written[part], f"presence.yaml: headings.{part.value}", bounded=False) for part in order}


_Dated = GenderedSheet | PayLawSheet | PresenceSheet | ShapeSheet | ToolSheet | WordingSheet


def _rule(name: str, note: RuleNote, sheet: _Dated) -> Rule:
    source = _source(note.source, sheet)
    return Rule(name, note.label, Severity(note.severity), note.why, note.fix, source, note.addition)


def _source(note: DatedSource, sheet: _Dated) -> Source:
    return Source(title=note.title, reference=note.reference, as_of=note.as_of or sheet.as_of)


def _tool_id(label: str) -> str:
    spoken = label.lower().removeprefix("apache ").removeprefix("amazon ").replace("+", "p").replace("&", "and")
    return re.sub(r"[^a-z0-9]+", "-", spoken).strip("-")


def _pattern(
    words: str, place: str, *, bounded: bool = True, starts: bool = False, any_case: bool = True
) -> re.Pattern[str]:
    """Compile words of a sheet; line breaks of the YAML beside a bar or a bracket are not part of them."""
    tidy = re.sub(r"\s*\n\s*", " ", re.sub(r"\|\s*\n\s*", "|", words.strip()))
    if starts:
        tidy = rf"(?<!\w)(?:{tidy})"
    elif bounded:
        tidy = rf"(?<!\w)(?![<>(){{}}*=+/|#,;\s-])(?:{tidy})(?!\w)"
    try:
        return re.compile(tidy, re.IGNORECASE if any_case else re.NOFLAG)
    except re.error as error:
        raise KnowledgeError(f"{place}: the pattern is not valid ({error}). Correct it.") from error
