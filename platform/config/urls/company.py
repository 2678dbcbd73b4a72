"""A company's host."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from api.scim.views import NothingHere

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/", include("api.urls")),
    path("scim/v2/", include("api.scim.urls")),
    path("scim/v2", NothingHere.as_view()),  # or Django would answer with a page
    path("operator/", include("console.operator.company_urls")),
    path("demo/", include("config.demo.urls")),
    path("", include("portal.urls")),
]
