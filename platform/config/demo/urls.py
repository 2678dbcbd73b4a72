from django.urls import path

from config.demo import pages

urlpatterns = [
    path("mail/", pages.mailbox, name="demo_mailbox"),
    path("mail/<uuid:key>/", pages.message, name="demo_message"),
    path("mail/<uuid:key>/body/", pages.body, name="demo_message_body"),
]
