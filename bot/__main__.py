"""`python -m bot`: answer in Slack, check the set-up, or try Solmu without Slack."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.checking import checks
from bot.composing_workspaces import installations_of
from bot.logs import quieten_libraries
from bot.runner import run_bot
from bot.settings import load_slack_settings
from knowledge.adapters.sealing import new_key
from knowledge.auditing import note_shell_act
from knowledge.model import Act
from knowledge.settings import load_settings
from knowledge.shell import output, print_json, sentences_for_errors, set_up_service_logging
from knowledge.store import open_store
from knowledge.wiring import utc_now

app = typer.Typer(help="Answer questions in Slack.", add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Answer questions in Slack until stopped."""
    if context.invoked_subcommand is None:
        with sentences_for_errors():
            settings = load_settings()
            set_up_service_logging(settings)
            quieten_libraries()
            run_bot(settings, load_slack_settings())


@app.command()
def check(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False) -> None:
    """Check Slack, workspaces, clock, database, disk, erasures, model and index, one line each; 1 where one is bad."""
    findings = []
    for finding in checks():
        findings.append(finding)
        if not as_json:
            output.print(f"{'ok  ' if finding.is_good else 'FAIL'} {finding.name}: {finding.sentence}")
    if as_json:
        print_json([asdict(finding) for finding in findings])
    raise typer.Exit(int(not all(finding.is_good for finding in findings)))


@app.command("new-key")
def make_key() -> None:
    """Print a new key for SOLMU_TOKEN_KEYS."""
    output.print(new_key())


@app.command()
def rekey() -> None:
    """Seal every workspace's token with the newest of SOLMU_TOKEN_KEYS; the older ones can be taken away then."""
    with sentences_for_errors():
        settings = load_settings()
        store = open_store(settings.database)
        try:
            count = installations_of(settings, store, utc_now).rekey()
            note_shell_act(store, utc_now, Act.REKEY)
        finally:
            store.dispose()
        output.print(f"{count} tokens are sealed with the newest key.")


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port of the page.", min=1, max=65535)] = 8765,
    data_dir: Annotated[
        Path | None, typer.Option(help="Where the index is kept; below solmu-demo where not said.")
    ] = None,
) -> None:
    """Try Solmu in the browser, with no Slack: a stand-in workspace and invented documents."""
    from bot.sandbox.launcher import run_sandbox  # noqa: PLC0415 - a bot in earnest needs none of it

    with sentences_for_errors():
        raise typer.Exit(run_sandbox(port, data_dir))


if __name__ == "__main__":
    app(prog_name="python -m bot")
