"""The web server with one address in place of all others, which asks the database for 1.

It asks for a token as the others do: behind it is what every answer of the API costs.
"""

from config.wsgi import application  # noqa: F401, I001  # first: what follows needs its Django

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.views import APIView

from api.models import Scope


class Select(APIView):
    required_scopes = {"GET": Scope.RECORDS_READ}

    def get(self, request: Request) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        return HttpResponse(b"1", content_type="text/plain")


urlpatterns = [path("api/v1/select", Select.as_view())]
settings.ROOT_URLCONF = __name__
