"""What is stored encrypted: by whom it is read, and how a key is changed."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from reinforcement.models import ChannelAddress
from tenants.companies import rotation
from tenants.companies.connections import connection
from tenants.companies.context import working_for
from tenants.companies.encryption import Unreadable, decrypt, encrypt, renewed
from tenants.companies.models import Company
from tenants.companies.rotation import check_encryption, rotate_encryption
from tenants.people.models import Person

WEBHOOK = "https://hooks.example/?sig=Nu02pUVfJ6i"
FIRST, SECOND = "a key of thirty-two characters, 1", "a key of thirty-two characters, 2"


@pytest.fixture(autouse=True)
def first_key(settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = [FIRST]


def keep(person: Person, address: str = WEBHOOK, channel: str = "teams") -> ChannelAddress:
    return ChannelAddress.objects.create(person=person, channel=channel, address=address)


def stored() -> list[str]:
    """The column as it is in the current company's table."""
    with database.cursor() as cursor:
        cursor.execute("SELECT address FROM reinforcement_channeladdress ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def counts(columns: list[rotation.Column]) -> tuple[int, int, int]:
    return (
        sum(column.current for column in columns),
        sum(column.old for column in columns),
        sum(column.unreadable for column in columns),
    )


def test_what_is_stored_comes_back_and_is_not_in_the_row(ada: Person) -> None:
    keep(ada, f"{WEBHOOK} ü 🦊")
    assert ChannelAddress.objects.get().address == f"{WEBHOOK} ü 🦊"
    [token] = stored()
    assert token.startswith("gAAAA")
    assert "sig" not in token
    assert decrypt(token) == f"{WEBHOOK} ü 🦊"


def test_the_same_text_differs_each_time(acme: Company) -> None:
    assert encrypt(WEBHOOK) != encrypt(WEBHOOK)


def test_empty_stays_empty(ada: Person) -> None:
    keep(ada, "")
    assert (stored(), ChannelAddress.objects.get().address) == ([""], "")
    assert counts(rotate_encryption()) == (0, 0, 0)
    assert stored() == [""]


def test_another_company_cannot_read_it(acme: Company, globex: Company, gus: Person) -> None:
    token = encrypt(WEBHOOK)
    with working_for(globex):
        with pytest.raises(Unreadable):
            decrypt(token)
        keep(gus)
        copy_into_the_row(token)
        with pytest.raises(Unreadable):
            ChannelAddress.objects.get()
    assert decrypt(token) == WEBHOOK


def copy_into_the_row(token: str) -> None:
    with database.cursor() as cursor:
        cursor.execute("UPDATE reinforcement_channeladdress SET address = %s", [token])


def test_without_its_key_it_says_what_is_wrong(ada: Person, settings: Settings) -> None:
    keep(ada)
    settings.ENCRYPTION_KEYS = [SECOND]
    with pytest.raises(Unreadable, match="not among ENCRYPTION_KEYS, or it belongs to another"):
        ChannelAddress.objects.get()


@pytest.mark.parametrize("at", [0, 12, 60, -1])
def test_what_was_tampered_with_is_not_read(acme: Company, at: int) -> None:
    token = encrypt(WEBHOOK)
    changed = "A" if token[at] != "A" else "B"
    tampered = token[:at] + changed + token[at + 1 :] if at >= 0 else token[:-4]
    with pytest.raises(Unreadable):
        decrypt(tampered)
    for nonsense in ("x", "ü", token + token):
        with pytest.raises(Unreadable):
            decrypt(nonsense)


def test_a_key_is_changed_without_losing_anything(
    ada: Person, gus: Person, globex: Company, settings: Settings, acme: Company
) -> None:
    keep(ada)
    with working_for(globex):
        keep(gus, "theirs")
    settings.ENCRYPTION_KEYS = [SECOND, FIRST]
    keep(ada, "newer", channel="slack")
    assert [address.address for address in ChannelAddress.objects.order_by("id")] == [
        WEBHOOK,
        "newer",
    ]
    assert counts(check_encryption()) == (1, 2, 0)
    before = stored()
    assert counts(rotate_encryption()) == (1, 2, 0)
    assert connection.tenant == acme
    after = stored()
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)
    assert counts(rotate_encryption()) == counts(check_encryption()) == (3, 0, 0)
    assert stored() == after
    settings.ENCRYPTION_KEYS = [SECOND]
    assert counts(check_encryption()) == (3, 0, 0)
    assert ChannelAddress.objects.get(channel="teams").address == WEBHOOK
    with working_for(globex):
        assert ChannelAddress.objects.get().address == "theirs"


def test_what_no_key_opens_is_counted_and_left_alone(
    ada: Person, lee: Person, settings: Settings
) -> None:
    keep(ada)
    settings.ENCRYPTION_KEYS = [SECOND]
    keep(lee)
    before = stored()
    assert counts(check_encryption()) == counts(rotate_encryption()) == (1, 0, 1)
    assert stored() == before
    settings.ENCRYPTION_KEYS = [SECOND, FIRST]  # the key was found again
    assert counts(rotate_encryption()) == (1, 1, 0)


def test_a_rotation_that_is_interrupted_goes_on_where_it_was(
    ada: Person, lee: Person, nia: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (ada, lee, nia):
        keep(person)
    settings.ENCRYPTION_KEYS = [SECOND, FIRST]
    monkeypatch.setattr(rotation, "BATCH", 1)
    seen: list[str] = []

    def stop_after_two(token: str) -> str:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(token)
        return renewed(token)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "renewed", stop_after_two)
        with pytest.raises(KeyboardInterrupt):
            rotate_encryption()
    assert counts(check_encryption()) == (2, 1, 0)
    assert counts(rotate_encryption()) == (2, 1, 0)


def test_a_batch_costs_the_same_however_many_are_in_it(
    ada: Person, lee: Person, nia: Person, settings: Settings
) -> None:
    def cost(*people: Person) -> int:
        settings.ENCRYPTION_KEYS = [FIRST]
        for person in people:
            keep(person)
        settings.ENCRYPTION_KEYS = [SECOND, FIRST]
        with CaptureQueriesContext(database) as queries:
            assert counts(rotate_encryption())[1] == len(people)
        return len(queries)

    assert cost(ada) == cost(lee, nia)


def test_the_command_says_what_it_did(
    ada: Person, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(ada)
    settings.ENCRYPTION_KEYS = [SECOND, FIRST]
    call_command("encryption", "check")
    assert capsys.readouterr().out == "0 with the first key, 1 with an older one.\n"
    call_command("encryption", "rotate")
    assert capsys.readouterr().out == (
        "1 encrypted anew, 0 were so already.\nOnly the first key is needed from now on.\n"
    )
    call_command("encryption", "check")
    assert capsys.readouterr().out == (
        "1 with the first key, 0 with an older one.\nOnly the first key is needed from now on.\n"
    )


@pytest.mark.parametrize("verb", ["rotate", "check"])
def test_the_command_fails_where_something_cannot_be_read(
    ada: Person, settings: Settings, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    keep(ada)
    settings.ENCRYPTION_KEYS = [SECOND]
    with pytest.raises(CommandError, match="1 cannot be read with any of ENCRYPTION_KEYS"):
        call_command("encryption", verb)
    assert "acme: channel address, address: 1 cannot be read.\n" in capsys.readouterr().out
