from typing import Any, cast

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import Cast
from django.http import HttpRequest

from tenants.people.admin.pages import ReadPage
from tenants.people.models import Person
from tenants.people.single_sign_on.actions import unlink
from tenants.people.single_sign_on.models import LinkedAccount, SignInConnection

NAME = SignInConnection.objects.filter(uid=Cast(OuterRef("provider"), UUIDField())).values("name")


class OfConnection(admin.SimpleListFilter):
    """By the connection's name, where the table has its uid."""

    title = "connection"
    parameter_name = "provider"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = SignInConnection.objects.values_list("uid", "name")
        return [(str(uid), name) for uid, name in found]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[LinkedAccount]"
    ) -> "QuerySet[LinkedAccount]":
        return queryset.filter(provider=self.value()) if self.value() else queryset


@admin.register(LinkedAccount)
class LinkedAccountPage(ReadPage):
    """Who has signed in so, and as what. To unlink somebody is to delete their row."""

    nothing_yet = "Nobody has signed in through a connection yet."
    list_display = ("user", "connection", "uid", "date_joined", "last_login")
    list_filter = (OfConnection, "last_login")
    list_select_related = ("user",)
    search_fields = ("user__given_name", "user__family_name", "user__email", "uid")
    fields = (("user", "connection"), ("uid",), ("date_joined", "last_login"))
    readonly_fields = ("connection",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[LinkedAccount]":
        found: QuerySet[LinkedAccount] = super().get_queryset(request)
        named: QuerySet[LinkedAccount] = found.annotate(connection_name=Subquery(NAME))
        return named

    @admin.display(description="connection", ordering="connection_name")
    def connection(self, account: Any) -> str:
        return account.connection_name or "one that is gone"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("single_sign_on.delete_linkedaccount")

    def delete_model(self, request: HttpRequest, obj: LinkedAccount) -> None:
        unlink(account=obj, actor=cast(Person, request.user))

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[LinkedAccount]") -> None:
        for account in queryset:
            unlink(account=account, actor=cast(Person, request.user))
