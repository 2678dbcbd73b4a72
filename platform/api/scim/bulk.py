"""Many writes in one request (RFC 7644, section 3.7), each as if it had been sent alone."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.db import transaction
from django.http import HttpResponse
from scim2_models import (
    Error,
    InvalidPathException,
    InvalidSyntaxException,
    InvalidValueException,
    PayloadTooLargeException,
    SCIMException,
)

from api.models import Scope
from api.scim.bulk_jobs import Job, in_order, jobs_of
from api.scim.bulk_writes import WRITES
from api.scim.errors import error_of
from api.scim.patch_bodies import check_schema, member
from api.scim.resources import BULK_OPERATIONS
from api.scim.views import Caller, ScimView, answer

REQUEST: Final = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
RESPONSE: Final = "urn:ietf:params:scim:api:messages:2.0:BulkResponse"
logger = logging.getLogger(__name__)


class Bulk(ScimView):
    """``POST /Bulk``: what succeeds stays, whatever becomes of the others."""

    required_scopes = {"POST": Scope.PEOPLE_WRITE}

    def post(self, request: object) -> HttpResponse:
        return answer(run_bulk(self.body(), self.caller))


def run_bulk(body: Mapping[str, Any], caller: Caller) -> dict[str, Any]:
    """The BulkResponse: what became of each operation, up to ``failOnErrors`` failures.

    Raises `SCIMException` for a request that cannot be read as a whole; nothing is done then.
    """
    check_schema(body, REQUEST)
    raw = member(body, "Operations")
    if not isinstance(raw, list) or not raw:
        raise InvalidSyntaxException(detail='"Operations" is a list of at least one operation.')
    if len(raw) > BULK_OPERATIONS:
        told = f"{len(raw)} operations; a bulk request has at most {BULK_OPERATIONS}."
        raise PayloadTooLargeException(detail=told)
    patience = member(body, "failOnErrors")
    if patience is not None and (type(patience) is not int or patience < 1):
        raise InvalidValueException(detail='"failOnErrors" is a number of errors, at least 1.')
    jobs = jobs_of(raw)
    results: dict[Job, dict[str, Any]] = {}
    ids: dict[str, str] = {}
    errors = 0
    for job in in_order(jobs):
        results[job] = _run(job, ids, caller)
        errors += "response" in results[job]
        if errors == patience:
            break
    return {
        "schemas": [RESPONSE],
        "Operations": [results[job] for job in jobs if job in results],
    }


def _run(job: Job, ids: dict[str, str], caller: Caller) -> dict[str, Any]:
    """What became of one operation; an id it made is added to `ids`."""
    result: dict[str, Any] = {"method": job.method}
    if job.bulk_id is not None:
        result["bulkId"] = job.bulk_id
    try:
        with transaction.atomic():
            status, written = _perform(job, ids, caller)
    except Exception as exception:  # what nobody foresaw must not hide what the others did
        error = error_of(exception)
        if error is None:
            logger.exception("%s %s in bulk failed", job.method, "/".join(job.path))
            error = Error(status=HTTPStatus.INTERNAL_SERVER_ERROR, detail="Our fault.")
        if job.method != "POST":
            result["location"] = "/".join([caller.base, *job.path])
        return result | {"status": str(error.status), "response": error.model_dump()}
    if job.method == "POST" and job.bulk_id:
        ids[job.bulk_id] = written["id"]
    meta = written["meta"]
    result |= {name: meta[name] for name in ("location", "version") if name in meta}
    return result | {"status": str(status.value)}


def _perform(job: Job, ids: dict[str, str], caller: Caller) -> tuple[HTTPStatus, Mapping[str, Any]]:
    if job.fault:
        raise job.fault
    if job.in_circle:
        raise _conflict(f"bulkId:{job.bulk_id} needs itself, by way of others.")
    job.resolve(ids)
    match job.method, *job.path:
        case "POST", kind if kind in WRITES:
            if not job.bulk_id:
                raise InvalidValueException(detail='A POST in bulk needs a "bulkId".')
            if job.bulk_id in ids:
                raise InvalidValueException(detail=f"There are two bulkIds {job.bulk_id}.")
            return HTTPStatus.CREATED, WRITES[kind].create(_object(job), caller)
        case "PUT", kind, uid if kind in WRITES:
            written = WRITES[kind].replace(uid, _object(job), caller, job.version)
            return HTTPStatus.OK, written
        case "PATCH", kind, uid if kind in WRITES:
            written = WRITES[kind].change(uid, _object(job), caller, job.version)
            return HTTPStatus.OK, written
        case "DELETE", kind, uid if kind in WRITES:
            WRITES[kind].remove(uid, caller, job.version)
            gone = {"location": f"{caller.base}/{kind}/{uid}"}
            return HTTPStatus.NO_CONTENT, {"id": uid, "meta": gone}
    told = f"There is no {job.method} of /{'/'.join(job.path)} in bulk."
    raise InvalidPathException(detail=told)


def _object(job: Job) -> Mapping[str, Any]:
    if not isinstance(job.data, Mapping):
        raise InvalidSyntaxException(detail=f'"data" of a {job.method} is an object.')
    return job.data


def _conflict(detail: str) -> SCIMException:
    error = InvalidValueException(detail=detail)
    error.status = HTTPStatus.CONFLICT  # section 3.7.1: of circular references
    return error
