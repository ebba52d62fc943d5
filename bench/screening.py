"""How well screening ranks, reads and resists: nDCG, AUC per kind, claims found, attacks, fairness, speed.

    python bench/screening.py [--labelled FILE.jsonl[.gz]] [-v]

Each line of a labelled file holds ``id``, ``role``, ``kind``, ``relevance`` (0-3) and ``text``, and may hold
``evidence`` (the statements that should count) and ``part`` (``tune`` or ``held``). Without ``--labelled`` the two
shipped banks and the bank of single statements are measured. BM25 over the same texts is the baseline of the run.
"""

import argparse
import gzip
import json
import re
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from assay.app.roles.catalogue import get_role, list_roles
from assay.app.screening.rules import load_rules
from assay.core.documents.document import Document, DocumentKind, HiddenSpan, Page
from assay.core.roles.role import CompetencyBar, Role
from assay.core.screening.result import ScreeningResult
from assay.core.screening.screen import screen
from screening_attacks import attacked, place
from screening_measures import TOP, auc, bm25, mean, ndcg

DATA = Path(__file__).parent / "data" / "screening"
ROLE_IDS = {
    "mle": "ml-engineer",
    "mlops": "mlops-engineer",
    "genai": "ai-engineer",
    "cv": "computer-vision-engineer",
    "recsys": "recommender-engineer",
    "forecast": "forecasting-engineer",
}
TRUE_BULLET = "Deployed the returns model to 12 countries behind a canary; alerts caught 3 bad feeds in 2023."


def document(text: str, hidden: tuple[HiddenSpan, ...] = ()) -> Document:
    """Return plain text as a document of one page."""
    page = Page(number=1, width=0.0, height=0.0, start=0, end=len(text))
    return Document(kind=DocumentKind.TEXT, text=text, pages=(page,), hidden=hidden)


class Bench:
    """Screens texts under one set of rules and counts the processor time of it."""

    def __init__(self) -> None:
        self.rules = load_rules()
        self.spent = 0.0
        self.count = 0

    def screen(self, text: str, role: Role, hidden: tuple[HiddenSpan, ...] = ()) -> ScreeningResult:
        """Screen one text."""
        started = time.process_time()
        result = screen(document=document(text, hidden), role=role, rules=self.rules)
        self.spent += time.process_time() - started
        self.count += 1
        return result

    def score(self, text: str, role: Role, hidden: tuple[HiddenSpan, ...] = ()) -> float:
        """Screen one text and return its score."""
        return self.screen(text, role, hidden).score


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line, gzipped or not."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def order_of(scores: list[float], rows: list[dict[str, Any]]) -> list[int]:
    """Return the relevances in order of score; ties in order of id, which says nothing about relevance."""
    paired = sorted(zip(scores, rows, strict=True), key=lambda pair: (-pair[0], str(pair[1]["id"])))
    return [int(row["relevance"]) for _, row in paired]


def ranking(bench: Bench, rows: list[dict[str, Any]], ads: dict[str, str]) -> dict[str, list[float]]:
    """Print nDCG, P@10 and AUC by kind, macro mean over roles, next to BM25; return the scores by role."""
    by_role: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_role[row["role"]].append(row)
    table: dict[str, dict[str, list[float]]] = {"screening": defaultdict(list), "BM25": defaultdict(list)}
    kept: dict[str, list[float]] = {}
    for name, held in by_role.items():
        role = get_role(ROLE_IDS.get(name, name))
        ours = [bench.score(row["text"], role) for row in held]
        kept[name] = ours
        advert = ads.get(name) or " ".join((role.title, role.problem, *role.skills))
        for label, scores in (("screening", ours), ("BM25", bm25([row["text"] for row in held], advert))):
            ordered = order_of(scores, held)
            production = [score for score, row in zip(scores, held, strict=True) if row["relevance"] == 3]
            others = [score for score, row in zip(scores, held, strict=True) if row["relevance"] < 3]
            table[label]["nDCG@10"].append(ndcg(ordered))
            wanted = min(TOP, len(production)) or 1
            table[label]["P@10"].append(sum(value == 3 for value in ordered[:wanted]) / wanted)
            table[label]["AUC all"].append(auc(production, others))
            for kind in sorted({row["kind"] for row in held if row["relevance"] < 3}):
                worse = [score for score, row in zip(scores, held, strict=True) if row["kind"] == kind]
                table[label][f"AUC {kind}"].append(auc(production, worse))
    for metric in table["screening"]:
        print(f"  {metric:<24} {mean(table['screening'][metric]):.3f}   (BM25 {mean(table['BM25'][metric]):.3f})")
    return kept


