"""What a mail server's refusal says: about the address, about this message, or about us."""

import re
import smtplib

from reinforcement.channels.base import (
    AddressRefused,
    PermanentFailure,
    TemporaryFailure,
    Unreachable,
)

# Replies (RFC 5321, section 4.2)
CLOSING = 421  # the server hangs up after saying so
PERMANENT = 500  # from here on final
NO_MAILBOX = frozenset({550, 551, 553})  # at RCPT: not here, moved, or no such name
TOO_BIG = 552
NOT_SIGNED_IN = frozenset({530, 534, 535, 538})  # RFC 4954, section 6: about our own account

# Enhanced status codes (RFC 3463, section 2), at the start of the text (RFC 2034, section 4)
ENHANCED = re.compile(r"5\.(\d{1,3})\.(\d{1,3})(?!\S)")
ADDRESSING, MAILBOX = 1, 2
OF_THE_SENDER = frozenset({7, 8})  # 5.1.7 and 5.1.8 are about our address, not theirs
DISABLED = 1  # 5.2.1

# Without such a code the words tell: these are about who sends, and would stop every address
POLICY = re.compile(
    r"relay|spam|block|black.?list|deny|denied|polic|reputation|authentic|not permitted|dmarc|spf",
    re.IGNORECASE,
)


def failure_of(error: OSError) -> PermanentFailure | TemporaryFailure:
    """What became of one message, by the server's own words; without any, nothing gets out."""
    told = f"{type(error).__name__}: {error}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _failure(*_reply(error), told, at_rcpt=True)
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != TOO_BIG:
        return Unreachable(told)  # every message has that sender
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return _failure(error.smtp_code, error.smtp_error, told, at_rcpt=False)
    return Unreachable(told)


def stays_open(error: OSError) -> bool:
    """Whether the connection is good for the next message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _reply(error)[0] != CLOSING
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code != CLOSING


def _reply(error: smtplib.SMTPRecipientsRefused) -> tuple[int, bytes]:
    """A message of ours has one recipient."""
    code, words = next(iter(error.recipients.values()))
    return code, words


def _failure(
    code: int, reply: bytes | str, told: str, *, at_rcpt: bool
) -> PermanentFailure | TemporaryFailure:
    if code in NOT_SIGNED_IN:
        return Unreachable(told)
    if code < PERMANENT:
        return TemporaryFailure(told)
    words = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    enhanced = ENHANCED.match(words)
    if enhanced is None:
        refused = at_rcpt and code in NO_MAILBOX and not POLICY.search(words)
    else:
        subject, detail = int(enhanced[1]), int(enhanced[2])
        refused = (subject == ADDRESSING and detail not in OF_THE_SENDER) or (
            subject == MAILBOX and detail == DISABLED
        )
    return AddressRefused(told) if refused else PermanentFailure(told)
