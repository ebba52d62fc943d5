"""``assay lint-post`` as a script and a person meet it."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assay.app.postings.commands import lint_post

FIXTURES = Path(__file__).parents[2] / "fixtures" / "adverts"
BAD = FIXTURES / "bad_rockstar.txt"
GOOD = FIXTURES / "good_startup.md"


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(lint_post, [str(each) for each in arguments] + ["--as-of", "2026-11-21"], input=given)


def read(result: Result) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(result.stdout)
    return content


def test_findings_name_line_quote_why_fix_and_source() -> None:
    result = run(BAD)
    assert result.exit_code == 1
    assert "MUST     citizenship" in result.stdout
    assert "line 9: “Must be a US citizen”" in result.stdout
    for word in ("Fix: ", "Source: ", "Reading grade", "13 must"):
        assert word in result.stdout


def test_a_good_advert_ends_with_nothing_to_say() -> None:
    result = run(GOOD, "--place", "PT", "--employees", "80")
    assert result.exit_code == 0
    assert "0 must, 0 should, 0 consider" in result.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("must", 0), ("should", 1), ("consider", 1), ("never", 0)])
def test_the_exit_status_follows_the_weight_asked_for(fail_on: str, code: int) -> None:
    assert run(FIXTURES / "five_words.txt", "--fail-on", fail_on).exit_code == code


def test_json_is_stable_and_quotes_stand_where_it_says() -> None:
    first, text = run(BAD, "--json"), BAD.read_text()
    content = read(first)
    assert list(content) == sorted(content)
    assert set(content) == {"file", "rules_version", "as_of", "counts", "findings", "measures", "passed", "notes"}
    for finding in content["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["quote"]
        if finding["quote"]:
            assert text[: finding["start"]].count("\n") + 1 == finding["line"]
    assert first.stdout == run(BAD, "--json").stdout


def test_a_place_by_code_or_name_and_the_size_decide_which_laws_count() -> None:
    small = read(run(GOOD, "--json", "--place", "US-CO", "--employees", "3"))
    assert "law-deadline" not in {each["rule"] for each in small["findings"]}
    text = b"You will train our model. We are a team of nine."
    for place in ("US-CO", "colorado"):
        rules = {each["rule"] for each in read(run("-", "--json", "--place", place, given=text))["findings"]}
        assert {"law-pay-range", "law-deadline"} <= rules


def test_must_haves_are_held_against_a_role() -> None:
    text = b"Requirements\n- Neo4j and CatBoost\n"
    rules = {each["rule"] for each in read(run("-", "--json", "--role", "ml-engineer", given=text))["findings"]}
    assert "beyond-role" in rules


def test_what_is_piped_in_is_read_whatever_it_holds() -> None:
    for given in (b"", b"\xff\xfe\0rockstar", b"\x1b[2Jninja wanted", b"<script>x</script>", "é\u202e".encode()):
        result = run("-", given=given)
        assert result.exit_code in (0, 1) and result.exception is None or isinstance(result.exception, SystemExit)
        assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (b"", "no words in it"),
        (b" \n\t ", "no words in it"),
        (b"-- 12 --", "no words in it"),
        (bytes(range(256)) * 20, "does not read as text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\xff\xd8\xe3" * 9, "does not read as text"),
        ("Wir suchen eine Ingenieurin".encode("utf-16"), "save the advert as UTF-8"),
    ],
)
@pytest.mark.parametrize("option", ["--json", "--fail-on=never"])
def test_where_there_is_no_advert_nothing_passes_and_it_ends_with_two(given: bytes, message: str, option: str) -> None:
    result = run("-", option, given=given)
    told = " ".join(result.output.split())
    assert (result.exit_code, message in told, "passed" in told) == (2, True, False)
    assert result.stdout == ""


def test_an_empty_file_is_no_advert(tmp_path: Path) -> None:
    empty = tmp_path / "advert.txt"
    empty.touch()
    for path in (empty, Path("/dev/null")):
        assert "There is no advert to check" in " ".join(run(path).output.split())
        assert run(path).exit_code == 2


def test_an_advert_in_another_language_is_checked_without_rules_that_passed() -> None:
    german = "Sie pflegen die Daten und das Modell, mit denen der Dienst rechnet, und sprechen mit der Leitung. "
    result = run("-", given=german.encode() * 10)
    assert "does not read as English" in " ".join(result.stdout.split())
    assert "rules passed" not in result.stdout


def test_documents_are_read_and_their_text_is_checked(tmp_path: Path) -> None:
    page = tmp_path / "advert.html"
    page.write_text("<html><body><h1>ML Engineer</h1><p>We want a rockstar.</p><script>ninja</script></body></html>")
    rules = [(each["rule"], each["quote"]) for each in read(run(page, "--json"))["findings"]]
    assert ("cliche", "a rockstar") in rules
    assert "script" not in dict(rules)
    document = tmp_path / "advert.docx"
    document.write_bytes(docx("Must be a US citizen."))
    assert "citizenship" in {each["rule"] for each in read(run(document, "--json"))["findings"]}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], "cannot be read"),
        ([".", "--json"], "cannot be read"),
        ([str(GOOD), "--place", "Atlantis"], "no place 'Atlantis'"),
        ([str(GOOD), "--role", "astronaut"], "no role 'astronaut'"),
        ([str(GOOD), "--employees", "-1"], "employees"),
        ([str(GOOD), "--as-of", "soon"], "as-of"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_to_do(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(lint_post, arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_a_broken_document_ends_with_two(tmp_path: Path) -> None:
    broken = tmp_path / "advert.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    result = run(broken)
    assert result.exit_code == 2 and "advert.pdf" in result.output


def test_rules_of_ones_own_are_used(tmp_path: Path) -> None:
    from assay.knowledge.postings import sheets

    shipped = (Path(sheets.__file__).parent / "shape.yaml").read_text()
    (tmp_path / "shape.yaml").write_text(shipped.replace("fewest_words: 150", "fewest_words: 1"))
    rules = {each["rule"] for each in read(run(FIXTURES / "five_words.txt", "--json", "--rules", tmp_path))["findings"]}
    assert "too-short" not in rules


def test_it_runs_without_django() -> None:
    code = "import sys; from assay.cli import main; sys.argv = ['assay', 'lint-post', sys.argv[1]]\ntry:\n main()\n"
    code += "except SystemExit as end:\n assert end.code == 1\nassert 'django' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code, str(BAD)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def docx(text: str) -> bytes:
    """Return the smallest document that holds a paragraph."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kinds}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:body></w:document>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
