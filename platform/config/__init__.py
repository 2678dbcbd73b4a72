"""The wiring: settings, URLs, Celery, the embedded PostgreSQL and the demo."""
