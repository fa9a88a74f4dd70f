"""Failures reported to a Sentry server: where in the code and under which reference, and nothing that anybody wrote."""

from __future__ import annotations

import logging
from typing import Any

from knowledge.errors import SettingsError
from knowledge.references import current_reference

FRAME = ("filename", "function", "lineno", "module", "in_app")
"""What is told of a place in the code; the values of its variables are not."""
CLOSING_SECONDS = 2.0


class SentryReports(logging.Handler):
    """Reports what is logged as an error. Raises SettingsError where the package is missing or the address is none."""

    def __init__(self, dsn: str, process: str) -> None:
        super().__init__(logging.ERROR)
        try:
            import sentry_sdk  # noqa: PLC0415 - only who reports has it
        except ModuleNotFoundError as error:
            message = "SOLMU_SENTRY_DSN needs the package sentry-sdk; run `pip install 'solmu[sentry]'`."
            raise SettingsError(message) from error
        try:
            self._client = sentry_sdk.Client(
                dsn=dsn,
                server_name=process,
                # Nothing is collected that is not put into a report here.
                default_integrations=False,
                auto_enabling_integrations=False,
                include_local_variables=False,
                include_source_context=False,
                send_client_reports=False,
                auto_session_tracking=False,
                max_breadcrumbs=0,
            )
        except ValueError as error:
            message = "SOLMU_SENTRY_DSN is not an address that Sentry gave; copy the project's DSN again."
            raise SettingsError(message) from error

    def emit(self, record: logging.LogRecord) -> None:
        """See Handler."""
        self._client.capture_event(report(record))

    def close(self) -> None:
        """Send what waits, for a moment."""
        self._client.close(timeout=CLOSING_SECONDS)
        super().close()


def report(record: logging.LogRecord) -> Any:
    """What is told of a line of the log. Its words and those of the exception stay here: they may name somebody."""
    event: dict[str, Any] = {
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": f"{record.name} failed",
    }
    if reference := current_reference():
        event["tags"] = {"reference": reference}
    if record.exc_info and record.exc_info[0] is not None:
        event["exception"] = {"values": [_exception(*record.exc_info)]}
    return event


def _exception(kind: type[BaseException], error: BaseException, trace: Any) -> dict[str, Any]:
    from sentry_sdk.utils import single_exception_from_error_tuple  # noqa: PLC0415 - as above

    told = single_exception_from_error_tuple(kind, error, trace)
    frames = told.get("stacktrace", {}).get("frames", [])
    kept = [{name: frame[name] for name in FRAME if name in frame} for frame in frames]
    return {"type": told["type"], "module": told["module"], "stacktrace": {"frames": kept}}
