"""A search as PostgreSQL asks it. Names and skills are indexed as written, the words of documents by their stems;
every term is looked for as both."""

from assay.core.pipeline.search_text import SearchText, Term

Sql = tuple[str, list[str]]

# A word that is its own stem is looked for once.
_BOTH = (
    "(CASE WHEN phraseto_tsquery('simple', %s) = phraseto_tsquery('english', %s) THEN phraseto_tsquery('simple', %s)"
    " ELSE phraseto_tsquery('simple', %s) || phraseto_tsquery('english', %s) END)"
)
_UNLESS_FILLER = (
    "CASE numnode(phraseto_tsquery('english', %s)) WHEN 0 THEN phraseto_tsquery('english', '') ELSE " + _BOTH + " END"
)


def tsquery_sql(*, search: SearchText) -> Sql:
    """Return an expression of type ``tsquery`` and its parameters. ``search`` has at least one group.

    A filler word such as "the" is in no index of stems; beside other terms it is left out, alone it is looked for.
    """
    groups = [_group_sql(group) for group in search.groups]
    return "(" + " || ".join(sql for sql, _ in groups) + ")", [value for _, values in groups for value in values]


def read_sql(*, search: SearchText) -> Sql:
    """Return the condition on ``a.search`` for rows that are read one after another until enough are found."""
    tsquery, values = tsquery_sql(search=search)
    return f"a.search @@ {tsquery}", values


def indexed_sql(*, search: SearchText) -> Sql:
    """Return the condition on ``a.search`` that the index answers, however frequent the words are.

    The planner takes reading a row's words for cheap, but they are stored apart from it: for a frequent word it would
    read them row by row, a hundred times the work. Not told which words are asked for, it takes them for rare.
    """
    if search.is_open_ended:
        return read_sql(search=search)
    tsquery, values = tsquery_sql(search=search)
    return f"a.search @@ (SELECT {tsquery})", values


def _group_sql(group: tuple[Term, ...]) -> Sql:
    parts: list[str] = []
    values: list[str] = []
    for term in group:
        if term.is_unwanted:
            parts.append(f"!!{_BOTH}")
        elif len(group) > 1:
            parts.append(f"({_UNLESS_FILLER})")
        else:
            parts.append(_BOTH)
        values += [term.words] * parts[-1].count("%s")
    return "(" + " && ".join(parts) + ")", values
