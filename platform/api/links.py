"""How one answer leads on to the next request: OpenAPI's links."""

from typing import Any, Final

Described = dict[str, Any]
BY_UID: Final = {"uid": "$response.body#/uid"}


def by_first(noun: str) -> dict[str, str]:
    return {"uid": f"$response.body#/{noun}/0/uid"}


LINKS: Final[dict[str, dict[str, dict[str, dict[str, str]]]]] = {
    # operation: status: operation that follows: its parameters
    "list_people": {
        "200": {
            "retrieve_person": by_first("people"),
            "change_person": by_first("people"),
        }
    },
    "retrieve_person": {"200": {"change_person": BY_UID}},
    "list_departments": {
        "200": {
            "retrieve_department": by_first("departments"),
            "rename_department": by_first("departments"),
        }
    },
    "push_people": {
        "200": {
            "retrieve_people_sync": BY_UID,
            "list_people_sync_outcomes": BY_UID,
            "download_people_sync_errors": BY_UID,
        },
        "202": {"retrieve_people_sync": BY_UID},
    },
    "list_people_syncs": {
        "200": {
            "retrieve_people_sync": by_first("runs"),
            "list_people_sync_outcomes": by_first("runs"),
            "download_people_sync_errors": by_first("runs"),
        }
    },
    "begin_role_holding": {"201": {"retrieve_role_holding": BY_UID, "end_role_holding": BY_UID}},
    "list_role_holdings": {
        "200": {
            "retrieve_role_holding": by_first("role_holdings"),
            "end_role_holding": by_first("role_holdings"),
        }
    },
    "assign_path": {
        "201": {
            "retrieve_assignment": by_first("assignments"),
            "pause_assignment": by_first("assignments"),
            "withdraw_assignment": by_first("assignments"),
        }
    },
    "list_assignments": {
        "200": {
            "retrieve_assignment": by_first("assignments"),
            "pause_assignment": by_first("assignments"),
            "withdraw_assignment": by_first("assignments"),
        }
    },
    "pause_assignment": {"200": {"resume_assignment": BY_UID, "retrieve_assignment": BY_UID}},
    "withdraw_assignment": {"200": {"undo_withdrawal": BY_UID, "retrieve_assignment": BY_UID}},
    "add_webhook_endpoint": {
        "201": {
            "retrieve_webhook_endpoint": BY_UID,
            "change_webhook_endpoint": BY_UID,
            "renew_webhook_secret": BY_UID,
            "replay_webhook_deliveries": BY_UID,
            "delete_webhook_endpoint": BY_UID,
        }
    },
    "list_webhook_endpoints": {"200": {"retrieve_webhook_endpoint": by_first("webhook_endpoints")}},
    "list_webhook_deliveries": {
        "200": {
            "retrieve_webhook_delivery": by_first("webhook_deliveries"),
            "replay_webhook_delivery": by_first("webhook_deliveries"),
        }
    },
}


def add_links(result: Described) -> None:
    """Into the answers they lead on from."""
    operations = {
        operation["operationId"]: operation
        for methods in result["paths"].values()
        for operation in methods.values()
    }
    for name, by_status in LINKS.items():
        for status, following in by_status.items():
            operations[name]["responses"][status]["links"] = {
                target: {"operationId": target, "parameters": parameters}
                for target, parameters in following.items()
            }
