from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"

    def ready(self) -> None:
        from learning import consequences  # noqa: F401  # connects to changes of people
        from learning.rules import losses  # noqa: F401  # connects to departments that go
