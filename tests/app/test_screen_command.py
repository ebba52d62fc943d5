"""``assay screen`` as a script and a person meet it."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from assay.app.screening.commands import extract, screen
from assay.knowledge.screening import sheets

STRONG = """Aneesha Raman
aneesha@example.org

EXPERIENCE
ML Engineer, Acme  2019-03 - 2022-05
- Put the parcel volume model live in 41 depots after a four-week parallel run.
- Alerts on score drift caught 3 broken feeds within an hour in 2023.
- Retrains the fraud model every Sunday; 31 versions promoted by the gate last year.
"""
WEAK = """=Jo Doe
jo@example.org

EXPERIENCE
Senior Machine Learning Engineer, Acme  2019-03 - 2022-05
- Prepared monthly dashboards in Excel.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "cvs").mkdir()
    (tmp_path / "cvs" / "a_weak.txt").write_text(WEAK)
    (tmp_path / "cvs" / "b_strong.txt").write_text(STRONG)
    (tmp_path / "cvs" / ".hidden.txt").write_text(STRONG)
    return tmp_path / "cvs"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(screen, [str(argument) for argument in arguments])


def rows(result: Result) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(result.stdout)
    return read


def test_the_table_ranks_the_strong_one_first(folder: Path) -> None:
    result = run(folder, "--role", "ml-engineer")
    assert result.exit_code == 0
    assert result.stdout.index("b_strong.txt") < result.stdout.index("a_weak.txt")


def test_json_keeps_to_the_published_schema_and_quotes_verbatim(folder: Path) -> None:
    result = run(folder, "--role", "ml-engineer", "--json", "--text")
    found = rows(result)
    schema = json.loads((Path(sheets.__file__).parent / "screen-output.schema.json").read_text())
    jsonschema.validate(found, schema, cls=jsonschema.Draft202012Validator)
    assert [row["rank"] for row in found] == [1, 2]
    for row in found:
        for claim in row["claims"]:
            assert row["text"][claim["start"] : claim["end"]] == claim["quote"]


def test_the_same_files_give_the_same_bytes_in_one_or_two_processes(folder: Path) -> None:
    one = run(folder, "--role", "ml-engineer", "--json", "--jobs", "1")
    two = run(folder, "--role", "ml-engineer", "--json", "--jobs", "2")
    assert one.stdout_bytes == two.stdout_bytes


def test_the_name_of_a_file_does_not_decide_between_equals(folder: Path) -> None:
    before = [row["content_sha256"] for row in rows(run(folder, "--role", "ml-engineer", "--json"))]
    (folder / "a_weak.txt").rename(folder / "z.txt")
    (folder / "b_strong.txt").rename(folder / "0.txt")
    assert [row["content_sha256"] for row in rows(run(folder, "--role", "ml-engineer", "--json"))] == before


def test_the_same_file_twice_is_listed_twice_and_flagged(folder: Path) -> None:
    (folder / "copy.txt").write_text(STRONG)
    found = rows(run(folder, "--role", "ml-engineer", "--json"))
    twins = [row for row in found if "same_file" in {flag["kind"] for flag in row["flags"]}]
    assert [row["rank"] for row in found] == [1, 1, 3]
    assert sorted(Path(row["file"]).name for row in twins) == ["b_strong.txt", "copy.txt"]


def test_a_file_that_cannot_be_read_needs_a_person_and_is_not_dropped(folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(b"")
    result = run(folder, "--role", "ml-engineer", "--json")
    last = rows(result)[-1]
    assert result.exit_code == 1
    assert (last["status"], last["rank"], last["score"], last["interval"]) == ("needs_person", None, None, None)
    assert "empty" in last["status_detail"]


def test_archives_are_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one/strong.txt", STRONG)
        archive.writestr("../../weak.txt", WEAK)
    found = rows(run(path, "--role", "ml-engineer", "--json"))
    assert [row["file"] for row in found] == [f"{path}/one/strong.txt", f"{path}/weak.txt"]


def test_csv_cells_cannot_be_formulas(folder: Path) -> None:
    (folder / "=cmd.txt").write_text(STRONG.replace("Aneesha Raman", "Bea Stone"))
    (folder / "empty.txt").write_text("")
    lines = list(csv.reader(io.StringIO(run(folder, "--role", "ml-engineer", "--csv").stdout)))
    assert lines[0][:4] == ["rank", "score", "low", "high"]
    assert len({len(line) for line in lines}) == 1
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


def test_the_report_stands_alone_and_escapes(folder: Path, tmp_path: Path) -> None:
    (folder / "x.txt").write_text(STRONG.replace("parcel", "<script>alert(1)</script> parcel"))
    report = tmp_path / "report.html"
    assert run(folder, "--role", "ml-engineer", "--html", report).exit_code == 0
    html = report.read_text()
    assert "<script" not in html
    assert "http" not in html.replace("https://json", "")
    assert "<mark>Alerts on score drift caught 3 broken feeds within an hour in 2023.</mark>" in html


def test_explain_shows_every_claim_and_its_points(folder: Path) -> None:
    shown = run(folder / "b_strong.txt", "--role", "ml-engineer", "--explain").stdout
    assert '"Alerts on score drift caught 3 broken feeds within an hour in 2023."' in shown
    assert "Watched live models and data" in shown
    assert "must-have met" in shown


def test_an_unknown_role_lists_the_roles(folder: Path) -> None:
    result = run(folder, "--role", "wizard")
    assert result.exit_code == 2
    assert "There is no role 'wizard'" in result.stderr
    assert "forecasting-engineer" in result.stderr


def test_a_role_of_ones_own_is_used_or_its_mistake_named(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "id: own\nversion: '7'\ntitle: Own\nproblem: Watch.\nseniority: mid\n"
        "competencies:\n  - {id: monitoring, level: 3, weight: 1}\n"
    )
    found = rows(run(folder, "--role", own, "--json"))
    assert {(row["role"], row["role_version"]) for row in found} == {("own", "7")}
    own.write_text(own.read_text().replace("weight: 1", "weight: 2"))
    result = run(folder, "--role", own)
    assert result.exit_code == 2
    assert "own.yaml: field competencies[0].weight: 2" in result.stderr


def test_an_empty_folder_and_a_missing_path_are_usage_errors(tmp_path: Path) -> None:
    assert run(tmp_path, "--role", "ml-engineer").exit_code == 2
    assert run(tmp_path / "nowhere", "--role", "ml-engineer").exit_code == 2
    assert run(tmp_path, "--role", "ml-engineer", "--json", "--csv").exit_code == 2


def test_progress_goes_to_stderr_alone(folder: Path) -> None:
    result = run(folder, "--role", "ml-engineer", "--json", "--progress")
    assert "screened 2 of 2" in result.stderr
    assert len(rows(result)) == 2


def test_extract_prints_the_text_that_quotes_refer_to(folder: Path) -> None:
    result = CliRunner().invoke(extract, [str(folder / "b_strong.txt")])
    assert result.exit_code == 0
    assert "Alerts on score drift caught 3 broken feeds" in result.stdout


def test_screening_at_a_shell_never_imports_django(folder: Path) -> None:
    code = (
        "import sys\nsys.modules['django'] = None\nfrom assay.cli import main\n"
        f"main(['screen', {str(folder)!r}, '--role', 'ml-engineer'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "b_strong.txt" in done.stdout
