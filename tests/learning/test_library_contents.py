"""The ten roles of the starter library: each complete, none in the way of another."""

import re
from itertools import combinations, permutations

import pytest

from learning.framing import Framing, check_framing
from learning.library import RoleFile, available_roles, example_framings, read_role
from learning.library.rows import outcome_row
from learning.models import Level, Step
from learning.titles import words_of

ROLES = available_roles()
FILES = [read_role(slug) for slug in ROLES]
CATALOGUE = re.compile(
    r"\b(?:introduction|fundamentals|basics|essentials|101|masterclass|overview|certificat\w+"
    r"|webinar|e-?learning|course|module)\b",
    re.IGNORECASE,
)
each_role = pytest.mark.parametrize("file", FILES, ids=ROLES)


def test_the_library_holds_the_ten_roles() -> None:
    assert ROLES == [
        "account-executive",
        "customer-success-manager",
        "finance-analyst",
        "operations-coordinator",
        "people-manager",
        "product-manager",
        "recruiter",
        "sdr",
        "software-engineer",
        "support-engineer",
    ]


@each_role
def test_a_role_has_three_outcomes_whose_targets_are_better_than_today(file: RoleFile) -> None:
    assert len(file["outcomes"]) == 3
    for outcome in file["outcomes"]:
        baseline, target = outcome["baseline"], outcome["target"]
        assert baseline is not None
        assert target is not None
        assert (target > baseline) == (outcome["direction"] == "higher"), outcome["slug"]
        assert target != baseline


@each_role
def test_every_skill_says_what_it_looks_like_and_every_outcome_has_one(file: RoleFile) -> None:
    assert 5 <= len(file["skills"]) <= 8
    for skill in file["skills"]:
        assert len(set(skill["levels"])) == len(Level)
        assert all(30 <= len(text) <= 160 for text in skill["levels"]), skill["slug"]
    moved = {skill["outcome"] for skill in file["skills"]}
    assert moved == {outcome["slug"] for outcome in file["outcomes"]}


@each_role
def test_a_path_has_8_to_14_steps_with_quick_wins_among_the_first(file: RoleFile) -> None:
    steps = file["path"]["steps"]
    assert 8 <= len(steps) <= 14
    assert sum(step["quick_win"] for step in steps) >= 4
    assert any(step["quick_win"] and step["raises"] for step in steps[:3])
    assert all(step["raises"] for step in steps if step["keep"] == Step.Keep.GAP)
    assert 1 <= sum(step["keep"] == Step.Keep.ALWAYS for step in steps) <= 2


@each_role
def test_every_skill_the_role_needs_can_be_reached_and_most_have_a_quick_win(
    file: RoleFile,
) -> None:
    steps = file["path"]["steps"]
    for skill in file["skills"]:
        reached = [step["raises"].get(skill["slug"], 0) for step in steps]
        assert max(reached) >= skill["required"], skill["slug"]
    won = {skill for step in steps if step["quick_win"] for skill in step["raises"]}
    assert len(file["skills"]) - len(won) <= 2


@each_role
def test_a_step_comes_after_those_it_needs(file: RoleFile) -> None:
    earlier: set[str] = set()
    for step in file["path"]["steps"]:
        assert earlier.issuperset(step.get("requires", [])), step["slug"]
        earlier.add(step["slug"])


@each_role
def test_steps_are_work_and_no_catalogue_titles(file: RoleFile) -> None:
    steps = file["path"]["steps"]
    at_work = [step for step in steps if step["kind"] not in (Step.Kind.READ, Step.Kind.WATCH)]
    assert len(at_work) >= len(steps) * 3 / 4
    for step in steps:
        assert len(step["title"]) <= 90
        assert len(step["title"].split()) >= 4, step["title"]
        assert not CATALOGUE.search(step["title"]), step["title"]
        assert 300 <= len(step["body"]) <= 1100, step["slug"]


@each_role
def test_its_framings_raise_no_concern(file: RoleFile) -> None:
    outcomes = {entry["slug"]: outcome_row(entry) for entry in file["outcomes"]}
    framings = example_framings(file["role"]["slug"])
    assert len(framings) >= 3
    assert {framing["outcome"] for framing in framings} == outcomes.keys()
    for framing in framings:
        first = outcomes[framing.pop("outcome")]
        rest = [outcome for outcome in outcomes.values() if outcome is not first]
        assert check_framing(Framing(**framing), [first, *rest]) == []


def test_no_job_title_stands_for_two_roles() -> None:
    titles = {file["role"]["slug"]: file["role"]["titles"] for file in FILES}
    assert all(titles.values())
    for one, other in permutations(titles, 2):
        for words in titles[one]:
            clash = [title for title in titles[other] if words_of(words) in words_of(title)]
            assert clash == [], f"{words!r} of {one} also finds {other}"


def test_no_two_roles_share_a_name() -> None:
    for one, other in combinations(FILES, 2):
        assert _names(one).isdisjoint(_names(other))


def _names(file: RoleFile) -> set[str]:
    """What may be there once in a company."""
    entries = (file["role"], file["path"], *file["skills"])
    names = {entry["name"].lower() for entry in entries}
    return names | {entry["slug"] for entry in file["skills"]} | {file["path"]["slug"]}
