"""Everything under ``/scim/v2/``."""

from django.urls import path, re_path

from api.scim.bulk import Bulk
from api.scim.discovery import Config, OneResourceType, OneSchema, ResourceTypes, Schemas
from api.scim.group_table import group_table
from api.scim.group_views import Groups, OneGroup
from api.scim.search_views import Search
from api.scim.user_table import user_table
from api.scim.user_views import OneUser, Users
from api.scim.views import Me, NothingHere

urlpatterns = [
    path("Users", Users.as_view()),
    path("Users/.search", Search.as_view(tables=(user_table,))),
    path("Users/<str:uid>", OneUser.as_view()),
    path("Me", Me.as_view()),
    path("Groups", Groups.as_view()),
    path("Groups/.search", Search.as_view(tables=(group_table,))),
    path("Groups/<str:uid>", OneGroup.as_view()),
    path("Bulk", Bulk.as_view()),
    path(".search", Search.as_view(tables=(user_table, group_table))),
    path("ServiceProviderConfig", Config.as_view()),
    path("Schemas", Schemas.as_view()),
    path("Schemas/<str:name>", OneSchema.as_view()),
    path("ResourceTypes", ResourceTypes.as_view()),
    path("ResourceTypes/<str:name>", OneResourceType.as_view()),
    re_path(r"", NothingHere.as_view()),
]
