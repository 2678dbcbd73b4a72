"""Files that are not the published tables: each is refused with the place and what to do."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from learning.onet.files import File, Kind
from learning.onet.reading import read_database
from learning.onet.refusals import AS_IT_IS, TABLE_LIMIT, OnetError
from tests.learning.onet import OCCUPATIONS, TASKS, files, zipped


def refusal(*given: File) -> OnetError:
    with pytest.raises(OnetError) as refused:
        read_database(given)
    return refused.value


def of_tasks(content: str | bytes) -> str:
    occupations, tasks = files(tasks=content)
    error = refusal(occupations, tasks)
    assert error.about is tasks
    return str(error).removesuffix(f" {AS_IT_IS}")


def of_zip(content: bytes) -> str:
    return str(refusal(File("db.zip", content)))


def test_a_missing_column_is_named_with_what_to_do() -> None:
    occupations, tasks = files(tasks=TASKS.replace("\tTask Type", "\tKind", 1))
    assert str(refusal(occupations, tasks)) == (
        "Task Statements.txt, line 1: the column “Task Type” is missing. Download the "
        "tab-delimited text version of the database from onetcenter.org and upload it as it is."
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Task Statements.txt is empty."),
        (b"\xff\xfe", "Task Statements.txt is empty."),
        (b"\x0b\x0c\n", "Task Statements.txt is empty."),
        ("<!DOCTYPE html>\n<html>", "Task Statements.txt is a web page or XML, whatever its name"),
        (b"%PDF-1.7", "Task Statements.txt is not a text file."),
        (b"\x1f\x8b\x08", "Task Statements.txt is not a text file."),
        (TASKS.replace("\t", ","), "line 1: the columns “O*NET-SOC Code”, “Task ID”, “Task” and"),
        (TASKS.split("\n")[0], "Task Statements.txt has headings and no rows."),
        (TASKS.encode("utf-16-le"), "line 1: there are characters that no text has."),
        (TASKS.encode("utf-16")[:-1], "Task Statements.txt is damaged or cut off."),
        (TASKS.encode() + b"13-2011.01\t9\tCaf\x81\n", "line 9: this is neither UTF-8 nor Win"),
        (TASKS + "13-2011.01\t9\tRing the \a.\tCore", "line 9: there are characters that no text"),
        (TASKS + "13-2011.01\tnine\tPrepare.\tCore", "line 9: column “Task ID”: “nine” is no num"),
        (TASKS + f"13-2011.01\t{2**31}\tPrepare.\tCore", "line 9: column “Task ID”: “2147483648”"),
        (TASKS + "13-2011.01\t9\t\tCore", "line 9: column “Task”: the cell is empty."),
        (TASKS + f"13-2011.01\t9\t{'x' * 5_001}", "“Task”: the text has more than 5,000 charac"),
        (TASKS + "13-2011.01\t9\tPrepare\tit\tCore\t\t\t\tx", "line 9: it has 9 cells, and there"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(content: str | bytes, told: str) -> None:
    assert told in of_tasks(content)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("nonsense\tTitle\tText", "line 6: column “O*NET-SOC Code”: “nonsense” is no code like"),
        ("11-1011.00\t\tText", "line 6: column “Title”: the cell is empty."),
        (f"11-1011.00\t{'x' * 151}\tText", "“Title”: the text has more than 150 characters."),
    ],
)
def test_an_occupation_that_is_none_says_where(row: str, told: str) -> None:
    occupations, tasks = files(OCCUPATIONS + row)
    error = refusal(occupations, tasks)
    assert told in str(error)
    assert error.about is occupations


def test_a_table_alone_asks_for_the_other() -> None:
    occupations, tasks = files()
    assert refusal(occupations).missing == Kind.TASKS
    assert refusal(tasks).missing == Kind.OCCUPATIONS
    assert str(refusal(tasks)) == "The table “Occupation Data.txt” is missing: add it."


def test_two_tables_of_one_kind_are_refused_at_the_second() -> None:
    occupations, tasks = files(tasks=OCCUPATIONS)
    error = refusal(occupations, tasks)
    assert error.about is tasks
    assert "holds the same kind of table as Occupation Data.txt" in str(error)


def test_tables_that_have_nothing_in_common_are_refused() -> None:
    told = of_tasks(TASKS.replace("\n1", "\n2"))
    assert "7 tasks were left out" in told
    assert told.endswith("The two tables are not of one release.")


def test_a_zip_without_the_tables_says_which_it_lacks() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("holiday.txt", "sun")
    told = "db.zip holds neither “Occupation Data.txt” nor “Task Statements.txt”."
    assert told in of_zip(content.getvalue())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("db_30_3_excel/Occupation Data.xlsx", "PK")
    assert "db.zip is the Excel version." in of_zip(content.getvalue())


def test_a_zip_with_a_table_twice_asks_to_unpack_it() -> None:
    told = of_zip(zipped({"older/Task Statements.txt": b""}))
    assert told == (
        "db.zip holds “Task Statements.txt” more than once. Unpack it, and upload the two tables."
    )


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 broken", zipped()[:-40], zipped()[:200]],
    ids=["no-entry", "end-missing", "middle-missing"],  # a zip has the time it was made in it
)
def test_a_damaged_zip_is_told(content: bytes) -> None:
    assert of_zip(content) == "db.zip is damaged or cut off. Download it again."


def test_a_zip_with_a_password_is_told() -> None:
    locked = bytearray(zipped())
    entry = locked.rindex(b"PK\x01\x02")
    locked[entry + 8] |= 1
    assert "db.zip is protected by a password." in of_zip(bytes(locked))


def test_a_zip_bomb_is_refused_unread() -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Occupation Data.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(200):
            member.write(bytes(2**20))
    bomb = content.getvalue()
    assert len(bomb) < 2**20
    tracemalloc.start()
    assert "db.zip holds a “Occupation Data.txt” of more than 16 MB." in of_zip(bomb)
    assert tracemalloc.get_traced_memory()[1] < 2**20
    tracemalloc.stop()


def test_a_zip_that_lies_about_its_size_yields_no_more_than_it_says() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Task Statements.txt", bytes(2 * TABLE_LIMIT))
    lying = bytearray(content.getvalue())
    entry = lying.rindex(b"PK\x01\x02")
    lying[entry + 24 : entry + 28] = struct.pack("<L", 10)
    assert of_zip(bytes(lying)) == "db.zip is damaged or cut off. Download it again."


def test_a_zip_of_very_many_files_is_refused_before_they_are_listed() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(1_001):
            archive.writestr(str(number), "")
    assert "db.zip holds too many files to be the O*NET database." in of_zip(content.getvalue())


def test_a_table_that_is_too_large_is_refused() -> None:
    told = of_tasks(TASKS.encode() + bytes(TABLE_LIMIT))
    assert told == "Task Statements.txt is larger than 16 MB."


@pytest.mark.parametrize("filler", ["\t", "\n", "x\ty\n", '"'])
def test_a_table_of_next_to_nothing_takes_bounded_memory(filler: str) -> None:
    content = ("Task" + filler * TABLE_LIMIT)[: TABLE_LIMIT - 1].encode()
    tracemalloc.start()
    assert "Task Statements.txt, line 1: the columns" in of_tasks(content)
    assert tracemalloc.get_traced_memory()[1] < 12 * TABLE_LIMIT
    tracemalloc.stop()


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learning.onet.rows.TASK_LIMIT", 5)
    assert of_tasks(TASKS) == "Task Statements.txt has more than 5 tasks."
