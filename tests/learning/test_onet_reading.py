"""The two tables, however they come: as published, zipped, swapped, saved again by a program."""

import pytest

from learning.onet.files import File
from learning.onet.reading import read_database
from learning.onet.releases import release_in, release_typed
from tests.learning.onet import NAMES, OCCUPATIONS, TASKS, files, zipped


def test_the_published_tables_are_read() -> None:
    database = read_database(files())
    assert len(database.occupations) == 4
    assert database.occupations[1][:2] == ("13-2011.01", "Accountants")
    assert database.tasks[0].text == "Resolve customer complaints regarding sales and service."
    assert database.tasks[2].text == 'Conduct "head counts" at fairs.'
    assert database.notes == []


def test_a_task_that_is_not_called_core_is_supplemental() -> None:
    core = {task.number for task in read_database(files()).tasks if task.core}
    assert core == {1, 2, 4, 5}


def test_the_zip_is_read_as_it_is_published() -> None:
    database = read_database([File("db_30_3_text.zip", zipped({"db_30_3_text/Skills.txt": b"x"}))])
    assert len(database.tasks) == 7
    assert database.release == "O*NET 30.3"


def test_what_a_mac_adds_to_a_zip_is_not_read() -> None:
    content = zipped({"__MACOSX/db_30_3_text/Task Statements.txt": b"\0\5\26\7"})
    assert len(read_database([File("onet.zip", content)]).tasks) == 7


def test_swapped_files_are_taken_right() -> None:
    occupations, tasks = files(TASKS, OCCUPATIONS)
    assert read_database([occupations, tasks]) == read_database(files())


@pytest.mark.parametrize(
    "headings",
    [
        "O*NET-SOC CODE\tTASK ID\tTASK\tTASK TYPE",
        "onetsoc_code\ttask_id\ttask\ttask_type",
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\tTitle",  # the Excel version repeats the title
    ],
)
def test_headings_of_other_versions_are_known(headings: str) -> None:
    row = "13-2011.01\t4\tPrepare reports.\tCore"
    (task,) = read_database(files(tasks=f"{headings}\n{row}\n")).tasks
    assert task == ("13-2011.01", 4, "Prepare reports.", True)


def test_columns_may_stand_in_another_order() -> None:
    tasks = "Task\tTask Type\tTask ID\tO*NET-SOC Code\nPrepare reports.\tCore\t4\t13-2011.01\n"
    (task,) = read_database(files(tasks=tasks)).tasks
    assert task == ("13-2011.01", 4, "Prepare reports.", True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_windows_and_excel_are_read(encoding: str) -> None:
    text = OCCUPATIONS.replace("Accountants", "Café Accountants")
    database = read_database(files(text.encode(encoding)))
    assert database.occupations[1].title == "Café Accountants"


def test_a_guessed_encoding_is_said_with_an_example() -> None:
    text = OCCUPATIONS.replace("Accountants", "Café Accountants")
    (note,) = read_database(files(text.encode("cp1252"))).notes
    assert note == (
        "Occupation Data.txt is not UTF-8 (line 3); it was read as Windows-1252, so that it says "
        "“Café Accountants”."
    )


def test_line_ends_blank_lines_and_quotes_of_excel_do_not_matter() -> None:
    again = TASKS.replace('Conduct "head counts" at fairs.', '"Conduct ""head counts"" at fairs."')
    again = again.replace("\n", "\r\n") + "\r\n\t\t\r\n"
    assert read_database(files(tasks=again)).tasks == read_database(files()).tasks


def test_repeated_rows_and_tasks_of_nobody_are_left_out_and_counted() -> None:
    tasks = TASKS + "13-2011.01\t4\tAnother text.\tCore\n11-1011.00\t8\tLead.\tCore\n"
    occupations = OCCUPATIONS + "11-2022.00\tAgain\tTwice.\n" * 2
    database = read_database(files(occupations, tasks))
    assert (len(database.occupations), len(database.tasks)) == (4, 7)
    assert database.notes == [
        "Occupation Data.txt: 2 rows that repeat an earlier one were left out "
        "(the first is line 6).",
        "Task Statements.txt: 1 row that repeats an earlier one was left out "
        "(the first is line 9).",
        "Task Statements.txt: 1 task was left out, as no occupation has the code "
        "(the first is “11-1011.00” on line 10).",
    ]


@pytest.mark.parametrize(
    ("names", "release"),
    [
        (("db_18_1.zip",), "O*NET 18.1"),
        (("Occupation Data.txt", "/db_30_3_text.zip/db_30_3_text"), "O*NET 30.3"),
        (("DB_29_0_TEXT (1).zip",), "O*NET 29.0"),
        (NAMES, ""),
        (("mydb_1_2.zip",), ""),
    ],
)
def test_the_release_is_told_from_names(names: tuple[str, ...], release: str) -> None:
    assert release_in(*names) == release


def test_the_release_that_was_typed_counts_where_names_do_not_tell() -> None:
    assert read_database(files(), release="18.1").release == "O*NET 18.1"
    database = read_database([File("db_30_3_text.zip", zipped())], release="18.1")
    assert database.release == "O*NET 30.3"


@pytest.mark.parametrize(
    ("typed", "release"),
    [("18.1", "O*NET 18.1"), (" o*net 30.3 ", "O*NET 30.3"), ("v29", "O*NET 29"), ("", "")],
)
def test_a_bare_number_is_a_release(typed: str, release: str) -> None:
    assert release_typed(typed) == release
    assert len(release_typed("x" * 100)) == 40
