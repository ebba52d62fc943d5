"""A search as PostgreSQL asks it. Names and skills are indexed as written, the words of documents by their stems;
every term is looked for as both."""

from assay.core.pipeline.search_text import SearchText, Term

Sql = tuple[str, list[str]]

_BOTH = "(phraseto_tsquery('simple', %s) || phraseto_tsquery('english', %s))"
_UNLESS_FILLER = (
    "CASE numnode(phraseto_tsquery('english', %s)) WHEN 0 THEN phraseto_tsquery('english', '') ELSE " + _BOTH + " END"
)


def tsquery_sql(*, search: SearchText) -> Sql:
    """Return an expression of type ``tsquery`` and its parameters. ``search`` has at least one group.

    A filler word such as "the" is in no index of stems; beside other terms it is left out, alone it is looked for.
    """
    groups = [_group_sql(group) for group in search.groups]
    return "(" + " || ".join(sql for sql, _ in groups) + ")", [value for _, values in groups for value in values]


def _group_sql(group: tuple[Term, ...]) -> Sql:
    parts: list[str] = []
    values: list[str] = []
    for term in group:
        if term.is_unwanted:
            parts.append(f"!!{_BOTH}")
            values += [term.words] * 2
        elif len(group) > 1:
            parts.append(f"({_UNLESS_FILLER})")
            values += [term.words] * 3
        else:
            parts.append(_BOTH)
            values += [term.words] * 2
    return "(" + " && ".join(parts) + ")", values
