"""What a skill made of a task looks like at each level: a start, for L&D to edit."""


def level_texts(task: str) -> dict[str, str]:
    """By the fields of `Skill`. Tasks begin with a verb ("Prepare reports."), which "they" and
    "how to" can stand before; level 2 is the task as it was published."""
    begun = _lower_first(task)
    return {
        "not_seen": f"So far, nobody has seen them {begun}",
        "with_help": f"With somebody at their side, they {begun}",
        "on_their_own": task,
        "coaches_others": f"They show others how to {begun}",
    }


def _lower_first(task: str) -> str:
    """The first letter small, but for "X-ray" and the like."""
    first = task.split(" ", 1)[0]
    is_a_word = first[1:2].isalpha() and first[1:].islower()
    return task[:1].lower() + task[1:] if is_a_word else task
