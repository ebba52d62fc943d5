"""What is asked of people: too much, too many years, more years than a tool has existed, degrees as filters."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assay.core.base.source import Source
from assay.core.postings.advert import SectionKey
from assay.core.postings.finding import Finding, Measure
from assay.core.postings.passages import Item, Passage, items_of, line_around, sentence_around
from assay.core.postings.reading import Reading, filled, found_at, missing
from assay.core.postings.rules import Rule, Tool
from assay.core.roles.role import Role

_ASKING = (SectionKey.MUST_HAVES,)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15,
}  # fmt: skip
_CLAUSE = 140
_LONGEST_QUOTE = 160
_STOP = re.compile(r"[.;](?=\s|$)|[ \t]+[–—][ \t]")
_CLAUSE_END = re.compile(r"[.;\n](?=\s|$)|\n|\d+\s?\+?\s?(?:-\s?\d+\s?)?(?:years?|yrs?)\b", re.IGNORECASE)
_EXPERIENCE = re.compile(
    r"experience|expertise|background|hands-on|work(?:ed|ing)|using|\bin\b|\bwith\b|\bof\b", re.IGNORECASE
)


def check_demands(*, reading: Reading, role: Role | None) -> tuple[tuple[Finding, ...], tuple[Measure, ...]]:
    """Return findings on must-haves, tools, specialisms, years and degrees, and how many of each are asked for."""
    must_haves = [(passage, item) for passage in reading.about(*_ASKING) for item in items_of(passage)]
    counted, measures = _counts(reading, must_haves)
    findings = [*counted, *_years(reading), *_degrees(reading)]
    if role is not None:
        findings += _beyond(reading, must_haves, role)
    return tuple(findings), measures


def tools_in(*, reading: Reading, text: str) -> dict[str, Tool]:
    """Return the tools that a text names, each once, in the order of its first mention."""
    demands = reading.rules.demands
    found = (demands.tools.get(name[0].casefold()) for name in demands.tool_pattern.finditer(text))
    return {tool.id: tool for tool in found if tool is not None}


def _counts(reading: Reading, must_haves: list[tuple[Passage, Item]]) -> tuple[list[Finding], tuple[Measure, ...]]:
    demands = reading.rules.demands
    asked = "\n".join(item.text for _, item in must_haves)
    if not asked:
        asked = "\n".join(passage.text for passage in reading.about(SectionKey.TEXT, SectionKey.RESPONSIBILITIES))
    tools = tools_in(reading=reading, text=asked)
    fields = {
        field.label: len(field.pattern.findall(asked)) for field in demands.specialisms if field.pattern.search(asked)
    }
    section = must_haves[0][0].section if must_haves else SectionKey.TEXT
    findings = []
    if len(must_haves) > demands.most_must_haves:
        findings.append(_too_many(reading, must_haves))
    if len(fields) > demands.most_specialisms:
        rule = demands.rules["unicorn"]
        why = f"{rule.why} Here: {', '.join(fields)}."
        findings.append(missing(rule=replace(rule, why=why), section=section))
    if len(tools) > demands.most_tools:
        rule = demands.rules["tool-list"]
        why = f"{rule.why} Here: {len(tools)} tools."
        findings.append(missing(rule=replace(rule, why=why), section=section))
    source = demands.rules["too-many-must-haves"].source
    return findings, (
        Measure("must-haves", "Must-haves", float(len(must_haves)), "lines", "", source),
        Measure(
            "tools", "Tools asked for", float(len(tools)), "tools", "", source, {t.label: 1 for t in tools.values()}
        ),
        Measure("specialisms", "Specialisms asked for", float(len(fields)), "fields", "", source, fields),
    )


def _too_many(reading: Reading, must_haves: list[tuple[Passage, Item]]) -> Finding:
    demands = reading.rules.demands
    passage, item = must_haves[demands.most_must_haves]
    rule = filled(rule=demands.rules["too-many-must-haves"], most=str(demands.most_must_haves))
    rule = replace(rule, why=f"{rule.why} Here: {len(must_haves)}.")
    return found_at(rule=rule, passage=passage, start=item.start, end=item.start + len(item.text))


def _years(reading: Reading) -> Iterator[Finding]:
    """Find "N years of TOOL" with N above the tool's age, and many years of anything."""
    demands = reading.rules.demands
    for passage in reading.passages:
        for found in demands.years.finditer(passage.text):
            count = _NUMBERS.get(found["low"].lower()) or int(found["low"])
            clause = _clause(reading, passage.text, found.end())
            if not _EXPERIENCE.search(passage.text, found.start(), min(len(passage.text), found.end() + _CLAUSE)):
                continue
            young = [
                tool
                for tool in tools_in(reading=reading, text=clause).values()
                if count > reading.as_of.year - tool.year
            ]
            if young:
                yield _impossible(reading, passage, found.start(), found.end() + len(clause), young[0])
            elif count >= demands.many_years and _is_asked(passage, found):
                yield found_at(rule=demands.rules["long-years"], passage=passage, start=found.start(), end=found.end())


