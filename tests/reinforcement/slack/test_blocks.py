"""Whatever people are called and say, Slack takes the message, and nothing in it comes alive."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.models import Assignment, PlanStep, Skill, Step
from reinforcement.channels.slack.blocks import write
from reinforcement.channels.slack.mrkdwn import bold, escaped, plain
from reinforcement.models import Answer, Brief, BriefItem, Choice, Conversation, Prompt, Question
from reinforcement.reports import Card
from tenants.people.models import Person
from tests.conftest import NOW
from tests.reinforcement.slack.block_kit import buttons_of, faults_of, objects_of

HOSTILE = [
    "<!channel>",
    "<@U0ADA>",
    "<https://evil.example|Your week>",
    "&lt;",
    "*_~`> ",
    "&",
    "\n",
]


def words(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    """What a column of that length may hold: anything but NUL and halves of characters."""
    any_text = st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        min_size=shortest,
        max_size=longest,
    )
    hostile = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=40).map("".join)
    full = st.sampled_from([*HOSTILE, "W", "ß", "👩‍👩‍👧"]).map(lambda part: part * longest)
    return (
        (any_text | hostile | full)
        .map(lambda text: text[:longest])
        .filter(lambda text: len(text) >= shortest)
    )


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """One report as the database could hold them, at the length of each column."""
    report = Person(pk=2, given_name=draw(words(100, 1)), family_name=draw(words(100)))
    report.job_title = draw(words(150))
    framing = {"claim": words(200, 1), "because": words(300, 1), "sign": words(300, 1)}
    item = BriefItem(
        report=report,
        assignment=Assignment(**{name: draw(text) for name, text in framing.items()}),
        why=draw(st.sampled_from(BriefItem.Why.values)),
        moved=draw(st.lists(words(160, 1), max_size=8)),
    )
    if draw(st.booleans()):
        step = PlanStep(
            step=Step(title=draw(words(160, 1))),
            state=draw(st.sampled_from(PlanStep.State.values)),
            intention=draw(words(300)),
        )
        item.plan_step = step
    if draw(st.booleans()):
        item.prompt = Prompt(text=draw(words(390)) + "{name}" * draw(st.integers(0, 60)))
    choices: list[Choice] = []
    if draw(st.booleans()):
        item.question = Question(text=draw(words(300, 1)), skill=Skill())
        choices = [
            Choice(pk=pk, value=f"{'v' * 38}{pk}", label=draw(words(60, 1)))
            for pk in range(draw(st.integers(2, 4)))
        ]
    answer = Answer(choice=choices[0]) if bool(choices) and draw(st.booleans()) else None
    talked = Conversation(held_on=NOW.date()) if draw(st.booleans()) else None
    return Card(item, ["to_do"] * 9, choices, answer, talked)


@settings(max_examples=150)
@given(st.lists(cards(), min_size=1, max_size=5), st.lists(words(200, 1), max_size=30))
def test_any_brief_is_one_that_slack_takes(cards: list[Card], also: list[str]) -> None:
    """None of it makes a link or a mention: not escaped, the schema would refuse it."""
    others = [Person(given_name=name) for name in also]
    brief = Brief(manager=Person(given_name="Ada"), minutes=6)
    message = write(brief, cards, others, week="https://acme.example/week/")
    assert faults_of(message.blocks) == []
    assert is_escaped(message.text)
    assert 0 < len(message.text) <= 4000
    assert all(text["verbatim"] for text in objects_of(message.blocks) if text["type"] == "mrkdwn")
    values = [button.get("value", "") for button in buttons_of(message.blocks)]
    assert all(card.talked or str(card.item.uid) in values for card in cards)
    answers = {f"{card.item.uid} {choice.value}" for card in cards for choice in card.choices}
    assert answers <= set(values)


def is_escaped(text: str) -> bool:
    bare = text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    return not set(bare) & set("&<>")


@given(words(400), st.integers(3, 80))
def test_text_is_cut_after_escaping_and_never_within_an_escape(text: str, longest: int) -> None:
    for cut in (escaped(text, longest), bold(text, longest)):
        assert len(cut) <= longest
        assert is_escaped(cut)
    assert 1 <= len(plain(text, longest)) <= longest


def test_short_text_is_left_as_it_is() -> None:
    assert escaped(" R&D \n <ops> ", 40) == "R&amp;D &lt;ops&gt;"
    assert bold("Ada *the* Great", 40) == "*Ada the Great*"
    assert bold(" * ", 40) == ""
    assert plain("\n", 40) == "…"


def wrong(**change: object) -> list[object]:
    """One block that is right but for this."""
    return [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}, **change}]


BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Yes"}}


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        wrong() * 51,
        wrong(type="carousel"),
        wrong(text={"type": "mrkdwn", "text": ""}),
        wrong(text={"type": "mrkdwn", "text": "x" * 3001}),
        wrong(text={"type": "mrkdwn", "text": "<!channel>"}),
        wrong(text={"type": "mrkdwn", "text": "R&D"}),
        wrong(text=None),
        wrong(block_id="x" * 256),
        wrong(colour="red"),
        [{"type": "header", "text": {"type": "mrkdwn", "text": "Hello"}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": [BUTTON | {"action_id": str(n)} for n in range(26)]}],
        [{"type": "actions", "elements": [BUTTON, BUTTON]}],
        [{"type": "actions", "elements": [BUTTON | {"value": "x" * 2001}]}],
        [{"type": "actions", "elements": [BUTTON | {"style": "green"}]}],
        [{"type": "actions", "elements": [BUTTON | {"url": "javascript:alert(1)"}]}],
        [
            {
                "type": "actions",
                "elements": [BUTTON | {"text": {"type": "plain_text", "text": "x" * 76}}],
            }
        ],
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}],
    ],
)
def test_the_check_itself_refuses_what_slack_refuses(blocks: object) -> None:
    assert faults_of(wrong()) == faults_of([{"type": "actions", "elements": [BUTTON]}]) == []
    assert faults_of(blocks)
