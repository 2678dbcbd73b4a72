"""What of reinforcement is in the audit log. Conversations, answers and the notes beside them are
nobody's but the manager's. Connections to a chat are told of by their actions: a row of one may be
unreadable, and is replaced all the same."""

from reinforcement.models import Barrier, Choice, Prompt, Question, Touchpoint
from tenants.people.auditing.registering import record_changes

record_changes(Barrier, but=("status_since", "reminded_on"), many=("paths",))
record_changes(Touchpoint)
record_changes(Prompt)
record_changes(Question)
record_changes(Choice)