def planted(rows: list[dict[str, Any]]) -> dict[str, tuple[set[str], set[str]]]:
    """Return for each id the statements that should count and those that should not, where that is known.

    Where the file does not say, a statement of a production résumé whose wording (numbers aside) is also found in
    title-inflated, stuffed or course-only ones should not count, and the others of production résumés should.
    """
    weak = {"title_inflated", "keyword_stuffed", "course_only"}
    pool = {shape(line) for row in rows if row["kind"] in weak for line in bullets(row)}
    known = {}
    for row in rows:
        if row.get("evidence"):
            should = {squeeze(line) for line in row["evidence"]}
            known[row["id"]] = (should, {squeeze(line) for line in bullets(row)} - should)
        elif "resume" in row and row["kind"] in weak | {"production"}:
            should = {squeeze(line) for line in bullets(row) if shape(line) not in pool}
            known[row["id"]] = (should, {squeeze(line) for line in bullets(row)} - should)
        elif "evidence" in row and row["kind"] in weak:
            known[row["id"]] = (set(), {squeeze(line) for line in bullets(row)})
    return known


def bullets(row: dict[str, Any]) -> list[str]:
    """Return the statements of a résumé: the highlights of its work, or its marked lines."""
    if "resume" in row:
        return [line for job in row["resume"].get("work", []) for line in job.get("highlights", [])]
    found = re.findall(r"^\s*[-•–]\s*(.+)$", row["text"], re.MULTILINE)
    return [*found, *row.get("evidence", [])]


def shape(line: str) -> str:
    """Return a statement without its numbers."""
    return re.sub(r"\d+(?:\.\d+)?", "#", line)


def squeeze(line: str) -> str:
    """Return a statement with single spaces and no bullet."""
    return " ".join(line.split()).strip("-•– ")


def claims_found(bench: Bench, rows: list[dict[str, Any]], *, is_verbose: bool) -> None:
    """Print precision and recall of counted statements against planted ones."""
    right = wrong = missed = 0
    for row_id, (should, should_not) in planted(rows).items():
        row = next(item for item in rows if item["id"] == row_id)
        result = bench.screen(row["text"], get_role(ROLE_IDS.get(row["role"], row["role"])))
        counted = {squeeze(claim.span.quote) for claim in result.claims if claim.counted}
        hits = {line for line in should if any(line in quote or quote in line for quote in counted)}
        bad = {line for line in should_not if line in counted}
        right, missed, wrong = right + len(hits), missed + len(should - hits), wrong + len(bad)
        if is_verbose:
            for line in sorted(should - hits):
                print("    missed:", line)
            for line in sorted(bad):
                print("    should not count:", line)
    if right + missed:
        print(f"  {'claims precision':<24} {right / max(1, right + wrong):.3f}   ({right} right, {wrong} wrong)")
        print(f"  {'claims recall':<24} {right / (right + missed):.3f}   ({missed} missed)")


def attacks(bench: Bench, rows: list[dict[str, Any]], scores: dict[str, list[float]]) -> None:
    """Print how many ranks a title-inflated résumé gains by each attack, and how many production ones it passes."""
    gained: dict[str, list[float]] = defaultdict(list)
    passed: dict[str, list[float]] = defaultdict(list)
    for name, before in scores.items():
        held = [row for row in rows if row["role"] == name]
        role = get_role(ROLE_IDS.get(name, name))
        production = [score for score, row in zip(before, held, strict=True) if row["relevance"] == 3]
        for at, row in enumerate(held):
            if row["kind"] != "title_inflated":
                continue
            others = before[:at] + before[at + 1 :]
            for attack, (text, hidden) in attacked(row["text"]).items():
                after = bench.score(text, role, hidden)
                gained[attack].append(place(before[at], others) - place(after, others))
                passed[attack].append(sum(after > score for score in production) / max(1, len(production)))
    for attack, ranks in gained.items():
        share = 100 * mean(passed[attack])
        print(f"  {attack:<24} {mean(ranks):+.2f} ranks, worst {max(ranks):+.1f}; above {share:.0f}% of production")


