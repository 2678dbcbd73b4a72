"""What an integrator writes with the client that was generated from our schema.

Run by `test_generated_client` in a process of its own: address, host and token are its arguments.
"""

# mypy: disable-error-code="import-not-found"
# The package is made by the test, and is gone after it.

import sys
import time

import httpx
from throughline_api_client import AuthenticatedClient
from throughline_api_client.api.assignments import (
    assign_path,
    retrieve_assignment,
    undo_withdrawal,
    withdraw_assignment,
)
from throughline_api_client.api.learning_records import list_learning_records
from throughline_api_client.api.people import (
    change_person,
    list_people,
    retrieve_person_by_external_id,
)
from throughline_api_client.api.people_syncs import push_people
from throughline_api_client.models import (
    Assigned,
    AssignmentWithPlan,
    FinishedRun,
    Framing,
    LearningRecordPage,
    LearningReference,
    NewAssignments,
    PatchedChanges,
    People,
    Person,
    PersonReference,
    Problem,
    Push,
    Row,
)
from throughline_api_client.types import UNSET, Unset

DAY = "2026-11-02"


def people(client: AuthenticatedClient) -> None:
    rows = [
        Row(external_id="G-1", given_name="Mia", family_name="Sand", email="mia@acme.example"),
        Row(external_id="G-2", given_name="Ole", hired_on=DAY, manager_external_id="G-1"),
    ]
    key = '"generated-1"'
    first = push_people.sync(client=client, body=Push(rows=rows), idempotency_key=key)
    again = push_people.sync(client=client, body=Push(rows=rows), idempotency_key=key)
    assert isinstance(first, FinishedRun)
    assert first == again
    assert first.counts.created == 2

    ole = retrieve_person_by_external_id.sync("G-2", client=client)
    assert isinstance(ole, Person)
    assert (ole.given_name, str(ole.hired_on)) == ("Ole", DAY)
    assert ole.manager
    assert ole.manager.external_id == "G-1"

    found = list_people.sync(client=client, manager=ole.manager.uid)
    assert isinstance(found, People)
    assert [person.uid for person in found.people] == [ole.uid]

    read = retrieve_person_by_external_id.sync_detailed("G-2", client=client)
    patch = PatchedChanges(job_title="Sales Lead")
    tag = read.headers["ETag"]
    changed = change_person.sync(ole.uid, client=client, body=patch, if_match=tag)
    assert isinstance(changed, Person)
    assert changed.job_title == "Sales Lead"
    stale = change_person.sync(ole.uid, client=client, body=patch, if_match=tag)
    assert isinstance(stale, Problem)
    assert stale.status == 412


def an_assignment(client: AuthenticatedClient) -> None:
    body = NewAssignments(
        path=LearningReference(slug="account-executive-first-deals"),
        people=[PersonReference(external_id="G-2")],
        outcome=LearningReference(slug="close-faster"),
        framing=Framing(
            claim="close deals faster",
            because="two of your demos ended without a next meeting",
            sign="every demo ends with a date in both calendars",
        ),
    )
    assigned = assign_path.sync(client=client, body=body)
    assert isinstance(assigned, Assigned), assigned
    [given] = assigned.assignments
    whole = retrieve_assignment.sync(given.uid, client=client)
    assert isinstance(whole, AssignmentWithPlan)
    assert whole.plan

    withdrawn = withdraw_assignment.sync(given.uid, client=client)
    assert isinstance(withdrawn, AssignmentWithPlan)
    assert withdrawn.status == "withdrawn"
    back = undo_withdrawal.sync(given.uid, client=client)
    assert isinstance(back, AssignmentWithPlan)
    assert back.status == whole.status


def the_feed(client: AuthenticatedClient) -> None:
    """What was done above comes, once every transaction that began before it has ended."""
    kinds: set[str] = set()
    after: str | Unset = UNSET
    deadline = time.monotonic() + 60
    while not {"assignment.created", "assignment.withdrawn"} <= kinds:
        assert time.monotonic() < deadline, kinds
        page = list_learning_records.sync(client=client, limit=2, after=after)
        assert isinstance(page, LearningRecordPage), page
        kinds |= {record.kind.value for record in page.records}
        after = page.next_
        if not page.more:
            time.sleep(0.1)


def main(address: str, host: str, token: str) -> None:
    client = AuthenticatedClient(
        base_url=address, token=token, headers={"Host": host}, timeout=httpx.Timeout(30)
    )
    people(client)
    an_assignment(client)
    the_feed(client)


if __name__ == "__main__":
    main(*sys.argv[1:])
