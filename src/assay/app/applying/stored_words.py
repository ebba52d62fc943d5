"""What a form left with us, line by line, as its sender reads it: on the page that thanks and in the receipt."""

from assay.app.applying.models import Submission

_TOLD = (("name", "Name"), ("email", "E-mail"), ("phone", "Phone"), ("location", "Where you live"))


def stored_lines(*, row: Submission) -> tuple[str, ...]:
    """Return everything that was stored of a form; what was left empty is left out."""
    fields = row.fields
    lines = [f"{label}: {fields[name]}" for name, label in _TOLD if fields.get(name)]
    if fields.get("links"):
        lines.append(f"Links: {', '.join(fields['links'])}")
    if row.resume_name:
        lines.append(f"Résumé: {row.resume_name}")
    if row.answers:
        lines.append(f"Answers to questions: {len(row.answers)}")
    if fields.get("accommodation"):
        lines.append("What would make the process work for you")
    if fields.get("is_internal"):
        lines.append("That you work here already")
    lines.append(f"What you were told about your data, and that you agreed (text {row.consent['version']})")
    return tuple(lines)
