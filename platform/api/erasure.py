"""What erasing somebody does to tokens, and to learning records on their way out."""

from collections.abc import Sequence
from typing import Final

from api.authentication import forget_tokens
from api.idempotency.models import REPLAYED
from api.models import ApiToken, KeptAnswer
from tenants.companies.connections import connection
from tenants.people.erasing.contributions import Erasing, Erasure
from tenants.people.erasing.identities import ERASED
from tenants.people.models import Person

A_BATCH: Final = 100
OF_THE_ANSWER: Final = ("Content-Length", "ETag", REPLAYED)
"""Headers that are true of its bytes, or are added when it is said again."""
ANSWERS: Final = """
UPDATE api_webhookattempt SET answer = '' WHERE delivery_id IN (
    SELECT id FROM api_webhookdelivery WHERE body LIKE %s
)
"""
CLAIM: Final = "body::jsonb #>> '{data,assignment,claim}'"
BODIES: Final = f"""
UPDATE api_webhookdelivery SET body = jsonb_set(
    CASE WHEN {CLAIM} IS NULL THEN body::jsonb ELSE jsonb_set(
        body::jsonb, '{{data,assignment,claim}}', to_jsonb(regexp_replace({CLAIM}, %s, %s, 'g'))
    ) END,
    '{{data,person}}',
    jsonb_build_object('uid', %s::text, 'external_id', NULL, 'employee_number', NULL, 'email', NULL)
)::text
WHERE body LIKE %s AND body::jsonb #>> '{{data,person,uid}}' = %s
"""  # noqa: S608


def end_tokens(erasing: Erasing) -> None:
    """Whoever issued a token knew it: without an issuer it would open again, so it ends."""
    issued = ApiToken.objects.filter(created_by=erasing.person, expires_at__gt=erasing.now)
    issued.update(expires_at=erasing.now)
    forget_tokens()


def take_names_out(erasing: Erasing) -> None:
    """What is sent, or sent again, after this has the uid alone; so has the log of it."""
    uid = erasing.identity.uid
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [f"%{uid}%"])
        cursor.execute(BODIES, [erasing.identity.own.finds, ERASED, uid, f"%{uid}%", uid])


def forget_answers(erasing: Erasing) -> None:
    """What a token would be answered again loses names and keys. It is a day's, and encrypted."""
    changed = []
    for kept in KeptAnswer.objects.iterator(chunk_size=A_BATCH):
        answer = kept.unpacked()
        text = answer.content.decode(errors="replace")
        if erasing.identity.finds(text):
            answer.content = erasing.identity.scrubbed(text)
            for header in OF_THE_ANSWER:
                del answer[header]
            kept.pack(answer)
            changed.append(kept)
    KeptAnswer.objects.bulk_update(changed, ["headers", "body"], batch_size=A_BATCH)


def tells(person: Person) -> Sequence[str]:
    """One query."""
    names = [token.name for token in _tokens(person) if token.is_current]
    if not names:
        return []
    named = ", ".join(f"“{name}”" for name in names)
    return [f"API tokens they issued end: {named}. To keep one, take it over first."]


def _tokens(person: Person) -> Sequence[ApiToken]:
    return list(ApiToken.objects.filter(created_by=person).select_related("created_by"))


ERASURE = Erasure(
    emptied={"api.ApiToken.created_by", "api.WebhookEndpoint.created_by"},
    scrubbed={
        "api.ApiToken.name",
        "api.WebhookEndpoint.description",
        "api.WebhookDelivery.last_error",
        "api.WebhookAttempt.error",
        "api.WebhookAttempt.answer",
    },
    stays={
        "api.KeptAnswer": "It is encrypted; a step reads each of the day's.",
        "api.ApiToken": "A digest and scopes tell of nobody.",
        "api.WebhookEndpoint": "An address of a system, and its secrets.",
        "api.WebhookDelivery": "A step takes the person out of what is sent, but for the uid.",
    },
    before=[end_tokens, take_names_out, forget_answers],
    tells=tells,
)
