from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tenants.people"
    label = "people"

    def ready(self) -> None:
        from tenants.people import sign_in  # noqa: F401  # listens to what changes among people
