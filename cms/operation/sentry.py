"""Errors to a Sentry server of the office's own, where SENTRY_DSN names one: what went wrong and where, nothing of who
asked for what.
"""

from typing import Any

import sentry_sdk

from .logs import mask


def start(dsn: str) -> None:
    """Report errors to `dsn` from now on."""
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        before_send=without_people,
    )


def without_people(event: Any, _hint: Any) -> Any:
    """Return a report without who asked, cookies, headers and queries; messages are masked as in the log."""
    event.pop("user", None)
    if "request" in event:
        event["request"] = {"method": event["request"].get("method")}
    for one in event.get("exception", {}).get("values", []):
        one["value"] = mask(str(one.get("value", "")))
    if "logentry" in event:
        event["logentry"] = {"message": mask(str(event["logentry"].get("message", "")))}
    return event
