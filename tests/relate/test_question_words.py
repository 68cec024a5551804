"""What a question is about, without the words that only ask."""

import pytest

from chronik.relate.speaking.question_words import content


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Wer hat die Schleuse geschlossen?", "hat die Schleuse geschlossen?"),
        ("Who closed the sluice", "closed the sluice"),
        ("¿Quién cerró la esclusa?", "¿ cerró la esclusa?"),
        ("Кто закрыл шлюз", "закрыл шлюз"),
        ("Schleuse", "Schleuse"),
    ],
)
def test_words_that_only_ask_are_left_out(question, left):
    assert content(question).split() == left.split()


@pytest.mark.parametrize("question", ["who", "Qui ?", "", " ", "???"])
def test_a_question_of_nothing_else_stays(question):
    assert content(question) == question