def _is_asked(passage: Passage, found: re.Match[str]) -> bool:
    """Whether the years are asked of the reader, and not told of the company."""
    sentence = sentence_around(text=passage.text, at=found.start()).lower()
    if not re.search(r"experience|expertise|track record|background", sentence):
        return False
    return passage.topic is not SectionKey.ABOUT and not re.search(r"\b(?:we|our|us|company)\b[^.]*years", sentence)


def _clause(reading: Reading, text: str, at: int) -> str:
    """Return what the years belong to: up to a stop, another count of years, or words that begin something else."""
    clause = text[at : at + _CLAUSE]
    ends = [
        found.start()
        for found in (_CLAUSE_END.search(clause), reading.rules.demands.years_stop.search(clause))
        if found
    ]
    return clause[: min(ends)] if ends else clause


def _impossible(reading: Reading, passage: Passage, start: int, end: int, tool: Tool) -> Finding:
    rule = reading.rules.demands.rules["impossible-years"]
    age = reading.as_of.year - tool.year
    why = f"{tool.label} has been public since {tool.year}, at most {age} years. {rule.why}"
    source = Source(
        title=f"{rule.source.title}: {tool.label}, {tool.year}", reference=tool.source, as_of=rule.source.as_of
    )
    while end > start and passage.text[end - 1] in " ,;:":
        end -= 1
    return found_at(rule=replace(rule, why=why, source=source), passage=passage, start=start, end=end)


def _degrees(reading: Reading) -> Iterator[Finding]:
    demands = reading.rules.demands
    for passage in reading.about(
        SectionKey.MUST_HAVES, SectionKey.TITLE, SectionKey.TEXT, SectionKey.PROBLEM, SectionKey.RESPONSIBILITIES
    ):
        done = -1
        for name, pattern in (("doctorate-filter", demands.doctorate), ("degree-filter", demands.degree)):
            for found in pattern.finditer(passage.text):
                low, high = line_around(text=passage.text, at=found.start())
                if low == done or demands.equivalent.search(passage.text, low, high):
                    continue
                if name == "doctorate-filter" and demands.degree.search(passage.text, low, high):
                    continue
                done = low
                yield _degree(demands.rules[name], passage, found, high)


def _degree(rule: Rule, passage: Passage, found: re.Match[str], line_end: int) -> Finding:
    """Quote the demand up to its stop, so that the addition stands at its end; a long one is left to a person."""
    stop = _STOP.search(passage.text, found.end(), line_end)
    end = stop.start() if stop else line_end
    if end - found.start() > _LONGEST_QUOTE:
        return found_at(rule=rule, passage=passage, start=found.start(), end=found.end())
    end = found.start() + len(passage.text[found.start() : end].rstrip())
    words = passage.text[found.start() : end] + rule.addition
    return found_at(rule=rule, passage=passage, start=found.start(), end=end, replacement=words)


def _beyond(reading: Reading, must_haves: list[tuple[Passage, Item]], role: Role) -> Iterator[Finding]:
    """Find must-haves that name tools which the role neither insists on nor lists."""
    known = {skill for must in role.must_haves for skill in must.skills} | set(role.skills)
    known_words = " ".join([*known, *(must.label for must in role.must_haves)]).lower()
    rule = reading.rules.demands.rules["beyond-role"]
    for passage, item in must_haves:
        tools = tools_in(reading=reading, text=item.text)
        strange = [
            tool.label for name, tool in tools.items() if name not in known and tool.label.lower() not in known_words
        ]
        if strange:
            why = f"{rule.why} Not in the role “{role.title}”: {', '.join(strange)}."
            yield found_at(
                rule=replace(rule, why=why), passage=passage, start=item.start, end=item.start + len(item.text)
            )
