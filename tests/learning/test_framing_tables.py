"""The tables of the framing check hold what the sentences of the tests need, and no more."""

from typing import get_args

import pytest

from learning.framing.language import Code, Language, in_small
from learning.framing.phrases import compiled, table
from learning.framing.refusals import SHORTEST
from tests.learning.framings.corpus import concerning, passing, refused

CODES = get_args(Code)
PASSING = [in_small(text) for _, _, text in passing()]
CONCERNING = [in_small(text) for _, _, text, _ in concerning()]


@pytest.mark.parametrize(("code", "phrase"), [(c, p) for c in CODES for p in table(c)["speaks"]])
def test_each_phrase_is_said_in_some_sentence(code: str, phrase: str) -> None:
    assert any(compiled(phrase).search(text) for text in CONCERNING)


@pytest.mark.parametrize(("code", "phrase"), [(c, p) for c in CODES for p in table(c)["work"]])
def test_each_exception_keeps_some_sentence_from_being_a_concern(code: Code, phrase: str) -> None:
    others = [other for other in table(code)["work"] if other != phrase]
    without = Language(code, table(code)["speaks"], others)
    assert any(without.found_in(text) for text in PASSING)


@pytest.mark.parametrize("sentence", table("nothing")["sentences"])
def test_each_empty_sentence_is_long_enough_to_need_its_line(sentence: str) -> None:
    texts = [text.lower().strip(" .") for text in refused() if len(text) >= SHORTEST]
    assert any(compiled(sentence).fullmatch(text) for text in texts)
