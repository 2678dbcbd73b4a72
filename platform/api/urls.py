"""Everything under ``/api/``."""

from django.urls import path, re_path

from api.records import LearningRecords
from api.reference import DocsView, NothingHere, SchemaView

urlpatterns = [
    path("v1/learning-records", LearningRecords.as_view(), name="learning-records"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    # but for those two without their slash, which Django then adds
    re_path(r"^(?!(?:schema|docs)$)", NothingHere.as_view()),
]
