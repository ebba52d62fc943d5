"""The shipped rules, and intakes as hypothesis draws them."""

from hypothesis import strategies as st

from assay.app.roles.compiler_rules import load_compiler_rules
from assay.core.roles.compiling.intake import Question, QuestionKind

RULES = load_compiler_rules()
SKILLS = ["python", "kubernetes", "langchain", "tableau", "react", "opencv", "spark", "aws", "xgboost", "welding"]


def _answers_to(question: Question) -> st.SearchStrategy[object]:
    ids = [option.id for option in question.options if not option.is_exclusive]
    alone = [(option.id,) for option in question.options if option.is_exclusive]
    match question.kind:
        case QuestionKind.ONE:
            return st.sampled_from([option.id for option in question.options])
        case QuestionKind.MANY:
            some = st.sets(st.sampled_from(ids), min_size=1, max_size=4)
            return some.map(lambda chosen: tuple(one for one in ids if one in chosen)) | st.sampled_from(
                alone or [(ids[0],)]
            )
        case QuestionKind.NUMBER:
            return st.sampled_from(question.steps)
        case QuestionKind.SKILLS:
            return st.lists(st.sampled_from(SKILLS), min_size=1, max_size=9, unique=True).map(tuple)
    return st.sampled_from(["Decide who gets a loan {measure}", "Say “no” in time." * 9])


def intakes() -> st.SearchStrategy[dict[str, object]]:
    """Answers to any of the questions, the rest open."""
    return st.fixed_dictionaries({}, optional={one.id: _answers_to(one) for one in RULES.questions})
