"""The skill map of My team: what is seen against what the role requires, and how it is told."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from time_machine import Traveller

from learning.actions import hold_role, observe
from learning.library import load_role
from learning.models import Level, Observation, Path, Role, RoleHolding, RoleSkill, Skill
from learning.reports import SkillMap, skill_maps
from portal.team.skill_tiles import COLUMN, ROW, every_shape, shape
from portal.templatetags.skill_map import LINE, draw
from tenants.companies.models import Company
from tenants.people.models import Person
from tests.conftest import TODAY
from tests.portal.asking import see
from tests.portal.cast import MakePerson, Visit
from tests.portal.test_team import shown


@pytest.fixture
def adas(visit: Visit, acme: Company, ada: Person, clock: Traveller, sales_path: Path) -> Client:
    return visit(acme, ada)


def hold(role: Role, *people: Person) -> None:
    for person in people:
        hold_role(person=person, role=role, source=RoleHolding.Source.HAND)


def say(person: Person, slug: str, level: int) -> None:
    observe(
        person=person,
        skill=Skill.objects.get(slug=slug),
        level=level,
        source=Observation.Source.SELF,
        observer=person,
        observed_on=TODAY,
    )


def map_of(*people: Person) -> SkillMap:
    [drawn] = skill_maps(people, today=TODAY)
    return drawn


def test_each_tile_says_who_what_was_seen_and_what_the_role_needs(
    adas: Client, ada: Person, lee: Person, nia: Person, sales_path: Path
) -> None:
    hold(sales_path.role, lee, nia)
    see(lee, "discovery", 1, ada)
    see(lee, "qualification", 0, ada)
    say(nia, "discovery", 2)
    page = shown(adas)
    for words in (
        "Lee Tanaka, Discovery conversations: seen “with help”, the role needs “on their own”",
        "Lee Tanaka, Qualifying hard: not seen yet, the role needs “on their own”",
        "Nia Haddad, Discovery conversations: says “on their own”, the role needs “on their own”",
        "Nia Haddad, Qualifying hard: nobody has looked yet, the role needs “on their own”",
    ):
        assert f"<title>{words}</title>" in page
    assert len(re.findall("<use [^>]+><title>", page)) == 2 * 6


def test_the_table_tells_the_same_in_words(
    adas: Client, ada: Person, lee: Person, nia: Person, sales_path: Path
) -> None:
    hold(sales_path.role, lee, nia)
    see(lee, "discovery", 1, ada)
    see(lee, "qualification", 0, ada)
    see(nia, "qualification", 3, ada)
    say(nia, "discovery", 1)
    table = shown(adas).partition("As a table")[2]
    for words in (
        ">with help, one level short</td>",
        ">not seen yet, 2 levels short</td>",
        ">coaches others</td>",
        ">says “with help”, one level short</td>",
        ">nobody has looked</td>",
    ):
        assert table.count(words) >= 1
    assert "needs “on their own”" in table


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ([], "Nobody has looked at these skills yet."),
        (["discovery"], "One gap stands out: Discovery conversations."),
        (["demo", "discovery"], "Two gaps stand out: Discovery conversations and Demos that"),
        (
            ["demo", "discovery", "qualification", "negotiation"],
            "Three gaps stand out: Discovery conversations, Qualifying hard and Demos that",
        ),
    ],
)
def test_what_stands_out_is_said_first(
    adas: Client, ada: Person, lee: Person, sales_path: Path, short: list[str], said: str
) -> None:
    hold(sales_path.role, lee)
    for slug in short:
        see(lee, slug, 1, ada)
    assert said in shown(adas)


def test_where_nothing_is_missing_it_says_so(
    adas: Client, ada: Person, lee: Person, sales_path: Path
) -> None:
    hold(sales_path.role, lee)
    slugs = list(Skill.objects.values_list("slug", flat=True))
    see(lee, slugs.pop(), 2, ada)
    assert "No gap so far; some skills wait for somebody to look." in shown(adas)
    for slug in slugs:
        see(lee, slug, 3, ada)
    assert "No gap: everybody shows what the role needs." in shown(adas)


def test_the_skill_most_are_short_of_comes_first_and_people_keep_their_order(
    ada: Person, lee: Person, nia: Person, person: MakePerson, sales_path: Path, clock: Traveller
) -> None:
    bo = person("Bo", "Ek", manager=ada)
    hold(sales_path.role, lee, nia, bo)
    for someone, slug in ((lee, "negotiation"), (nia, "negotiation"), (bo, "demo")):
        see(someone, slug, 1, ada)
    see(bo, "discovery", 2, ada)
    drawn = map_of(bo, nia, lee)
    assert [column.skill.slug for column in drawn.columns][:2] == ["negotiation", "demo"]
    assert drawn.columns[-1].skill.slug == "discovery"
    assert [column.short for column in drawn.columns] == [2, 1, 0, 0, 0, 0]
    assert [row.person for row in drawn.rows] == [bo, nia, lee]
    assert [column.skill.slug for column in drawn.standing_out] == ["negotiation", "demo"]


def test_few_gaps_beside_many_do_not_stand_out(
    ada: Person, person: MakePerson, sales_path: Path, clock: Traveller
) -> None:
    team = [person(f"P{number}", "Ek", manager=ada) for number in range(5)]
    hold(sales_path.role, *team)
    for someone in team:
        see(someone, "discovery", 1, ada)
    for someone in team[:2]:
        see(someone, "demo", 1, ada)
    assert [column.skill.slug for column in map_of(*team).standing_out] == ["discovery"]


def test_each_role_has_its_own_map_and_what_it_does_not_need_is_left_out(
    adas: Client, ada: Person, lee: Person, nia: Person, person: MakePerson, sales_path: Path
) -> None:
    recruiter = load_role("recruiter")
    hold(sales_path.role, lee, nia)
    hold(recruiter, nia)
    person("Zoe", "Oh", manager=ada)
    RoleSkill.objects.filter(role=recruiter, skill__name="From signature to day ten").update(
        required_level=0
    )
    maps = skill_maps([lee, nia], today=TODAY)
    assert [drawn.role.name for drawn in maps] == [sales_path.role.name, recruiter.name]
    assert [len(drawn.rows) for drawn in maps] == [2, 1]
    assert [len(drawn.columns) for drawn in maps] == [6, 6]
    page = shown(adas)
    assert "<h3>Recruiter</h3>" in page
    assert "From signature to day ten" not in page
    assert "because they have no role yet: Zoe Oh." in page


def test_without_a_role_there_is_nothing_to_compare(adas: Client, lee: Person) -> None:
    page = shown(adas)
    assert "Nobody here has a role with skills yet" in page
    assert "<use" not in page


def test_a_map_is_laid_out_without_overlap_and_mirrored_from_right_to_left(
    ada: Person, lee: Person, nia: Person, sales_path: Path, clock: Traveller
) -> None:
    hold(sales_path.role, lee, nia)
    plain, mirrored = (draw(map_of(lee, nia), mirrored=way) for way in (False, True))
    assert [tile.x for tile in plain.tiles[:6]] == [COLUMN * place for place in range(6)]
    assert {tile.y for tile in plain.tiles} == {0, ROW}
    assert plain.height == plain.top + 2 * ROW
    for tile, other in zip(plain.tiles, mirrored.tiles, strict=True):
        assert tile.x + COLUMN + other.x == plain.width
        assert tile.says == other.says
    for head, mirror in zip(plain.heads, mirrored.heads, strict=True):
        assert head.x + mirror.x == plain.width
        assert len(head.lines) <= 2
        assert all(len(line) <= LINE for line in head.lines)


def test_every_tile_has_a_shape_that_is_drawn(adas: Client, lee: Person, sales_path: Path) -> None:
    hold(sales_path.role, lee)
    page = shown(adas)
    drawn = set(re.findall(r'<g id="([^"]+)"', page))
    assert len(drawn) == len(every_shape())
    assert set(re.findall(r'<use href="#([^"]+)"', page)) <= drawn


@pytest.mark.parametrize(
    ("required", "level", "own", "kind", "dots"),
    [
        (2, 2, False, "met", "there there beyond"),
        (2, 3, False, "met", "there there there"),
        (2, 1, False, "short", "there missing beyond"),
        (3, 1, True, "far", "said missing missing"),
        (1, 0, False, "short", "missing beyond beyond"),
        (1, None, False, "unknown", ""),
    ],
)
def test_a_shape_tells_level_and_need_without_colour(
    required: int, level: int | None, own: bool, kind: str, dots: str
) -> None:
    drawn = shape(required, level, own_word=own)
    assert drawn.kind == kind
    assert " ".join(what for _place, what in drawn.dots) == dots


def test_levels_and_numbers_are_written_so_that_svg_reads_them_in_german(
    adas: Client, lee: Person, sales_path: Path
) -> None:
    Person.objects.filter(email="ada.lindqvist@acme.example").update(locale="de")
    hold(sales_path.role, lee)
    with translation.override("de"):
        page = shown(adas)
    picture = re.findall(r' (?:x|y|width|height|viewBox)="([^"]+)"', page.partition("map-tiles")[2])
    assert 'lang="de"' in page
    assert len(picture) > 12
    assert [each for each in picture if not re.fullmatch(r"-?\d+(rem|( -?\d+)*)", each)] == []


def test_fifty_people_and_thirty_skills_cost_as_many_queries_as_one(
    adas: Client, ada: Person, person: MakePerson, sales_path: Path
) -> None:
    team = [person(f"Person{number}", "Ek", manager=ada) for number in range(50)]
    for number in range(24):
        skill = Skill.objects.create(slug=f"s{number}", name=f"Something people do {number}")
        RoleSkill.objects.create(role=sales_path.role, skill=skill, required_level=Level.WITH_HELP)
    hold(sales_path.role, *team)
    see(team[0], "discovery", 1, ada)
    costs, sizes = [], []
    for size in (1, 50):
        Person.objects.filter(pk__in=[each.pk for each in team]).update(manager=None)
        Person.objects.filter(pk__in=[each.pk for each in team[:size]]).update(manager=ada)
        with CaptureQueriesContext(connection) as queries:
            page = shown(adas)
        sizes.append(len(re.findall("<use [^>]+><title>", page)))
        costs.append(len(queries))
    assert sizes == [30, 1500]
    assert costs == [11, 11]  # nobody has a plan to read


def test_a_large_map_travels_small(
    adas: Client, ada: Person, person: MakePerson, sales_path: Path
) -> None:
    team = [person(f"Person{number}", "Ek", manager=ada) for number in range(50)]
    for number in range(24):
        skill = Skill.objects.create(slug=f"s{number}", name=f"Something people do {number}")
        RoleSkill.objects.create(role=sales_path.role, skill=skill, required_level=Level.WITH_HELP)
    hold(sales_path.role, *team)
    response = adas.get("/team/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 60_000
