"""The roles of the library as the page shows them, each with what the company has of it."""

from dataclasses import dataclass

from learning.library import Here, Part, RoleFile, available_roles, find_roles, read_role
from learning.models import Level, Path, Role
from reinforcement.library import find_talk, read_talk
from reinforcement.library.entries import TalkFile
from reinforcement.library.finding import TalkHere


@dataclass(frozen=True, slots=True)
class Choice:
    """A part to take: what is in it, and how many of those things the company has already."""

    part: Part
    label: str
    contents: str
    here: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.here == self.of


@dataclass(frozen=True, slots=True)
class SkillLine:
    name: str
    level: str
    outcome: str
    seen: str
    """What it looks like at that level."""


@dataclass(frozen=True, slots=True)
class Card:
    """A role of the library; `role` and `path` are the company's, where it has them."""

    file: RoleFile
    choices: list[Choice]
    skills: list[SkillLine]
    role: Role | None
    path: Path | None

    @property
    def is_whole(self) -> bool:
        return all(choice.is_whole for choice in self.choices)


def cards() -> list[Card]:
    """Seven queries, however many roles."""
    slugs = available_roles()
    files, talks = [read_role(slug) for slug in slugs], [read_talk(slug) for slug in slugs]
    here = find_roles(files)
    return [
        _card(file, here[file["role"]["slug"]], talk, talk_here)
        for file, talk, talk_here in zip(files, talks, find_talk(talks), strict=True)
    ]


def _card(file: RoleFile, here: Here, talk: TalkFile, talk_here: TalkHere) -> Card:
    outcomes, skills, steps = file["outcomes"], file["skills"], file["path"]["steps"]
    prompts, questions = talk["prompts"], talk["questions"]
    titles = file["role"]["titles"]
    wins = sum(step["quick_win"] for step in steps)
    return Card(
        file=file,
        choices=[
            Choice(
                Part.ROLE,
                "Role",
                f"{len(outcomes)} outcomes, {len(skills)} skills with their levels",
                bool(here.role) + len(here.outcomes) + len(here.skills),
                1 + len(outcomes) + len(skills),
            ),
            Choice(Part.PATH, "Path", f"{len(steps)} steps, {wins} quick wins", bool(here.path), 1),
            Choice(
                Part.TALK,
                "Prompts and questions",
                f"{len(prompts)} prompts, {len(questions)} questions for their managers",
                len(talk_here.prompts) + len(talk_here.questions),
                len(prompts) + len(questions),
            ),
            Choice(
                Part.TITLES,
                "Job titles",
                f"whoever is called {_or(titles)} has the role",
                len(here.titles),
                len(titles),
            ),
        ],
        skills=_skills(file),
        role=here.role,
        path=here.path,
    )


def _skills(file: RoleFile) -> list[SkillLine]:
    names = {outcome["slug"]: outcome["name"] for outcome in file["outcomes"]}
    return [
        SkillLine(
            skill["name"],
            str(Level(skill["required"]).label),
            names[skill["outcome"]],
            skill["levels"][skill["required"]],
        )
        for skill in file["skills"]
    ]


def _or(words: list[str]) -> str:
    """``“team lead”, “team leader” or “head of”``"""
    quoted = [f"“{word}”" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
