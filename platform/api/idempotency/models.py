from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any, Final
from zlib import compress, decompress

from django.db import models
from django.http import HttpResponse

from tenants.companies.encryption import EncryptedTextField

KEPT: Final = timedelta(hours=24)
REPLAYED: Final = "Idempotency-Replayed"


class KeptAnswer(models.Model):
    """What a token was answered under a key, to say it again. Kept for `KEPT`.

    Encrypted, as it may hold the secret of a webhook or what was pushed about people.
    """

    token: Any = models.ForeignKey(
        "api.ApiToken", on_delete=models.CASCADE, related_name="+", verbose_name="API token"
    )
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the request.")
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = EncryptedTextField()
    answered_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="one_answer_per_token_and_key")
        ]

    def __str__(self) -> str:
        return f"{self.token}: {self.key}"

    def pack(self, response: HttpResponse) -> None:
        self.status = response.status_code
        self.headers = dict(response.items())
        self.body = b64encode(compress(response.content)).decode()

    def unpacked(self) -> HttpResponse:
        """The same answer, byte for byte."""
        response = HttpResponse(decompress(b64decode(self.body)), status=self.status)
        for name, value in self.headers.items():
            response[name] = value
        response[REPLAYED] = "true"
        return response
