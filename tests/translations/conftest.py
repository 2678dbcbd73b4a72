"""Acme on a full day, as every page is looked at elsewhere."""

from collections.abc import Callable
from pathlib import Path as Folder

import pytest
from time_machine import Traveller

from learning.models import Assignment, Path
from tenants.people.models import Person
from tests.browser.world import MakePerson, Tools, World, build


@pytest.fixture
def world(
    clock: Traveller,
    person: MakePerson,
    assign: Callable[[Person], Assignment],
    sales_path: Path,
    stored: Folder,
    olive: Person,
    ada: Person,
    lee: Person,
    nia: Person,
) -> World:
    tools = Tools(clock, person, assign, sales_path)
    return build(tools, olive=olive, ada=ada, lee=lee, nia=nia)
