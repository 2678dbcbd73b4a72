import pytest
from django.core.management import CommandError, call_command

from api.models import ApiToken, Scope
from tenants.companies.models import Company
from tests.api.asking import FEED, Visit, ask

GOOD = ["issue", "--company", "acme", "--name", "HRIS", "--scope", "learning-records:read"]


def test_issued_token_works_and_is_printed_alone(
    acme: Company, visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("token", *GOOD, "--days", "30")
    text = capsys.readouterr().out.strip()
    assert ask(visit(acme), FEED, text).status_code == 200
    token = ApiToken.objects.get()
    assert token.scopes == [Scope.RECORDS_READ]
    assert (token.expires_at - token.created_at).days in (29, 30)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*GOOD, "--company", "nobody"], "no company 'nobody'"),
        ([*GOOD, "--scope", "everything"], "invalid choice"),
        ([*GOOD, "--days", "0"], "1 to 3650"),
        ([*GOOD, "--name", ""], "blank"),
        ([*GOOD, "--name", "x" * 101], "100 characters"),
        (["issue", "--company", "acme"], "required"),
    ],
)
def test_what_cannot_be_issued_is_said(acme: Company, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("token", *arguments)
    assert not ApiToken.objects.exists()
