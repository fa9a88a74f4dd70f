"""Workspaces over a real database: tokens, clients, and who and what is looked for where."""

from __future__ import annotations

from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import Installation

from bot.composing_roles import group_in
from bot.composing_workspaces import PerWorkspace, check_settings, installations_of
from bot.delivery import Place, UndeliverableError
from bot.dispatching import AppsByTeam
from bot.everywhere import DeliveryEverywhere, LookupEverywhere
from bot.handling import HandlersEverywhere
from bot.install_pages import Page, language_of, page_html
from bot.oauth_flow import InstallationKeeper
from bot.welcoming import Newcomer
from bot.workspaces import ChannelTeams, Workspaces
from knowledge.adapters.sealing import Seal, SealBrokenError, new_key
from knowledge.errors import NotFoundError, SettingsError
from knowledge.installations import BACK_WITHIN, Installations
from knowledge.model import SOLMU, Act, ChannelId, Language, TeamId, member_id
from knowledge.settings import Settings
from knowledge.store import Store, open_store
from tests.fakes import SetClock

T1, T2, T3 = TeamId("T1"), TeamId("T2"), TeamId("T3")
KEY = new_key()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty database."""
    return open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")


@pytest.fixture
def installations(store: Store, clock: SetClock) -> Installations:
    """Two workspaces are allowed, and installed."""
    made = Installations(store, Seal([KEY]), {T1, T2}, clock)
    made.keep(T1, "Järvi", "UBOT1", "chat:write", "xoxb-one")
    made.keep(T2, "Ranta", "UBOT2", "chat:write", "xoxb-two")
    return made


@pytest.fixture
def workspaces(installations: Installations) -> Workspaces:
    """Clients that call nobody."""
    return Workspaces(installations, lambda token: WebClient(token=token))


def test_each_workspace_has_a_client_of_its_own_token(workspaces: Workspaces, installations: Installations) -> None:
    """The same one until the app is installed anew, and none once it is removed."""
    first = workspaces.at(T1)
    assert (first.client.token, workspaces.at(T2).client.token) == ("xoxb-one", "xoxb-two")
    assert workspaces.at(T1) is first
    counted = PerWorkspace(workspaces, lambda each: [each.client.token])
    assert counted.at(T1) is counted.at(T1)
    installations.keep(T1, "Järvi", "UBOT1", "chat:write", "xoxb-newer")
    assert workspaces.at(T1).client.token == "xoxb-newer"
    assert counted.at(T1) == ["xoxb-newer"]
    installations.remove(T1)
    with pytest.raises(NotFoundError):
        workspaces.at(T1)
    assert workspaces.at(T2).client.token == "xoxb-two"


def test_a_workspace_that_is_no_longer_allowed_is_as_if_it_had_not_installed(
    store: Store, clock: SetClock, installations: Installations
) -> None:
    """Taken off the list, it is served no more from the next start, whatever is in the database."""
    assert [each.team for each in installations.all()] == [T1, T2]
    narrower = Installations(store, Seal([KEY]), {T2}, clock)
    assert [each.team for each in narrower.all()] == [T2]
    with pytest.raises(NotFoundError, match="not among SOLMU_WORKSPACES"):
        narrower.get(T1)


@pytest.mark.parametrize("allowed", [{T1, T2}, {T2}])
def test_whoever_removes_solmu_has_their_token_erased(
    store: Store, clock: SetClock, installations: Installations, allowed: set[TeamId]
) -> None:
    """Also a workspace that was taken off the list before; it is served no more, but its token was kept."""
    del installations
    narrower = Installations(store, Seal([KEY]), allowed, clock)
    apps = AppsByTeam(WebClient(), _no_app, narrower, ChannelTeams(narrower))
    removed = {"type": "event_callback", "team_id": T1, "event": {"type": "app_uninstalled"}}
    told = BoltRequest(body=removed | {"event_time": int(clock().timestamp())}, mode="socket_mode")
    assert apps.dispatch(told).status == 200
    with store.reading() as work:
        assert [each.team for each in work.installations.all()] == [T2]
        acts = [(each.who, each.act, each.subject) for each in work.audit.latest(9)]
    assert acts[0] == (SOLMU, Act.UNINSTALL, T1)


def test_who_installed_it_is_in_the_audit_log(store: Store, installations: Installations) -> None:
    """As far as Slack tells; the workspace is told with it, and the token is not."""
    told = Installation(user_id="UINSTALLER", team_id=T1, team_name="Järvi", bot_user_id="UB", bot_token="xoxb-new")
    InstallationKeeper(installations).save(told)
    with store.reading() as work:
        [newest, *_] = work.audit.latest(9)
    assert (newest.who, newest.act, newest.subject) == (member_id(T1, "UINSTALLER"), Act.INSTALL, T1)


def _no_app(team: str) -> App:
    raise NotFoundError(team)


def test_a_token_without_its_key_is_told_and_none_is_lost(
    store: Store, clock: SetClock, installations: Installations
) -> None:
    """Sealing anew with keys that do not open everything changes nothing."""
    before = installations.all()
    other = Installations(store, Seal([new_key()]), {T1, T2}, clock)
    with pytest.raises(SealBrokenError, match="workspace T1 cannot be opened"):
        other.rekey()
    assert installations.all() == before


def test_a_word_is_good_for_minutes(installations: Installations, clock: SetClock) -> None:
    """And for one return."""
    early, late = installations.begin(), installations.begin()
    assert early != late
    assert installations.finish(early)
    assert not installations.finish(early)
    clock.now += BACK_WITHIN
    assert not installations.finish(late)


def test_channels_are_learnt_once_and_by_every_process(installations: Installations) -> None:
    """What another process learns is found; what is not known is in no workspace."""
    mine, others = ChannelTeams(installations), ChannelTeams(installations)
    mine.note(T1, [ChannelId("C1")])
    assert (others.of("C1"), others.of("C2")) == (T1, "")
    others.note(T2, [ChannelId("C1"), ChannelId("C2")])
    assert (mine.of("C1"), mine.of("C2")) == (T1, T2)
    installations.remove(T1)
    mine.forget(T1)
    assert mine.of("C1") == ""


def test_nothing_is_sent_where_solmu_is_not(workspaces: Workspaces, installations: Installations) -> None:
    """Neither to a channel or person of a workspace that did not install it, nor to people of two workspaces."""
    delivery = DeliveryEverywhere(workspaces, ChannelTeams(installations))
    with pytest.raises(UndeliverableError, match="not_installed"):
        delivery.delete(Place("C7"), "1.0")
    # What stands there is asked before it is posted: it must not keep the clerk from everything else.
    assert (delivery.find(Place("C7"), "mark"), list(delivery.messages(Place("C7")))) == (None, [])
    for people in (["T3:U1"], ["T1:U1", "T2:U2"], ["U1"]):
        with pytest.raises(UndeliverableError, match="not_installed"):
            delivery.open_group(people)


def test_whoever_is_in_no_workspace_is_an_outsider_without_a_name(
    workspaces: Workspaces, installations: Installations
) -> None:
    """Slack is not asked about them."""
    lookup = LookupEverywhere(workspaces, ChannelTeams(installations))
    for stranger in ("T3:U1", "U1"):
        assert not lookup.is_insider(stranger)
        assert not lookup.was_insider(stranger)
        assert (lookup.name_of(stranger), lookup.zone_of(stranger)) == ("", "")
    assert lookup.names_of(["T3:U1"]) == {"T3:U1": ""}
    # Where Solmu is not, nobody tells that they are members no more.
    assert lookup.belonging(["T3:U1"]) == {}
    assert lookup.is_open_to_others("C7")
    assert lookup.closed_because("C7") == "channel_not_found"
    assert not lookup.all_are_insiders("C7")
    assert not lookup.all_are_among("C7", frozenset())


def test_work_of_a_workspace_that_left_is_given_up(workspaces: Workspaces) -> None:
    """It ends, rather than being tried for ever."""
    asked: list[str] = []
    everywhere = HandlersEverywhere(PerWorkspace(workspaces, lambda each: asked.append(each.team)).at)  # type: ignore[arg-type,func-returns-value]
    assert everywhere.greet(Newcomer("T3", "U1", 0.0), doubtful=False)
    assert asked == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"token_keys": ""}, "SOLMU_TOKEN_KEYS is not set: workspaces' tokens are kept sealed only"),
        ({"token_keys": "sesame"}, "Key 1 of SOLMU_TOKEN_KEYS is not a key"),
        ({"public_url": ""}, "SOLMU_PUBLIC_URL is not set"),
        ({"workspaces": ""}, "SOLMU_WORKSPACES is not set"),
        ({"admins": "T1:U1 U2"}, "people are named in full, as TEAM:USER; U2 lacks its workspace"),
        ({"admin_group": "S123"}, "each names one user group, as TEAM:GROUP; got S123"),
        ({"coordinator_group": "T1:S123 T1:S456"}, "each names one user group, as TEAM:GROUP"),
    ],
)
def test_what_is_missing_for_several_workspaces_is_told(
    store: Store, clock: SetClock, changed: dict[str, str], sentence: str
) -> None:
    """Each in one sentence that names the setting and holds no key."""
    usual = {"token_keys": KEY, "public_url": "https://solmu.example.org", "workspaces": "T1,T2", "admins": "T1:U1"}
    settings = Settings(**usual | changed)  # type: ignore[arg-type]

    def start() -> None:
        check_settings(settings)
        installations_of(settings, store, clock)

    with pytest.raises(SettingsError, match=sentence) as caught:
        start()
    assert "sesame" not in str(caught.value)


def test_each_workspace_has_its_own_user_group() -> None:
    """One that names no workspace is that of the only one."""
    both = Settings(admin_group="T1:S123, T2:S456").admin_group
    assert [group_in(both, team) for team in ("T1", "T2", "T3")] == ["S123", "S456", ""]
    assert (group_in("S123", "T1"), group_in("", "T1")) == ("S123", "")


def test_pages_speak_the_browsers_language_and_no_markup_of_others() -> None:
    """A workspace's name is shown as it is written."""
    page = page_html(Page.DONE, "<script>Järvi</script>", Language.SV)
    assert '<html lang="sv">' in page
    assert "&lt;script&gt;Järvi&lt;/script&gt;" in page
    assert [language_of(each, Language.FI) for each in ("sv-FI,sv;q=0.9,en;q=0.8", "de-DE", "de, en;q=0.7")] == [
        Language.SV,
        Language.FI,
        Language.EN,
    ]
