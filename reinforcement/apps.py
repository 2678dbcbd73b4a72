from django.apps import AppConfig


class ReinforcementConfig(AppConfig):
    name = "reinforcement"

    def ready(self) -> None:
        from reinforcement import consequences  # noqa: F401  # connects to changes of people
