"""The headings of each HRIS, what is proposed for them, and what a company decides."""

import pytest

from tenants.people.exports import (
    FIELDS,
    ExportError,
    Table,
    plain,
    propose,
    read_export,
    read_rows,
    read_table,
)

HRIS = {
    "BambooHR": {
        "Employee #": "employee_number",
        "First Name": "given_name",
        "Last Name": "family_name",
        "Preferred Name": "preferred_name",
        "Work Email": "email",
        "Job Title": "job_title",
        "Department": "department",
        "Location": "location",
        "Supervisor EID": "manager_employee_number",
        "Reporting to": "manager_name",
        "Manager's email": "manager_email",
        "Hire Date": "hired_on",
        "Termination Date": "ended_on",
        "Employment Status": "employment_status",
        "Status": "account_status",
        "Home Email": "",
        "Birth Date": "",
    },
    "Workday": {
        "Employee ID": "employee_number",
        "Legal Name - First Name": "given_name",
        "Legal Name - Last Name": "family_name",
        "Preferred Name - First Name": "preferred_name",
        "Email - Primary Work": "email",
        "User Name": "user_name",
        "Business Title": "job_title",
        "Job Profile": "",
        "Supervisory Organization": "department",
        "Location": "location",
        "Worker's Manager(s)": "manager_name",
        "Hire Date": "hired_on",
        "Original Hire Date": "",
        "Termination Date": "ended_on",
        "Worker Status": "employment_status",
        "Email - Primary Home": "",
    },
    "Personio": {
        "ID": "external_id",
        "Employee number": "employee_number",
        "First name": "given_name",
        "Last name": "family_name",
        "Preferred name": "preferred_name",
        "Email": "email",
        "Position": "job_title",
        "Department": "department",
        "Team": "",
        "Office": "location",
        "Supervisor": "manager_name",
        "Hire date": "hired_on",
        "End of employment": "ended_on",
        "Last day of work": "",
        "Contract end date": "",
        "Status": "account_status",
        "Employment type": "",
    },
    "Personio in German": {
        "Personalnummer": "employee_number",
        "Vorname": "given_name",
        "Nachname": "family_name",
        "E-Mail": "email",
        "Position": "job_title",
        "Abteilung": "department",
        "Standort": "location",
        "Vorgesetzte(r)": "manager_name",
        "E-Mail des Vorgesetzten": "manager_email",
        "Einstellungsdatum": "hired_on",
        "Ende des Arbeitsverhältnisses": "ended_on",
        "Kündigungsdatum": "",
        "Vertragsende": "",
        "Status": "account_status",
        "Private E-Mail": "",
        "Gehalt": "",
    },
    "HiBob": {
        "Display name": "",
        "First name": "given_name",
        "Last name": "family_name",
        "Email": "email",
        "Employee ID": "employee_number",
        "Job title": "job_title",
        "Department": "department",
        "Site": "location",
        "Reports to": "manager_name",
        "Reports to email": "manager_email",
        "Start date": "hired_on",
        "Termination date": "ended_on",
        "Lifecycle status": "employment_status",
        "Personal email": "",
    },
    "ADP": {
        "Associate ID": "external_id",
        "File Number": "employee_number",
        "Position ID": "",
        "Legal First Name": "given_name",
        "Legal Last Name": "family_name",
        "Preferred or Chosen First Name": "preferred_name",
        "Work Contact: Work Email (Personal Profile)": "email",
        "Personal Contact: Personal Email": "",
        "Job Title Description": "job_title",
        "Home Department Code": "",
        "Home Department Description (Employment Profile)": "department",
        "Location Description": "location",
        "Reports To Name": "manager_name",
        "Reports To Associate ID": "manager_external_id",
        "Hire Date": "hired_on",
        "Rehire Date": "rehired_on",
        "Hire/Rehire Date": "",
        "Termination Date": "ended_on",
        "Position Status": "employment_status",
    },
    "UKG": {
        "Employee Number": "employee_number",
        "Employee Id": "external_id",
        "First Name": "given_name",
        "Last Name": "family_name",
        "Primary e-mail": "email",
        "Username": "user_name",
        "Job": "job_title",
        "Department": "department",
        "Location": "location",
        "Supervisor Employee Number": "manager_employee_number",
        "Supervisor Name": "manager_name",
        "Original Hire Date": "hired_on",
        "Last Hire Date": "rehired_on",
        "Termination Date": "ended_on",
        "Employment Status Code": "employment_status",
    },
}


