"""What the tests of the wizard have in common."""

from typing import Any

from learning.models import AssignmentDraft
from tenants.people.models import Person

START = "/admin/learning/assignment/give/"
WORDS = {
    "claim": "close deals faster",
    "because": "two of your demos ended without a next meeting",
    "sign": "every demo ends with a date in both calendars",
}


class Wizard:
    """``Wizard(client, path)``: somebody who presses the buttons of the wizard, as pages say."""

    def __init__(self, client: Any, path: Any) -> None:
        self.client = client
        answer = client.post(START, {"path": path.pk})
        assert answer.status_code == 302
        self.draft = AssignmentDraft.objects.latest("pk")

    def at(self, step: str) -> str:
        return f"{START}{self.draft.uid}/{step}/"

    def look(self, step: str, **asked: Any) -> Any:
        return self.client.get(self.at(step), asked)

    def press(self, step: str, go: str, **sent: Any) -> Any:
        return self.client.post(self.at(step), {"go": go, **sent}, follow=True)

    def choose(self, *people: Person) -> Any:
        return self.press("people", "next", chosen=[person.pk for person in people])

    def frame(self, go: str = "next", **changes: Any) -> Any:
        outcome = self.draft.path.role.outcomes.get(slug="close-faster").pk
        return self.press("framing", go, **{"outcome": outcome, **WORDS, **changes})

    def assign(self) -> Any:
        seen = self.look("assign").context["seen"]
        return self.press("assign", "assign", seen=seen)

    def chosen(self) -> set[str]:
        return set(self.draft.people.values_list("given_name", flat=True))
