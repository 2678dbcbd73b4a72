"""What a file of the library may not say, and how that is told."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path as File
from typing import Any

import pytest
import yaml

from learning.library import LibraryError, read_role
from learning.library.checking import role_problems

SLUG = "account-executive"
Change = Callable[[Any], None]


def problems_after(change: Change) -> list[str]:
    content: Any = deepcopy(read_role(SLUG))
    change(content)
    return list(role_problems(content, SLUG))


def at(*keys: Any, value: Any = None) -> Change:
    """Put a value there; without one, take the key away."""

    def change(content: Any) -> None:
        *way, last = keys
        for key in way:
            content = content[key]
        if value is None:
            del content[last]
        else:
            content[last] = value

    return change


STEP = ("path", "steps", 9)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (at("path"), "path is missing."),
        (at("skills", 0, "required"), "skills[discovery].required is missing."),
        (at("framing", 1, "sign"), "framing[1].sign is missing."),
        (at("role", "tittles", value=[]), "role.tittles is no key that is known here."),
        (at("outcomes", value={}), "outcomes should be a list, not {}."),
        (at("path", value=[]), "path should hold keys, not []."),
        (at(*STEP, "raises", value=[1]), "path.steps[ask-for-the-signer].raises should hold keys"),
        (at("role", "name", value=7), "role.name should be text, not 7."),
        (at("skills", 0, "required", value=True), "required should be a whole number, not True."),
        (
            at("outcomes", 0, "target", value="45"),
            "outcomes[close-faster].target should be a whole number or a number, not '45'.",
        ),
        (at("role", "slug", value="seller"), "role.slug is 'seller', but the file is called acc"),
        (at("role", "slug", value="a b"), "role.slug: Enter a valid “slug”"),
        (at("role", "titles", 0, value="Sales-Executive"), "titles has ' sales executive ' twice"),
        (
            at("skills", 0, "required", value=4),
            "skills[discovery].required is 4, which is off the scale: 1 (with help), 2 (on their "
            "own), 3 (coaches others).",
        ),
        (at("skills", 0, "levels", 3), "skills[discovery].levels should be 4 texts"),
        (
            at("skills", 0, "outcome", value="grow"),
            "skills[discovery].outcome names the outcome 'grow', which the file does not have.",
        ),
        (at("framing", 0, "outcome", value="x"), "framing[0].outcome names the outcome 'x'"),
        (at("outcomes", 0, "direction", value="up"), "direction: Value 'up' is not a valid choice"),
        (at("outcomes", 0, "target", value=0.125), "outcomes[close-faster].target: Ensure that"),
        (at("path", "name", value="x" * 121), "path.name: Ensure this value has at most 120"),
        (at("path", "steps", value=[]), "path.steps is empty."),
        (
            at(*STEP, "raises", value={"multithreading": 0}),
            "path.steps[ask-for-the-signer].raises.multithreading is 0, which is off the scale",
        ),
        (at(*STEP, "raises", value={"golf": 2}), "raises names the skill 'golf'"),
        (
            at(*STEP, "requires", value=["gone"]),
            "path.steps[ask-for-the-signer].requires names the step 'gone', which the file does",
        ),
        (at(*STEP, "slug", value="give-and-get"), "path.steps has 'give-and-get' twice."),
        (at(*STEP, "kind", value="link"), "path.steps[ask-for-the-signer].location: A link needs"),
        (
            at("path", "steps", 4, "requires", value=["ask-for-the-signer"]),
            "path.steps wait for each other: ",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_key(change: Change, problem: str) -> None:
    assert problem in "\n".join(problems_after(change))


def test_an_untouched_file_has_no_problems() -> None:
    assert problems_after(lambda _: None) == []


def test_every_problem_of_a_file_is_told_with_its_name(
    tmp_path: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learning.library.files.FOLDER", tmp_path)
    content: Any = deepcopy(read_role(SLUG))
    content["role"]["slug"] = "seller"
    content["skills"][0]["required"] = 9
    content["path"]["steps"][0]["keep"] = "maybe"
    (tmp_path / "seller.yaml").write_text(yaml.safe_dump(content))
    with pytest.raises(LibraryError) as raised:
        read_role("seller")
    first, second = str(raised.value).splitlines()
    assert first.startswith("seller.yaml: skills[discovery].required is 9")
    assert second.startswith("seller.yaml: path.steps[won-and-lost].keep: Value 'maybe'")


def test_what_is_no_yaml_is_told_with_its_line(
    tmp_path: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learning.library.files.FOLDER", tmp_path)
    (tmp_path / "broken.yaml").write_text("role:\n  name: [open\n")
    with pytest.raises(LibraryError, match=r"broken\.yaml: .*line 3"):
        read_role("broken")
    (tmp_path / "empty.yaml").write_text("")
    with pytest.raises(LibraryError, match=r"empty\.yaml: The file should hold keys, not None"):
        read_role("empty")
