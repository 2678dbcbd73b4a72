"""What the starter library lets managers say and asks them: enough of it, and never twice."""

import re
from collections import Counter
from itertools import combinations

import pytest

from learning.library import available_roles, read_role
from reinforcement.library import read_general, read_talk
from reinforcement.models import Moment

ROLES = available_roles()
TALKS = {slug: read_talk(slug) for slug in ROLES}
GENERAL = read_general()["prompts"]
ALIKE = 0.6  # share of their words that two texts have in common
PLAN = (Moment.STARTING, Moment.IN_THE_MIDDLE, Moment.JUST_FINISHED, Moment.STUCK)


def test_there_are_150_prompts_and_40_questions() -> None:
    assert sum(len(talk["prompts"]) for talk in TALKS.values()) + len(GENERAL) >= 150
    assert sum(len(talk["questions"]) for talk in TALKS.values()) >= 40


@pytest.mark.parametrize("slug", ROLES)
def test_every_skill_has_a_prompt_for_every_moment_and_a_question(slug: str) -> None:
    skills = {skill["slug"] for skill in read_role(slug)["skills"]}
    prompts = TALKS[slug]["prompts"]
    tied = {(prompt["skill"], prompt["moment"]) for prompt in prompts if "skill" in prompt}
    assert {(skill, moment.value) for skill in skills for moment in PLAN} <= tied
    assert any(prompt["moment"] == Moment.FIRST_WIN for prompt in prompts)
    assert {question["skill"] for question in TALKS[slug]["questions"]} == skills


def test_what_fits_any_role_has_every_moment() -> None:
    assert {prompt["moment"] for prompt in GENERAL} == set(Moment.values)


@pytest.mark.parametrize("slug", ROLES)
def test_a_prompt_can_be_said_in_a_breath_or_two(slug: str) -> None:
    for prompt in TALKS[slug]["prompts"]:
        assert 20 <= len(prompt["text"]) <= 220, prompt["text"]


@pytest.mark.parametrize("slug", ROLES)
def test_a_question_is_about_somebody_and_its_answers_fit_on_buttons(slug: str) -> None:
    for question in TALKS[slug]["questions"]:
        assert "{name}" in question["text"]
        assert all(len(choice["label"]) <= 40 for choice in question["choices"])
        levels = [choice["level"] for choice in question["choices"] if choice["level"] is not None]
        assert levels == sorted(set(levels)), question["slug"]
        assert len(levels) >= 2, question["slug"]


def test_no_question_is_there_twice() -> None:
    slugs = Counter(question["slug"] for talk in TALKS.values() for question in talk["questions"])
    assert [slug for slug, count in slugs.items() if count > 1] == []


def test_no_two_are_alike_in_wording() -> None:
    texts = [entry["text"] for talk in TALKS.values() for entry in talk["prompts"]]
    texts += [entry["text"] for talk in TALKS.values() for entry in talk["questions"]]
    texts += [entry["text"] for entry in GENERAL]
    words = {text: frozenset(re.findall(r"[a-z']+", text.lower())) for text in texts}
    assert len(words) == len(texts)
    alike = [
        (one, other)
        for one, other in combinations(texts, 2)
        if len(words[one] & words[other]) > ALIKE * len(words[one] | words[other])
    ]
    assert alike == []
