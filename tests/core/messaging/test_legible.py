from assay.core.messaging.legible import beginning


def test_a_letter_begins_on_one_line():
    assert beginning(text=" Dear team,\n\n  thank you\tall. ") == "Dear team, thank you all."
    assert beginning(text="") == ""


def test_a_long_beginning_is_cut_and_says_so():
    assert beginning(text="a" * 160) == "a" * 160
    assert beginning(text="a" * 161) == "a" * 159 + "…"
