"""Errors to a Sentry server of the office's own, where SENTRY_DSN names one: what went wrong and where, nothing of who
asked for what.
"""

from typing import Any

import sentry_sdk

from .logs import mask

KEPT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "exception")


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
        # Webhooks are called without headers of ours.
        trace_propagation_targets=[],
    )


def without_people(event: Any, _hint: Any) -> Any:
    """Return what went wrong and where, and nothing else of a report; messages are masked as in the log."""
    kept = {name: event[name] for name in KEPT if name in event}
    for one in kept.get("exception", {}).get("values", []):
        one["value"] = mask(str(one.get("value", "")))
    if "logentry" in event:
        kept["logentry"] = {"message": mask(str(event["logentry"].get("message", "")))}
    return kept