def fairness(bench: Bench, rows: list[dict[str, Any]]) -> None:
    """Print the largest change of a score when name, pronoun, school or years of study are swapped."""
    largest: dict[str, float] = defaultdict(float)
    for row in rows[:120]:
        role = get_role(ROLE_IDS.get(row["role"], row["role"]))
        base = bench.score(row["text"], role)
        first = row["text"].split("\n", 1)
        swaps = {
            "name": "Lakisha Washington\n" + first[1],
            "pronoun": row["text"].replace("\n", "\nPronouns: she/her\n", 1),
            "school": re.sub(
                r"(?m)^((?:[BM]\.?(?:Sc|Eng|E|A|S)|PhD|MEng|MSc)\b.*)$", r"\1, Howard University", row["text"]
            ),
            "year of study": row["text"].rstrip() + "\nEDUCATION\nBSc, Open University, 1979 - 1983\n",
        }
        for name, text in swaps.items():
            largest[name] = max(largest[name], abs(bench.score(text, role) - base))
    for name, change in largest.items():
        print(f"  swap {name:<19} {change:.2f} points at most")


def monotone(bench: Bench, rows: list[dict[str, Any]]) -> None:
    """Print how often a true statement that is added lowers a score (it never should)."""
    lowered = 0
    for row in rows[:120]:
        role = get_role(ROLE_IDS.get(row["role"], row["role"]))
        text = row["text"]
        spot = re.search(r"(?m)^\s*[-•–] .*\n", text)
        if spot:
            more = text[: spot.start()] + f"- {TRUE_BULLET}\n" + text[spot.start() :]
            lowered += bench.score(more, role) < bench.score(text, role)
    print(f"  {'true statement lowers':<24} {lowered} times")


def every_competency() -> Role:
    """Return a role that asks for everything, to tell whether a statement counts at all."""
    bars = {bar.competency: bar for role in list_roles() for bar in role.competencies}
    equal = tuple(
        CompetencyBar(competency=name, label=bar.label, level=3.0, weight=1 / len(bars)) for name, bar in bars.items()
    )
    return replace(list_roles()[0], id="all", competencies=equal, must_haves=())


def statements(bench: Bench, rows: list[dict[str, Any]], *, is_verbose: bool) -> None:
    """Print precision and recall over single statements, for the part used in tuning and the part kept aside."""
    role = every_competency()
    for part in ("tune", "held"):
        right = wrong = missed = kind_right = 0
        for row in (item for item in rows if item["part"] == part):
            companion = f"- {TRUE_BULLET}\n" if row["counts"] else ""
            text = f"Jo Doe\nEXPERIENCE\nEngineer, Acme  2020-01 - 2022-01\n- {row['text']}\n{companion}"
            result = bench.screen(text, role)
            found = {claim.kind for claim in result.claims if claim.counted and claim.span.quote != TRUE_BULLET}
            right += bool(found) and row["counts"]
            wrong += bool(found) and not row["counts"]
            missed += not found and row["counts"]
            kind_right += row["kind"] in found
            if is_verbose and part == "tune" and bool(found) != row["counts"]:
                print(f"    {'missed' if row['counts'] else 'should not count'}: {row['kind']}: {row['text']}")
        whole = max(1, right + missed)
        print(
            f"  {part}: precision {right / max(1, right + wrong):.3f}, recall {right / whole:.3f}, "
            f"right kind {kind_right / whole:.3f} of {whole} + {sum(not item['counts'] for item in rows)} others"
        )


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, help="a labelled bank of your own")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what was missed and wrongly counted")
    chosen = parser.parse_args()
    bench = Bench()
    ads = json.loads((DATA / "jobs.json").read_text(encoding="utf-8"))
    banks = [chosen.labelled] if chosen.labelled else [DATA / "dev.jsonl.gz", DATA / "bank.jsonl"]
    for path in banks:
        rows = read_rows(path)
        print(f"{path.name}: {len(rows)} résumés")
        scores = ranking(bench, rows, ads)
        for part in sorted({row.get("part", "") for row in rows}):
            if part:
                print(f"  part {part}:")
            claims_found(bench, [row for row in rows if row.get("part", "") == part], is_verbose=chosen.verbose)
        attacks(bench, rows, scores)
        fairness(bench, rows)
        monotone(bench, rows)
    if not chosen.labelled:
        print("claims.jsonl: single statements")
        statements(bench, read_rows(DATA / "claims.jsonl"), is_verbose=chosen.verbose)
    print(
        f"speed: {bench.count / bench.spent:.0f} résumés for each second of processor time, rules {bench.rules.version}"
    )


if __name__ == "__main__":
    main()
