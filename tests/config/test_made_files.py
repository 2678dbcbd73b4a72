"""Static files that are made when they are asked for: the same for whoever asks."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path as Folder

import pytest
from django.contrib.staticfiles.finders import find
from fontTools.ttLib import TTFont
from pytest_django import Settings

from config import made_files
from config.made_files import Made, MadeFilesFinder
from console import icons
from console.unfold import NAVIGATION
from portal.stylesheet import SOURCES, joined
from tenants.companies.models import Company
from tests.portal.cast import Visit

STYLESHEET = "portal/portal.css"


class Sources:
    """What a file is made of, and how often it was made."""

    def __init__(self) -> None:
        self.text, self.times = "as it was before", 0

    def make(self, text: str) -> bytes:
        self.times += 1
        return text.upper().encode()


@pytest.fixture
def sources(settings: Settings, tmp_path: Folder, monkeypatch: pytest.MonkeyPatch) -> Sources:
    settings.VAR = tmp_path
    sources = Sources()
    made = Made("a/b.css", lambda: sources.text, sources.make)
    monkeypatch.setattr(made_files, "MADE", (made,))
    return sources


def test_file_is_found_under_its_one_name_only(sources: Sources, tmp_path: Folder) -> None:
    finder = MadeFilesFinder()
    found = finder.find("a/b.css")
    assert Folder(found).read_text() == "AS IT WAS BEFORE"
    assert Folder(found).is_relative_to(tmp_path / "made")
    assert finder.find("a/b.css", find_all=True) == [found]
    assert finder.find("b.css") == []
    assert [(name, storage.path(name)) for name, storage in finder.list(None)] == [
        ("a/b.css", found)
    ]


def test_file_is_made_once_and_follows_its_sources(sources: Sources) -> None:
    finder = MadeFilesFinder()
    assert finder.find("a/b.css") == finder.find("a/b.css")
    assert sources.times == 1
    sources.text = "as it is now"
    assert Folder(finder.find("a/b.css")).read_text() == "AS IT IS NOW"


def test_whoever_reads_while_others_make_it_gets_the_whole(sources: Sources) -> None:
    finder = MadeFilesFinder()
    with ThreadPoolExecutor(8) as pool:
        for number in range(20):
            sources.text = f"{number} " * 50_000
            found = set(pool.map(lambda _: finder.find("a/b.css"), range(8)))
            assert {Folder(path).read_text() for path in found} == {sources.text}
    assert [file.name for file in Folder(found.pop()).parent.iterdir()] == ["b.css"]


def test_what_is_there_stays_whoever_else_makes_it(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever serves it has noted its size: another's, a byte longer, would be cut."""
    finder, begun = MadeFilesFinder(), []

    def make(text: str) -> bytes:
        begun.append(text)
        if len(begun) == 1:
            finder.find("a/b.css")  # another process, in between
            return b"by whoever was slower"
        return b"by the first"

    monkeypatch.setattr(made_files, "MADE", (Made("a/b.css", lambda: "x", make),))
    assert Folder(finder.find("a/b.css")).read_bytes() == b"by the first"
    assert len(begun) == 2
    assert [file.name for file in Folder(finder.find("a/b.css")).parent.iterdir()] == ["b.css"]


def test_icons_are_cut_the_same_by_every_process() -> None:
    ask = (
        "import django, hashlib; django.setup(); from console import icons; "
        "print(hashlib.sha256(icons.cut(icons.names())).hexdigest())"
    )
    cut = [
        subprocess.run(
            [sys.executable, "-c", ask],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert cut[0] == cut[1] != ""


def test_stylesheet_is_every_file_in_the_order_of_their_names() -> None:
    files = sorted(SOURCES.glob("*.css"))
    places = [joined().index(file.read_text()) for file in files]
    assert len(files) > 20
    assert places == sorted(places)
    assert files[0].name == "10-tokens.css"
    assert Folder(str(find(STYLESHEET))).read_text() == joined()


def test_stylesheet_travels_compressed(visit: Visit, acme: Company) -> None:
    sent = visit(acme).get(f"/static/{STYLESHEET}", headers={"accept-encoding": "gzip"})
    assert sent["Content-Type"].startswith("text/css")
    assert sent["Content-Encoding"] == "gzip"
    assert len(sent.getvalue()) < len(joined()) / 2


def test_icons_are_those_that_pages_show_and_few_more() -> None:
    content = Folder(str(find(icons.FONT))).read_bytes()
    assert len(content) < 50_000
    shown = {name for name, _ in icons.ligatures(TTFont(BytesIO(content)))}
    navigation = {item["icon"] for group in NAVIGATION for item in group["items"]}
    assert navigation | {"drag_indicator", "dark_mode", "logout", "calendar_today"} <= shown
    assert not shown & {"rocket_launch", "sailing"}, "nobody names them"
