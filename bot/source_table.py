"""Every listener of the sources' windows, in one table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from slack_bolt import App

from bot.blocks import quarantine, source_forms, sources
from bot.blocks.message_shortcuts import ADD_KNOWLEDGE
from bot.bolting import acknowledge, bare
from bot.listeners.replacing import ReplacingClicks
from bot.listeners.source_files import SourceFiles, shares_a_file
from bot.listeners.sources import SourceClicks


@dataclass(frozen=True, slots=True)
class SourceListeners:
    """Everything that admins do about sources."""

    sources: SourceClicks
    files: SourceFiles
    replacing: ReplacingClicks


def listen_about_sources(app: App, listeners: SourceListeners) -> None:
    """Listen; acknowledged as in `bot.app`. Before the other shortcuts on a message: a shared file is told apart."""
    clicks, files, replacing = listeners.sources, listeners.files, listeners.replacing
    deeds = {
        sources.OPEN: clicks.open,
        sources.TURN_ON: clicks.turn,
        sources.TURN_BACK: clicks.turn,
        sources.SHOW: clicks.show,
        sources.ADD_PAGE: clicks.open_page,
        sources.ADD_FILE: clicks.open_file,
        sources.GENERATIONS: clicks.open_generations,
        sources.REPLACED: replacing.open,
        source_forms.TAKE_BACK: replacing.take_back,
    }
    for action, deed in deeds.items():
        app.action(action)(ack=acknowledge, lazy=[bare(deed)])
    redraw = bare(clicks.redraw)
    app.action(re.compile(f"^{sources.RUN}_[a-z]+$"))(ack=acknowledge, lazy=[bare(clicks.run)])
    app.action(sources.REMOVE)(ack=acknowledge, lazy=[bare(clicks.remove)])
    app.action(quarantine.RELEASE)(ack=acknowledge, lazy=[bare(clicks.release)])
    app.action(source_forms.ROLL_BACK)(ack=acknowledge, lazy=[bare(clicks.roll_back)])
    app.view(sources.KEEP)(ack=bare(clicks.keep), lazy=[redraw])
    app.view(sources.ADD_PAGE)(ack=bare(clicks.add_page), lazy=[redraw])
    app.view(sources.ADD_FILE)(ack=bare(files.take), lazy=[bare(files.fetch)])
    app.view(source_forms.SEARCH)(bare(replacing.search))
    app.view(source_forms.REPLACE)(bare(replacing.replace))
    app.shortcut(ADD_KNOWLEDGE, matchers=[shares_a_file])(ack=acknowledge, lazy=[bare(files.open_shared)])
