"""The portal's one stylesheet: joined from its files, the same for whoever asks."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path as Folder

import pytest
from django.contrib.staticfiles.finders import find
from pytest_django import Settings

from portal.stylesheet import SOURCES, StylesheetFinder, joined
from tenants.companies.models import Company
from tests.portal.cast import Visit

NAME = "portal/portal.css"


@pytest.fixture
def folder(settings: Settings, tmp_path: Folder) -> Folder:
    settings.VAR = tmp_path
    return tmp_path / "styles"


def test_it_is_every_file_in_the_order_of_their_names() -> None:
    files = sorted(SOURCES.glob("*.css"))
    places = [joined().index(file.read_text()) for file in files]
    assert len(files) > 20
    assert places == sorted(places)
    assert files[0].name == "10-tokens.css"


def test_it_is_found_under_its_one_name_only(folder: Folder) -> None:
    finder = StylesheetFinder()
    assert finder.find(NAME) == str(folder / "portal.css")
    assert finder.find(NAME, find_all=True) == [str(folder / "portal.css")]
    assert finder.find("portal/another.css") == []
    assert [name for name, _storage in finder.list(None)] == ["portal.css"]
    assert find(NAME)


def test_it_follows_its_files(folder: Folder) -> None:
    made = Folder(StylesheetFinder().find(NAME))
    made.write_text("/* as it was before */")
    assert Folder(StylesheetFinder().find(NAME)).read_text() == joined()


def test_whoever_reads_while_others_make_it_gets_the_whole(folder: Folder) -> None:
    made, whole = Folder(StylesheetFinder().find(NAME)), joined()
    with ThreadPoolExecutor(8) as pool:
        for _ in range(20):
            made.write_text("/* as it was before */")
            found = pool.map(lambda _: StylesheetFinder().find(NAME), range(8))
            assert {Folder(path).read_text() for path in found} == {whole}
    assert [file.name for file in folder.iterdir()] == ["portal.css"]


def test_it_travels_compressed(visit: Visit, acme: Company) -> None:
    sent = visit(acme).get(f"/static/{NAME}", headers={"accept-encoding": "gzip"})
    assert sent["Content-Type"].startswith("text/css")
    assert sent["Content-Encoding"] == "gzip"
    assert len(sent.getvalue()) < len(joined()) / 2
