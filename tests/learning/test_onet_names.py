"""Names of skills made of tasks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.onet.levels import level_texts
from learning.onet.names import LIMIT, names_of, short_name

SENTENCES = st.lists(
    st.sampled_from(
        [
            "Prepare",
            "reports,",
            "to ensure",
            "and",
            "such as",
            "(",
            '"',
            "using",
            "x" * 70,
            ";",
            ".",
        ]
    )
    | st.text(min_size=1, max_size=20),
    min_size=1,
    max_size=40,
).map(" ".join)
TEXTS = SENTENCES.filter(str.strip)


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ("Prepare reports.", "Prepare reports"),
        (
            "Direct or coordinate an organization's financial or budget activities to fund "
            "operations, maximize investments, or increase efficiency.",
            "Direct or coordinate an organization's financial or budget activities to fund "
            "operations, maximize investments",
        ),
        (
            "Confer with board members, organization officials, or staff members to discuss "
            "issues, coordinate activities, or resolve problems.",
            "Confer with board members, organization officials, or staff members",
        ),
        (
            "Conduct research on cell organization and function, including mechanisms of gene "
            "expression, cellular bioinformatics, cell signaling, or cell differentiation.",
            "Conduct research on cell organization and function",
        ),
        (
            "Receive oral or written instructions from yardmasters or yard conductors indicating "
            "track assignments and the various cars that are to be switched.",
            "Receive oral or written instructions from yardmasters or yard conductors indicating "
            "track assignments",
        ),
        (
            "Diagnose and replace or repair engine management systems (ignition, fuel rate, "
            "alcohol concentration, or air-to-fuel ratio malfunctions) of all vehicles.",
            "Diagnose and replace or repair engine management systems",
        ),
    ],
)
def test_a_long_task_ends_where_a_thought_does(task: str, name: str) -> None:
    assert short_name(task) == name


@given(TEXTS)
def test_a_name_is_never_empty_nor_too_long(text: str) -> None:
    name = short_name(text)
    assert 0 < len(name) <= LIMIT
    assert name == name.strip()


@given(st.lists(TEXTS, max_size=12), st.lists(TEXTS.map(short_name), max_size=4))
def test_no_name_is_used_twice(texts: list[str], taken: list[str]) -> None:
    texts = texts + texts[:3]
    names = names_of(texts, taken=taken)
    assert len(names) == len(texts)
    used = [name.casefold() for name in names]
    assert len(set(used)) == len(used)
    assert not set(used) & {name.casefold() for name in taken}
    assert all(0 < len(name) <= LIMIT for name in names)


def test_another_text_with_the_same_start_gets_an_ending() -> None:
    texts = ["Prepare reports.", "prepare reports", "Prepare reports (2)"]
    assert names_of(texts, taken=[]) == [
        "Prepare reports",
        "prepare reports (2)",
        "Prepare reports (2) (2)",
    ]


def test_levels_are_sentences_to_start_from() -> None:
    assert level_texts("Prepare reports.") == {
        "not_seen": "So far, nobody has seen them prepare reports.",
        "with_help": "With somebody at their side, they prepare reports.",
        "on_their_own": "Prepare reports.",
        "coaches_others": "They show others how to prepare reports.",
    }
    assert level_texts("X-ray patients.")["with_help"].endswith("they X-ray patients.")
