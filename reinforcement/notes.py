"""What may be written beside an answer or a conversation: somebody's own words, for themselves."""

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext


def cleaned(note: str, *, longest: int) -> str:
    """`note` as it is kept: without white space around it, a line break being one character.

    Raises `ValidationError` at ``note`` where it has more than `longest` characters.
    """
    # half a surrogate pair (JSON may carry one) is no text that could be stored
    text = note.replace("\r\n", "\n").encode(errors="replace").decode().strip()
    over = len(text) - longest
    if over > 0:
        message = ngettext(
            "Make the note shorter by a character: it holds %(longest)s.",
            "Make the note shorter by %(over)s characters: it holds %(longest)s.",
            over,
        )
        raise ValidationError({"note": message % {"over": over, "longest": longest}})
    return text
