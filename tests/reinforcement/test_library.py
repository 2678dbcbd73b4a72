"""Prompts and questions of the starter library, put into a company."""

from copy import deepcopy
from typing import Any

import pytest

from learning.library import Part, available_roles, read_role
from learning.models import Outcome, Role, Skill
from reinforcement.library import load_general, load_talk, read_talk, start_from_library
from reinforcement.library.checking import general_problems, talk_problems
from reinforcement.models import Choice, Prompt, Question
from tenants.companies.context import working_for
from tenants.companies.models import Company

SLUG = "account-executive"
EVERYTHING: tuple[Any, ...] = (Prompt, Question, Choice)


def contents() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in EVERYTHING]


def test_a_role_comes_with_what_there_is_to_say_about_it_and_about_any(acme: Company) -> None:
    loaded = start_from_library(SLUG)
    assert loaded.new[Prompt] == 29 + 14
    assert loaded.new[Question] == Question.objects.count() == 8
    prompt = Prompt.objects.get(text__startswith="Which first call this week")
    assert (prompt.moment, prompt.skill) == ("starting", loaded.skills["discovery"])
    assert (
        Prompt.objects.get(text__startswith="That worked,").outcome
        == loaded.outcomes["close-faster"]
    )
    assert Prompt.objects.filter(role=loaded.role).count() == 2
    question = Question.objects.get(slug="discovery-agenda")
    assert question.skill == loaded.skills["discovery"]
    assert [choice.level for choice in question.choices.all()] == [0, 1, 2, None]


def test_all_of_them_twice_is_once(acme: Company) -> None:
    for slug in available_roles():
        start_from_library(slug)
    before = contents()
    again = [start_from_library(slug) for slug in available_roles()]
    assert contents() == before
    assert not any(loaded.new for loaded in again)
    assert load_general() == 0


def test_talk_can_be_left_out_or_come_alone(acme: Company) -> None:
    start_from_library(SLUG, set(Part) - {Part.TALK})
    assert not any(contents())
    loaded = load_talk("recruiter")
    assert set(loaded.new) == {Role, Outcome, Skill, Prompt, Question}
    assert not loaded.role.paths.exists()


def test_it_is_tied_to_the_skill_that_the_company_has(acme: Company) -> None:
    own = Skill.objects.create(slug="ours", name="DISCOVERY conversations")
    start_from_library(SLUG)
    assert own.questions.count() == 2
    assert Prompt.objects.filter(skill=own).count() == 4


def test_what_was_reworded_or_switched_off_stays_so(acme: Company) -> None:
    start_from_library(SLUG)
    Question.objects.filter(slug="discovery-agenda").update(text="Did {name} open with an agenda?")
    Prompt.objects.filter(moment="stuck").update(active=False)
    before = contents()
    start_from_library(SLUG)
    assert contents() == before


def test_a_question_of_the_same_words_is_the_one(acme: Company) -> None:
    skill = Skill.objects.create(slug="ours", name="Ours")
    text = read_talk(SLUG)["questions"][0]["text"]
    own = Question.objects.create(slug="ours", text=text, skill=skill)
    loaded = start_from_library(SLUG)
    assert (loaded.new[Question], loaded.there[Question]) == (7, 1)
    assert not own.choices.exists()


def test_globex_gets_nothing_of_what_acme_takes(acme: Company, globex: Company) -> None:
    start_from_library(SLUG)
    with working_for(globex):
        assert not any(contents())


@pytest.mark.parametrize(
    ("key", "place", "changed", "problem"),
    [
        ("prompts", 0, {"moment": "later"}, "prompts[0].moment: Value 'later' is not a valid"),
        ("prompts", 0, {"skill": "golf"}, "prompts[0].skill names the skill 'golf'"),
        ("prompts", 0, {"outcome": "win-more"}, "prompts[0] should name a skill, an outcome or"),
        ("prompts", 0, {"text": "x" * 401}, "prompts[0].text: Ensure this value has at most 400"),
        ("prompts", 0, {"level": 1}, "prompts[0].level is no key that is known here."),
        ("questions", 0, {"skill": "golf"}, "questions[discovery-agenda].skill names the skill"),
        ("questions", 0, {"choices": []}, "questions[discovery-agenda].choices should be 2 to 4"),
        ("questions", 1, {"slug": "discovery-agenda"}, "questions has 'discovery-agenda' twice."),
        (
            "questions",
            0,
            {"choices": [{"value": "a", "label": "A", "level": 5}] * 2},
            "questions[discovery-agenda].choices[0].level: Value 5 is not a valid choice.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_key(
    key: str, place: int, changed: dict[str, object], problem: str
) -> None:
    content: Any = deepcopy(read_talk(SLUG))
    assert list(talk_problems(content, read_role(SLUG))) == []
    content[key][place] |= changed
    assert problem in "\n".join(talk_problems(content, read_role(SLUG)))


def test_a_prompt_for_any_role_is_tied_to_nothing() -> None:
    tied = {"prompts": [{"moment": "stuck", "text": "What is next?", "skill": "demo"}]}
    assert "belongs in the file of its role" in "\n".join(general_problems(tied))
    assert "prompts is missing." in "\n".join(general_problems({}))
