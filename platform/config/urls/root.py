"""The root domain: exposes no company's tables."""

from django.urls import URLPattern, URLResolver, include, path

from portal.landing import landing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", landing, name="landing"),
    path("", include("portal.sign_up.urls")),
    path("console/", include("console.operator.urls")),
    path("demo/", include("config.demo.urls")),
]
