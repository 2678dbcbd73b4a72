"""Files to download, for whoever may have them."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from learning.files import files_visible_to
from portal.requests import SignedIn, signed_in


@require_safe
@cache_control(private=True, no_store=True)
@signed_in
def step_file(request: SignedIn, uid: UUID) -> FileResponse:
    """A step's file as an attachment: nothing that was uploaded is ever shown as a page of ours.

    404 for whoever may not have it, as for what is not there.
    """
    file = get_object_or_404(files_visible_to(request.user), uid=uid)
    try:
        content = file.content.open("rb")
    except FileNotFoundError as error:
        raise Http404("It is not stored any more.") from error
    kind = file.media_type
    response = FileResponse(
        content,
        as_attachment=True,
        filename=file.name,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
