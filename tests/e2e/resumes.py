"""Three résumés of invented people, in three forms, for importing by hand."""

from pathlib import Path

_MARKDOWN = """# Rosalind Achebe

rosalind.achebe@mail.example

## Experience

### Machine Learning Engineer, Tidewater Tickets, 2021-03 - Present

- Moved the price model from a nightly batch to a gRPC service that scores 1,900 requests a second at 41 ms p99.
- Set up drift alarms in Prometheus and carried the pager for the service for two years.
- Built the weekly retraining job in Airflow, which rolled back 3 of 58 candidate models.
"""
_TEXT = """Milan Horvat
milan.horvat@mail.example

Experience

Data Analyst, Copper Lane, 2022-01 - Present
- Prepared monthly sales reports in Excel and presented them to managers.
"""
_HTML = """<!doctype html><html lang="en"><head><title>CV</title></head><body><h1>Edda Sorensen</h1>
<p>edda.sorensen@mail.example</p><h2>Experience</h2><h3>Data Scientist, North Ferries, 2020-02 - Present</h3>
<ul><li>Trained a gradient boosting model for delays and compared four ways to fill gaps.</li></ul></body></html>
"""


def write_resumes(folder: Path) -> list[Path]:
    """Write the files and return their paths; the strongest applicant is Rosalind Achebe."""
    texts = {"R_Achebe_CV.md": _MARKDOWN, "cv-milan.txt": _TEXT, "sorensen resume 2026.html": _HTML}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
