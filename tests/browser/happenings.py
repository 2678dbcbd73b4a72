"""What happened in Acme in these two weeks: steps walked, questions answered, barriers told."""

from datetime import timedelta

from learning.actions import (
    add_file,
    close_calibration,
    finish_step,
    hold_role,
    observe,
    open_calibration,
    say_done,
    start_step,
)
from learning.models import Assignment, Calibration, Observation, Path, RoleHolding
from reinforcement.actions import answer, hold_conversation, move_barrier, note_barrier
from reinforcement.models import Barrier, Brief
from tenants.people.models import Person
from tests.learning.tiny_files import PDF, upload
from tests.reinforcement.cast import DUE

LINE = "Open Thursday's call with Brandt with the three questions"


def brief_of(manager: Person) -> Brief:
    """This week's."""
    return Brief.objects.filter(manager=manager).latest("due_at")


def walk(path: Path, people: dict[str, Person], given: dict[str, Assignment]) -> None:
    """Lee and Pia are in the middle, Fin is through, Cy was seen."""
    add_file(step=path.steps.order_by("position")[0], upload=upload("Opener.pdf", PDF))
    for name in ("lee", "nia", "noa", "bo"):
        hold_role(person=people[name], role=path.role, source=RoleHolding.Source.HAND)
    for name, level in (("cy", 3), ("lee", 2), ("bo", 0)):
        observe(
            person=people[name], skill=path.role.role_skills.order_by("pk")[0].skill,
            level=level, source=Observation.Source.MANAGER, observer=people[name].manager,
            observed_on=DUE.date() - timedelta(days=20),
        )  # fmt: skip
    for name, steps in (("lee", 3), ("pia", 1), ("fin", 99)):
        for plan_step in given[name].plan_steps.exclude(state="set_aside").order_by("position"):
            if steps := max(steps - 1, 0):
                finish_step(plan_step=plan_step, intention=LINE if name == "lee" else None)
    doing = given["lee"].plan_steps.filter(state="to_do").order_by("position")[0]
    start_step(plan_step=doing, intention=LINE)


def answer_all(manager: Person) -> None:
    for item in brief_of(manager).items.all():
        if item.question:
            answer(item=item, choice=item.question.choices.all()[0], via="portal", actor=manager)


def answer_first(manager: Person) -> None:
    """One of five is answered and talked about, with a note; the others wait."""
    item = brief_of(manager).items.order_by("position")[0]
    assert item.question
    choice = item.question.choices.all()[0]
    answer(item=item, choice=choice, via="portal", actor=manager, note="On Tuesday.")
    hold_conversation(manager=manager, report=item.report, via="portal", item=item, note="Good.")


def compare(path: Path, people: dict[str, Person], olive: Person) -> Calibration:
    """Ada and Max compare; Max is done. Mia and Uma had compared before."""
    for name in ("cy", "dana", "eli", "flo", "pia", "quin", "fin", "rae", "pat", "rob"):
        hold_role(person=people[name], role=path.role, source=RoleHolding.Source.HAND)
    managers = people["mia"], people["uma"]
    earlier = open_calibration(role=path.role, managers=managers, actor=olive)
    for manager in managers:
        say_done(calibration=earlier, actor=manager)
    close_calibration(calibration=earlier, actor=olive, agreed="Twice in a row, alone.")
    calibration = open_calibration(
        role=path.role, managers=[people["ada"], people["max"]], actor=olive
    )
    say_done(calibration=calibration, actor=people["max"])
    return calibration


def tell_what_slows(path: Path, ada: Person, olive: Person) -> None:
    outcome = path.role.outcomes.all()[0]
    for words, outcome_hurt, status in (
        ("Quotes wait three days for legal, and by then the customer is elsewhere.", outcome, ""),
        ("Nobody knows what a demo may promise.", outcome, Barrier.Status.DESIGNING),
        ("The dialler drops every tenth call.", None, Barrier.Status.GONE),
    ):
        barrier = note_barrier(manager=ada, words=words, outcome=outcome_hurt, actor=olive)
        if status:
            barrier.paths.add(path)
            move_barrier(barrier=barrier, status=status, actor=olive)
