"""The methods of the Web API that show modals, Home tabs and the bot's status in a thread."""

from __future__ import annotations

from bot.sandbox.limits import view_problems
from bot.sandbox.methods_chat import Method, required
from bot.sandbox.slack import Slack
from bot.sandbox.values import Payload
from bot.sandbox.workspace import ApiError

MOST_PROMPTS = 4
MOST_LOADING_MESSAGES = 10


def _body(arguments: Payload, kind: str) -> Payload:
    view = arguments.get("view")
    problems = view_problems(view)
    if problems or not isinstance(view, dict):
        raise ApiError("invalid_arguments", problems)
    if view["type"] != kind:
        raise ApiError("invalid_arguments", [f"[ERROR] expected a view of type {kind} [json-pointer:/view/type]"])
    return view


def open_view(slack: Slack, arguments: Payload) -> Payload:
    """views.open."""
    view = _body(arguments, "modal")
    user = slack.views.use_trigger(required(arguments, "trigger_id"))
    return {"view": slack.views.open(user, view).json()}


def push_view(slack: Slack, arguments: Payload) -> Payload:
    """views.push."""
    view = _body(arguments, "modal")
    user = slack.views.use_trigger(required(arguments, "trigger_id"))
    return {"view": slack.views.push(user, view).json()}


def update_view(slack: Slack, arguments: Payload) -> Payload:
    """views.update."""
    name = str(arguments.get("view_id") or "") or required(arguments, "external_id")
    kind = slack.views.find(name).body["type"]
    view = _body(arguments, kind)
    return {"view": slack.views.update(slack.views.find(name).id, view, str(arguments.get("hash") or "")).json()}


def publish_view(slack: Slack, arguments: Payload) -> Payload:
    """views.publish."""
    user = slack.workspace.person(required(arguments, "user_id")).id
    return {"view": slack.views.publish(user, _body(arguments, "home")).json()}


def set_status(slack: Slack, arguments: Payload) -> Payload:
    """assistant.threads.setStatus."""
    channel = slack.workspace.channel(required(arguments, "channel_id", "channel_not_found"))
    thread = slack.workspace.find(channel.id, required(arguments, "thread_ts")).root
    loading = [str(each) for each in arguments.get("loading_messages") or []]
    if len(loading) > MOST_LOADING_MESSAGES:
        raise ApiError("invalid_arguments", ["[ERROR] no more than 10 items allowed [json-pointer:/loading_messages]"])
    slack.workspace.set_status(channel.id, thread, str(arguments.get("status") or ""), loading)
    return {}


def set_suggested_prompts(slack: Slack, arguments: Payload) -> Payload:
    """assistant.threads.setSuggestedPrompts."""
    channel = slack.workspace.channel(required(arguments, "channel_id", "channel_not_found"))
    prompts = arguments.get("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise ApiError("invalid_arguments", ["[ERROR] must be 1 to 4 items [json-pointer:/prompts]"])
    if any(not prompt.get("title") or not prompt.get("message") for prompt in prompts):
        raise ApiError("invalid_arguments", ["[ERROR] title and message are required [json-pointer:/prompts]"])
    slack.workspace.set_prompts(channel.id, {"title": arguments.get("title") or "", "prompts": prompts})
    return {}


def set_title(slack: Slack, arguments: Payload) -> Payload:
    """assistant.threads.setTitle."""
    channel = slack.workspace.channel(required(arguments, "channel_id", "channel_not_found"))
    slack.workspace.titles[channel.id, required(arguments, "thread_ts")] = required(arguments, "title")
    return {}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
    "assistant.threads.setTitle": set_title,
}
