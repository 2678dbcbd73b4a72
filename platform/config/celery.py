"""The Celery app: ``celery -A config.celery worker``. Its tasks know their company."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from tenant_schemas_celery.app import CeleryApp  # reads Django's settings

app = CeleryApp("throughline", task_cls="tenants.companies.tasks:CompanyTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tenants.people", "learning", "reinforcement", "api", "portal.sign_up"])
