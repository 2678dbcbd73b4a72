"""Encodings of exports: certain where they can be, told with an example where they are guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.people.exports import ExportError, read_table

PEOPLE = {
    "Danish": "Sørensen;Bjørn;Århus\nKjær;Åse;København",
    "French": "Lefèvre;Chloé;Orléans\nGarçon;Benoît;Nîmes",
    "German": "Müller;Jürgen;Köln\nWeiß;Käthe;Gießen",
    "German and French": "Müller;Renée;Köln\nJäger;François;Düsseldorf\nGroß;Hélène;Würzburg",
    "Hungarian": "Szőke;Győző;Győr\nFűtő;Ágnes;Pécs",
    "Irish": "O’Brien;Seán;Dublin – HQ",
    "one accent": "Smith;José;London",
    "Czech": "Dvořák;Jiří;Plzeň\nČerný;Tomáš;Děčín",
    "Polish": "Wiśniewska;Łucja;Łódź\nŻak;Paweł;Gdańsk",
    "a Pole in Germany": "Müller;Jürgen;Köln\nJäger;Michał;Düsseldorf",
    "Russian": "Иванов;Сергей;Москва",
    "Spanish": "Núñez;José;León\nPeña;Íñigo;Cádiz",
    "Swedish": "Lindqvist;Åsa;Malmö\nSjögren;Pär;Göteborg",
    "Turkish": "Yılmaz;Şükrü;İstanbul\nÇelik;Gülşen;Muğla",
}
LEGACY = ("cp1252", "cp1250", "iso8859_15", "iso8859_2", "mac_roman", "cp1254", "cp1251")


def encodable() -> list[tuple[str, str]]:
    found = []
    for name, people in PEOPLE.items():
        for codec in LEGACY:
            if people.encode(codec, "ignore").decode(codec) == people:
                found.append((name, codec))
    return found


@pytest.mark.parametrize(("language", "codec"), encodable())
def test_names_in_an_encoding_of_before_utf_8_come_out_right(language: str, codec: str) -> None:
    people = PEOPLE[language]
    table = read_table(f"Last name;First name;Site\n{people}\n".encode(codec))
    assert [cells for _, cells in table.lines] == [
        [" ".join(cell.split()) for cell in line.split(";")] for line in people.splitlines()
    ]


def test_a_guess_is_told_with_a_word_that_shows_whether_it_is_right() -> None:
    table = read_table("Last name;First name;Email\nMüller;Ada;a@b.c\n".encode("cp1252"))
    (note,) = table.notes
    assert "it was read as Windows-1252, so that it says 'Müller'" in note
    assert "save it as 'CSV UTF-8'" in note


@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_unicode_is_read_as_it_stands_and_not_commented(names: list[str], codec: str) -> None:
    table = read_table(
        "\n".join(["Email,First Name", *(f"a@b.c,{x}" for x in names)]).encode(codec)
    )
    assert [cells[1] for _, cells in table.lines] == names
    assert table.notes == []


@pytest.mark.parametrize(
    "content",
    [
        "Email,First Name\na@b.c,Jürgen Müller\nc@d.e,J\N{BLACK SQUARE}".encode()[:-1],
        "Email,First Name\na@b.c,Jürgen Käse Ö\n".encode() + b"c@d.e,J\xfcrgen\n",
        "Email,First Name\na@b.c,Ada\n".encode("utf-16")[:-1],
    ],
)
def test_damaged_unicode_is_refused_rather_than_guessed(content: bytes) -> None:
    with pytest.raises(ExportError, match="This file is damaged text from line"):
        read_table(content)
