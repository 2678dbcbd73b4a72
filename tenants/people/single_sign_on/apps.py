from django.apps import AppConfig


class SingleSignOnConfig(AppConfig):
    name = "tenants.people.single_sign_on"
    label = "single_sign_on"
    verbose_name = "Sign-in"
