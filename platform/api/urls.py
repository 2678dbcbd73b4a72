"""Everything under ``/api/``."""

from django.urls import path, re_path

from api.assignments.assignment import OneAssignment
from api.assignments.assignments import Assignments
from api.assignments.pause import Pause
from api.assignments.withdrawal import Withdrawal
from api.holdings import OneRoleHolding, RoleHoldings
from api.paths import OnePath, Paths
from api.people.departments import Departments, OneDepartment
from api.people.people import People
from api.people.person import OnePerson, PersonByExternalId
from api.people.runs import PeopleSync, PeopleSyncErrors, PeopleSyncOutcomes
from api.people.syncs import PeopleSyncs
from api.records.records import LearningRecords
from api.reference import DocsView, NothingHere, SchemaView
from api.roles import Roles
from api.skill_levels import SkillLevels
from api.webhooks.rest.deliveries import DeliveryReplay, OneWebhookDelivery, WebhookDeliveries
from api.webhooks.rest.endpoint import OneWebhookEndpoint
from api.webhooks.rest.endpoints import WebhookEndpoints
from api.webhooks.rest.turns import EndpointReplay, EndpointSecret, EndpointTest

RUN = "v1/people-syncs/<uuid:uid>"
ASSIGNMENT = "v1/assignments/<uuid:uid>"
ENDPOINT = "v1/webhook-endpoints/<uuid:uid>"
DELIVERY = "v1/webhook-deliveries/<uuid:uid>"

urlpatterns = [
    path("v1/people-syncs", PeopleSyncs.as_view(), name="people-syncs"),
    path(RUN, PeopleSync.as_view(), name="people-sync"),
    path(f"{RUN}/outcomes", PeopleSyncOutcomes.as_view(), name="people-sync-outcomes"),
    path(f"{RUN}/errors", PeopleSyncErrors.as_view(), name="people-sync-errors"),
    path("v1/people", People.as_view(), name="people"),
    path("v1/people/<uuid:uid>", OnePerson.as_view(), name="person"),
    path(
        "v1/people/external:<path:external_id>",
        PersonByExternalId.as_view(),
        name="person-by-external-id",
    ),
    path("v1/departments", Departments.as_view(), name="departments"),
    path("v1/departments/<uuid:uid>", OneDepartment.as_view(), name="department"),
    path("v1/roles", Roles.as_view(), name="roles"),
    path("v1/role-holdings", RoleHoldings.as_view(), name="role-holdings"),
    path("v1/role-holdings/<uuid:uid>", OneRoleHolding.as_view(), name="role-holding"),
    path("v1/paths", Paths.as_view(), name="paths"),
    path("v1/paths/<uuid:uid>", OnePath.as_view(), name="path"),
    path("v1/assignments", Assignments.as_view(), name="assignments"),
    path(ASSIGNMENT, OneAssignment.as_view(), name="assignment"),
    path(f"{ASSIGNMENT}/withdrawal", Withdrawal.as_view(), name="assignment-withdrawal"),
    path(f"{ASSIGNMENT}/pause", Pause.as_view(), name="assignment-pause"),
    path("v1/skill-levels", SkillLevels.as_view(), name="skill-levels"),
    path("v1/learning-records", LearningRecords.as_view(), name="learning-records"),
    path("v1/webhook-endpoints", WebhookEndpoints.as_view(), name="webhook-endpoints"),
    path(ENDPOINT, OneWebhookEndpoint.as_view(), name="webhook-endpoint"),
    path(f"{ENDPOINT}/secret", EndpointSecret.as_view(), name="webhook-secret"),
    path(f"{ENDPOINT}/test", EndpointTest.as_view(), name="webhook-test"),
    path(f"{ENDPOINT}/replay", EndpointReplay.as_view(), name="webhook-replay"),
    path("v1/webhook-deliveries", WebhookDeliveries.as_view(), name="webhook-deliveries"),
    path(DELIVERY, OneWebhookDelivery.as_view(), name="webhook-delivery"),
    path(f"{DELIVERY}/replay", DeliveryReplay.as_view(), name="webhook-delivery-replay"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    # but for those two without their slash, which Django then adds
    re_path(r"^(?!(?:schema|docs)$)", NothingHere.as_view()),
]
