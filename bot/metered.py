"""Slack's client and Bolt's app, with a stopwatch and a counter."""

from __future__ import annotations

from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.metrics import RETRIES, acknowledging, count_call
from knowledge.references import reference_of, referring

RETRY_NUMBER = "x-slack-retry-num"
LIMITED, SERVER_ERROR = 429, 500


class MeteredClient(WebClient):
    """Counts every call by its method and outcome."""

    def api_call(self, api_method: str, **how: Any) -> SlackResponse:
        """See WebClient."""
        try:
            answer = super().api_call(api_method, **how)
        except SlackApiError as error:
            count_call(api_method, _outcome(error.response.status_code))
            raise
        except Exception:
            count_call(api_method, "unreachable")
            raise
        count_call(api_method, "ok")
        return answer


class MeteredApp(App):
    """Times how long each payload waits for its acknowledgement, and names what is logged meanwhile."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """See App."""
        told = (req.headers.get(RETRY_NUMBER) or ["0"])[0]
        if told.isdecimal() and int(told) > 0:
            RETRIES.labels("redelivered").inc()
        with acknowledging(req.body), referring(reference_of()):
            return super().dispatch(req)


def _outcome(status: int) -> str:
    if status == LIMITED:
        return "limited"
    return "unavailable" if status >= SERVER_ERROR else "refused"