def table(*lines: str) -> Table:
    return read_table("\n".join(lines).encode())


def proposed(*lines: str) -> list[str]:
    return [column.field for column in propose(table(*lines))]


@pytest.mark.parametrize("name", HRIS)
def test_the_headings_of_an_hris_are_recognised(name: str) -> None:
    headings = HRIS[name]
    people = Table(list(headings), [(2, [""] * len(headings))])
    assert {column.heading: column.field for column in propose(people)} == headings


def test_every_proposal_can_be_chosen_from_the_fields() -> None:
    fields = {field for headings in HRIS.values() for field in headings.values()} - {""}
    assert fields <= FIELDS.keys()
    assert all(FIELDS.values())


def test_a_column_shows_three_different_values() -> None:
    column, _ = propose(table("Site,Email", "Rom,", "Rom,", ",", "Oslo,", "Bonn,", "Wien,"))
    assert column.samples == ["Rom", "Oslo", "Bonn"]


@pytest.mark.parametrize(
    "heading", ["E-Mail", "EMAIL", "Work_Email", "Email (work)", "E-mail *", "Email [required]"]
)
def test_case_marks_and_notes_in_brackets_do_not_matter(heading: str) -> None:
    assert proposed(f"{heading},First Name", "a@b.c,Ada")[0] == "email"


@pytest.mark.parametrize("heading", ["Email (private)", "Personal Email", "E-Mail (privat)"])
def test_private_addresses_are_not_proposed(heading: str) -> None:
    assert proposed(f"{heading},First Name", "a@b.c,Ada")[0] == ""


def test_of_two_columns_that_say_the_same_the_first_is_proposed() -> None:
    lines = ("Email,First Name,Work E-mail", "a@b.c,Ada,a@b.c")
    assert proposed(*lines) == ["email", "given_name", ""]
    with pytest.raises(
        ExportError, match=r"'Email' and 'Work E-mail' say the same \(work e-mail\)"
    ):
        read_export("\n".join(lines).encode())


def test_what_a_company_chose_before_wins() -> None:
    people = table("Kostenstelle,Email,Private Email,First Name", "Sales,a@b.c,x@y.z,Ada")
    remembered = {plain("KOSTENSTELLE "): "department", "email": "", "privateemail": "email"}
    fields = [column.field for column in propose(people, remembered)]
    assert fields == ["department", "", "email", "given_name"]
    (row,) = read_rows(people, fields).rows
    assert row == {"line": 2, "department": "Sales", "email": "x@y.z", "given_name": "Ada"}


def test_what_was_chosen_is_not_promoted_to_something_else() -> None:
    people = table("Preferred Name,Email", "Ada,a@b.c")
    assert [column.field for column in propose(people)] == ["given_name", "email"]
    kept = propose(people, {"preferredname": "preferred_name"})
    assert [column.field for column in kept] == ["preferred_name", "email"]


def test_a_memory_that_contradicts_itself_or_the_fields_does_no_harm() -> None:
    people = table("Site,Office,Email,Nonsense", "Rom,Rom,a@b.c,x")
    remembered = {"site": "location", "office": "location", "email": "salary", "nonsense": "x"}
    assert [column.field for column in propose(people, remembered)] == ["location", "", "email", ""]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (["email", "email", "given_name"], "Columns 'a' and 'b' say the same (work e-mail)"),
        (["", "department", "given_name"], "No column tells people apart"),
        (["email", "given_name"], "The file has 3 columns and 2 were chosen"),
        (["email", "given_name", "salary"], "'salary' is no field of a person"),
    ],
)
def test_a_choice_that_cannot_be_read_says_why(fields: list[str], told: str) -> None:
    with pytest.raises(ExportError) as refused:
        read_rows(table("a,b,c", "1,2,3"), fields)
    assert told in str(refused.value)


def test_without_names_only_who_is_here_can_be_updated() -> None:
    export = read_rows(table("a,b", "a@b.c,Chief"), ["email", "job_title"])
    assert export.rows == [{"line": 2, "email": "a@b.c", "job_title": "Chief"}]
    assert "nobody new can come" in export.notes[0]


