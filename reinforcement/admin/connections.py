"""Channels: the company's own keys to its chats, for whoever looks after them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from reinforcement.actions import disconnect
from reinforcement.actions.connections import SECRETS
from reinforcement.admin.connection_form import ConnectForm
from reinforcement.channels import Channel, channels
from reinforcement.models import ChannelConnection, ChannelPreference
from tenants.companies.context import current_company
from tenants.people.admin.pages import ReadPage
from tenants.people.models import Person

View = Callable[..., HttpResponseBase]

PAGE = "admin:reinforcement_channelconnection_changelist"


@dataclass(frozen=True)
class Chat:
    """A channel to connect, and how it stands: its connection, and how many people chose it."""

    channel: type[Channel]
    connection: ChannelConnection | None
    chosen: int
    form: ConnectForm

    @property
    def waits_until(self) -> datetime | None:
        """When the other side lets us come back, where that is still to come."""
        until = self.connection.not_before if self.connection else None
        return until if until and until > timezone.now() else None


@admin.register(ChannelConnection)
class ConnectionPage(ReadPage):
    """One page for all; the keys themselves are never shown, so there are no pages of rows."""

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: View, name: str) -> URLPattern:
            guarded: View = self.admin_site.admin_view(view)
            return path(route, guarded, name=f"reinforcement_channelconnection_{name}")

        return [
            page("", self.changelist_view, "changelist"),
            page("<slug:name>/connect/", self.connect_view, "connect"),
            page("<slug:name>/disconnect/", self.disconnect_view, "disconnect"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _show(request)

    def connect_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Sent from that page; where it is refused, the page comes back with the reason."""
        chat = _asked_for(request, name, "reinforcement.change_channelconnection")
        if request.method != "POST":
            return redirect(PAGE)
        form = ConnectForm(cast(Any, request.POST), auto_id=f"{name}_%s")
        connection = form.connect(name, cast(Person, request.user))
        if connection is None:
            return _show(request, {name: form}, status=400)
        told = _("%(chat)s is connected: %(workspace)s. People can choose it in their settings.")
        messages.success(request, told % {"chat": chat.label, "workspace": connection.workspace})
        return redirect(PAGE)

    def disconnect_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Asks first: whoever chose it gets mail from then on."""
        chat = _asked_for(request, name, "reinforcement.delete_channelconnection")
        if request.method == "POST":
            if disconnect(channel=name):
                told = _("%(chat)s is disconnected. Its token is gone from here; revoke it there.")
                messages.success(request, told % {"chat": chat.label})
            return redirect(PAGE)
        context = {"chat": chat, "chosen": _chosen(name)}
        return _page(
            request, "disconnect", _("Disconnect %(chat)s") % {"chat": chat.label}, context
        )


def _asked_for(request: HttpRequest, name: str, permission: str) -> type[Channel]:
    """A channel that can be connected, by whoever may."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
    channel = channels.get(name)
    if channel is None or not channel.needs_connection:
        raise Http404(name)
    return channel


def _show(
    request: HttpRequest, sent: dict[str, ConnectForm] | None = None, status: int = 200
) -> HttpResponse:
    """Two queries, and one more for each chat."""
    connections = {
        each.channel: each
        for each in ChannelConnection.objects.defer(*SECRETS).select_related("connected_by")
    }
    chats = [
        Chat(
            channel,
            connections.get(name),
            _chosen(name),
            (sent or {}).get(name) or ConnectForm(auto_id=f"{name}_%s"),
        )
        for name, channel in channels.items()
        if channel.needs_connection
    ]
    context = {
        "chats": chats,
        "base": current_company().url("").rstrip("/"),
        "may_connect": request.user.has_perm("reinforcement.change_channelconnection"),
        "may_disconnect": request.user.has_perm("reinforcement.delete_channelconnection"),
    }
    return _page(request, "page", _("Channels"), context, status)


def _page(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return TemplateResponse(
        request,
        f"reinforcement/connections/{template}.html",
        {**admin.site.each_context(request), "title": title, **context},
        status=status,
    )


def _chosen(channel: str) -> int:
    """How many people at work want to be reached by it."""
    return ChannelPreference.objects.filter(
        channel=channel, person__employment_status="active"
    ).count()
