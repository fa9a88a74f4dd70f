"""Every listener beneath answers, and about questions to the network, in one table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from slack_bolt import App

from bot.blocks import closing, curating, inquiries, ratings
from bot.bolting import acknowledge, bare
from bot.listeners.curating import CurationClicks
from bot.listeners.inquiring import InquiryClicks
from bot.listeners.rating import AnswerClicks


@dataclass(frozen=True, slots=True)
class KnowingListeners:
    """Everything that is done about answers, and where there was none."""

    answers: AnswerClicks
    inquiries: InquiryClicks
    curation: CurationClicks


def listen_about_answers(app: App, listeners: KnowingListeners) -> None:
    """Listen to everything that is done; acknowledged as in `bot.app`."""
    answers, asked, curation = listeners.answers, listeners.inquiries, listeners.curation
    app.action(closing.RATE)(ack=acknowledge, lazy=[bare(answers.rate)])
    app.action(re.compile(f"^{closing.CONTEXT}\\d+$"))(ack=acknowledge, lazy=[bare(answers.show)])
    app.view(ratings.EXPLAIN)(bare(answers.explain))
    app.action(closing.ASK_NETWORK)(ack=acknowledge, lazy=[bare(asked.begin)])
    app.view(inquiries.SEND)(ack=bare(asked.submit), lazy=[bare(asked.post)])
    clicks = {
        inquiries.ACCEPT: asked.accept,
        inquiries.AGREE: curation.agree,
        inquiries.AGREE_UNNAMED: curation.agree,
        inquiries.REFUSE: curation.refuse,
        inquiries.RETRACT: curation.retract,
        curating.EDIT: curation.edit,
        curating.DISMISS: curation.dismiss,
    }
    for action, deed in clicks.items():
        app.action(action)(ack=acknowledge, lazy=[bare(deed)])
    app.view(curating.APPROVE)(bare(curation.approve))