def test_what_our_own_download_guarded_reads_as_it_was() -> None:
    guarded = table("Email,First Name", '"a@b.c",\'=Eve', "b@b.c,'s Gravesande", "c@b.c,'-Bo")
    names = [cells[1] for _, cells in guarded.lines]
    assert names == ["=Eve", "'s Gravesande", "-Bo"]


def test_columns_without_a_field_are_named_and_not_read() -> None:
    export = read_rows(table("a,b,,c", "1,2,3,4"), ["email", "given_name", "", ""])
    assert export.ignored_columns == ["c"]
    assert export.rows == [{"line": 2, "email": "1", "given_name": "2"}]


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        (
            ("Employee #,ID,First Name,Manager ID", "7,x1,Ada,", "8,x2,Bo,7"),
            "manager_employee_number",
        ),
        (("Employee #,ID,First Name,Manager ID", "7,x1,Ada,", "8,x2,Bo,x1"), "manager_external_id"),
        (("Employee #,ID,First Name,Manager ID", "7,x1,Ada,", "8,x2,Bo,99"), ""),
        (("Employee #,ID,First Name,Manager", "7,x1,Ada,", "8,x2,Bo,a@b.c"), "manager_email"),
        (("Employee #,ID,First Name,Manager", "7,x1,Ada,", "8,x2,Bo,7"), "manager_employee_number"),
        (("Employee #,ID,First Name,Manager", "7,x1,Ada,", "8,x2,Bo,Ada L."), "manager_name"),
        (("File #,ID,First Name,Manager Employee ID", "7,x,A,", "8,y,B,x"), "manager_external_id"),
    ],
)
def test_the_values_tell_what_a_manager_column_holds(lines: tuple[str, ...], field: str) -> None:
    assert proposed(*lines)[3] == field


def test_a_manager_id_of_no_known_kind_is_left_out_with_a_note() -> None:
    export = read_export(b"Employee #,First Name,Manager ID\n7,Ada,\n8,Bo,99\n")
    assert export.ignored_columns == ["Manager ID"]
    assert export.notes == [
        "'Manager ID' was not read: it does not say which id it holds, and its values are no ids "
        "of people in this file."
    ]


@pytest.mark.parametrize("heading", ["Worker", "Employee Name", "Display name", "Employee", "Name"])
@pytest.mark.parametrize(
    ("whole", "given", "family"),
    [
        ("Lindqvist, Ada", "Ada", "Lindqvist"),
        ("Ada Lindqvist", "Ada", "Lindqvist"),
        ("Ada Maria van der Berg (On Leave)", "Ada Maria", "van der Berg"),
        ("Ada Lindqvist, PhD", "Ada", "Lindqvist"),
        ("Ada de la Cruz [C]", "Ada", "de la Cruz"),
    ],
)
def test_a_name_in_one_cell_is_split(heading: str, whole: str, given: str, family: str) -> None:
    export = read_export(f'Email,{heading}\na@b.c,"{whole}"\n'.encode())
    assert export.rows == [
        {"line": 2, "email": "a@b.c", "given_name": given, "family_name": family}
    ]
    assert f"'{whole}' was read as first name '{given}'" in export.notes[0]


def test_a_single_word_is_a_first_name() -> None:
    (row,) = read_export(b"Email,Full Name\na@b.c,Madonna\n").rows
    assert (row["given_name"], row["family_name"]) == ("Madonna", "")


def test_name_beside_vorname_is_a_family_name() -> None:
    assert proposed("Name,Vorname,E-Mail", "Lindqvist,Ada,a@b.c")[0] == "family_name"


def test_a_preferred_first_name_is_the_first_name_where_there_is_no_other() -> None:
    headings = "Employee ID,Preferred Name - First Name,Preferred Name - Last Name"
    assert proposed(headings, "7,Ada,Lindqvist")[1:] == ["given_name", "family_name"]


def test_a_preferred_name_does_not_repeat_the_family_name() -> None:
    (row,) = read_export(b"ID,First Name,Last Name,Preferred Name\n7,Adelaide,Lee,Ada Lee\n").rows
    assert row["preferred_name"] == "Ada"
