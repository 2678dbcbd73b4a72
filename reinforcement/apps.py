from django.apps import AppConfig


class ReinforcementConfig(AppConfig):
    name = "reinforcement"
