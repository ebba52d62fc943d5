"""Reading letters that came in, by the rules of the sheet."""

import re

from assay.app.messaging.rules import limits
from assay.core.messaging.incoming import AutomaticSigns, IncomingLetter, ReadingLimits, ReadingRules
from assay.core.messaging.parsing import parse
from assay.knowledge.messaging.sheets import LimitSheet


def read_letter(*, source: bytes) -> IncomingLetter:
    """Return what a letter says; never raises, whatever it holds."""
    return parse(source=source, rules=reading_rules(limits()))


def reading_rules(sheet: LimitSheet) -> ReadingRules:
    """Return a sheet's bounds as the reader takes them."""
    return ReadingRules(
        limits=ReadingLimits(
            largest_bytes=sheet.receiving.largest_bytes,
            most_parts=sheet.receiving.most_parts,
            deepest=sheet.receiving.deepest,
            longest_header=sheet.receiving.longest_header,
            most_references=sheet.receiving.most_references,
            longest_text=sheet.receiving.longest_text,
            longest_html=sheet.receiving.longest_html,
            most_attachments=sheet.receiving.most_attachments,
            largest_attachment=sheet.receiving.largest_attachment,
        ),
        automatic=AutomaticSigns(
            header_values=sheet.automatic.header_values,
            headers_present=sheet.automatic.headers_present,
            subject_starts=sheet.automatic.subject_starts,
            senders=sheet.automatic.senders,
        ),
        quote_lines=tuple(re.compile(line, re.IGNORECASE) for line in sheet.quoting.lines),
    )
