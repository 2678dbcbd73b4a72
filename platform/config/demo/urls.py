"""The captured mail's pages, where mail is captured; nowhere else."""

from django.conf import settings
from django.urls import URLPattern, path

from config.demo import pages

urlpatterns: list[URLPattern] = []

if settings.MAIL_IS_CAPTURED:
    urlpatterns = [
        path("mail/", pages.mailbox, name="demo_mailbox"),
        path("mail/<uuid:key>/", pages.message, name="demo_message"),
        path("mail/<uuid:key>/body/", pages.body, name="demo_message_body"),
    ]
