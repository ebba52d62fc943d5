"""Length, reading grade, capitals, language, blanks and markup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.postings.cast import GOOD, TODAY, check, found, lint, rules_of, written

from assay.app.roles.catalogue import list_roles
from assay.core.postings.advert import Pay, SectionKey, Terms, sections_of
from assay.core.postings.blanks import blank, find_blanks
from assay.core.postings.build import INTAKE_QUESTIONS, build_advert
from assay.core.postings.readability import count_syllables, measure_ease

SYLLABLES = {
    "cat": 1, "time": 1, "walked": 1, "wanted": 2, "model": 2, "table": 2, "machine": 2, "learning": 2, "business": 3,
    "engineer": 3, "production": 3, "experience": 4, "reliable": 4, "responsibility": 6, "the": 1, "science": 2,
    "quiet": 2, "question": 2, "areas": 3, "being": 2, "created": 3, "employee": 3, "houses": 2, "changes": 2,
    "AWS": 5, "API": 3, "don't": 1, "team's": 1, "statistical": 4, "pipeline": 2, "something": 2,
}  # fmt: skip
GETTYSBURG = (
    "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, "
    "and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing "
    "whether that nation, or any nation so conceived and so dedicated, can long endure. We are met on a great "
    "battle-field of that war."
)


def test_syllables_are_counted_right_for_nearly_all_words_of_a_known_list() -> None:
    wrong = {word for word, count in SYLLABLES.items() if count_syllables(word) != count}
    assert wrong <= {"business", "being", "employee"}


def test_the_grade_of_a_known_text_is_near_what_its_known_syllables_give() -> None:
    ease = measure_ease(GETTYSBURG)
    assert (ease.words, ease.sentences) == (65, 3)
    assert ease.syllables == pytest.approx(95, abs=3)
    assert ease.grade == pytest.approx(0.39 * 65 / 3 + 11.8 * 95 / 65 - 15.59, abs=0.6)


def test_longer_words_and_sentences_read_harder() -> None:
    easy = measure_ease("We bake bread. You help us bake it. It is good.")
    hard = measure_ease(
        "Organisational responsibilities necessitate operationalisation of interdisciplinary capabilities."
    )
    assert easy.grade < 3 < 15 < hard.grade


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_grade_that_is_a_number(text: str) -> None:
    ease = measure_ease(text)
    assert ease.grade >= 0 and ease.syllables >= ease.words


def test_words_in_capitals_are_calmed_and_abbreviations_are_not() -> None:
    finding = found(lint("APPLY NOW TODAY FOLKS! We run it."), "capitals")[0]
    assert finding.replacement == "Apply now today folks"
    assert found(lint("We use AWS GCP NLP LLM SQL REST JSON daily."), "capitals") == []


def test_another_language_is_said_and_only_pay_law_and_blanks_are_checked() -> None:
    text = "Wir suchen eine Person für unser Team, die mit uns die Modelle für den Betrieb baut und sie auch betreut. "
    result = lint(text * 3)
    assert any("not read as English" in note for note in result.notes)
    assert rules_of(result) == {"pay-range"}
    assert result.passed == ()


@pytest.mark.parametrize(
    "text", ["機械学習エンジニアを募集しています。" * 5, "Ищем инженера по машинному обучению в команду. " * 5]
)
def test_other_scripts_are_not_english(text: str) -> None:
    assert any("not read as English" in note for note in lint(text).notes)


def test_markup_is_only_text_and_a_script_is_a_must() -> None:
    result = lint("<p>We need a person</p><script>var ninja = 1</script>")
    assert {"markup", "script"} <= rules_of(result)
    assert "cliche" not in rules_of(result)


def test_a_first_advert_asks_what_nobody_said_and_invents_nothing() -> None:
    for role in list_roles():
        advert = build_advert(role=role, intake={}, pay=Pay(), terms=Terms())
        asked = [question for part in sections_of(advert) for _, _, question in find_blanks(part.text)]
        assert set(INTAKE_QUESTIONS.values()) <= set(asked)
        assert len(found(check(advert, role=role), "blank")) == 12
        assert sections_of(advert)[1].text.startswith(role.problem.split(".")[0][:20])


def test_answers_stand_where_the_blanks_were() -> None:
    role = list_roles()[0]
    said = {key: f"Answer about {key}" for key in INTAKE_QUESTIONS} | {
        "benefits": "leave; a pension",
        "": "x",
        "data": " \0 ",
    }
    advert = build_advert(role=role, intake=said, pay=Pay(), terms=Terms())
    whole = "\n".join(part.text for part in sections_of(advert))
    for key in INTAKE_QUESTIONS:
        assert (f"Answer about {key}." in whole) == (key != "data")
    assert advert.benefits == ("leave", "a pension")
    assert INTAKE_QUESTIONS["data"] in whole


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_a_blank_is_found_again_with_its_question(question: str) -> None:
    found_one = find_blanks(f"before {blank(question)} after")
    assert len(found_one) == 1
    start, end, _ = found_one[0]
    assert f"before {blank(question)} after"[start:end] == blank(question)


def test_tools_before_the_problem_are_the_wrong_way_round() -> None:
    turned = written(SectionKey.PROBLEM, "Must have PyTorch, Kubernetes and Spark. We are hiring.")
    assert "problem-first" in rules_of(check(turned))
    assert "problem-first" not in rules_of(check(GOOD))
    assert "problem-first" in rules_of(
        lint("ML Engineer\n\n5+ years of experience with PyTorch, Spark and AWS wanted.\n")
    )


def test_the_same_advert_on_the_same_day_gives_the_same_result() -> None:
    assert check(GOOD) == check(GOOD)
    assert lint("A rockstar for $90k", as_of=TODAY) == lint("A rockstar for $90k", as_of=TODAY)
