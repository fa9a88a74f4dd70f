"""Settings: read once, unknown names and bad values refused with a sentence."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path

import pytest

from knowledge.errors import SettingsError
from knowledge.model import Language
from knowledge.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to start in, and no settings of the machine's own."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("SOLMU_")]:
        monkeypatch.delenv(name)


def test_without_settings_solmu_works_on_one_machine(tmp_path: Path) -> None:
    """Nothing has to be set: Finnish, the bundled model, and SQLite in a folder below where it was started."""
    settings = load_settings()
    assert (settings.language, settings.embedding_model) == (Language.FI, "bundled")
    assert settings.database == f"sqlite:///{tmp_path}/solmu-data/solmu.sqlite"
    assert (settings.admins, settings.web_networks) == (frozenset(), ())


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value is read into its own type; lists are separated by commas or spaces."""
    for name, value in {
        "LANGUAGE": "sv",
        "KEEP_GENERATIONS": "5",
        "ADMINS": "U1, U2 U3",
        "WEB_NETWORKS": "10.0.0.0/8 fd00::/8",
        "LOG_LEVEL": "debug",
        "DATABASE_URL": "postgresql://solmu@localhost/solmu",
        "DATA_DIR": "/srv/solmu",
    }.items():
        monkeypatch.setenv(f"SOLMU_{name}", value)
    settings = load_settings()
    assert (settings.language, settings.keep_generations, settings.log_level) == (Language.SV, 5, "DEBUG")
    assert settings.admins == {"U1", "U2", "U3"}
    assert settings.web_networks == (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    assert settings.database == "postgresql://solmu@localhost/solmu"
    assert settings.data_dir == Path("/srv/solmu")


def test_values_come_from_a_file_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` holds what is not in the environment; notes and other programs' names in it are left alone."""
    (tmp_path / ".env").write_text(
        "# SOLMU_NOTE=1\nSLACK_BOT_TOKEN=x\nSOLMU_LANGUAGE=sv\nexport SOLMU_HTTP_PORT=3001\n"
    )
    monkeypatch.setenv("SOLMU_LANGUAGE", "en")
    settings = load_settings()
    assert (settings.language, settings.http_port) == (Language.EN, 3001)


def test_a_misspelt_name_is_refused_with_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that would silently do nothing stops the start, and the nearest known one is named."""
    monkeypatch.setenv("SOLMU_DATADIR", "/srv/solmu")
    with pytest.raises(
        SettingsError, match=r"^SOLMU_DATADIR is not a setting of Solmu; did you mean SOLMU_DATA_DIR\?$"
    ):
        load_settings()


def test_an_unheard_of_name_is_refused_with_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is near, every known setting is listed."""
    monkeypatch.setenv("SOLMU_QQQQQ", "1")
    with pytest.raises(SettingsError, match=r"known settings are SOLMU_ADMINS, .*SOLMU_WORKSPACES\.$"):
        load_settings()


def test_a_misspelt_name_in_the_file_is_refused_too(tmp_path: Path) -> None:
    """`.env` is held to the same names."""
    (tmp_path / ".env").write_text("SOLMU_LANGUAG=sv\n")
    with pytest.raises(SettingsError, match=r"SOLMU_LANGUAG is not .* SOLMU_LANGUAGE\?"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SOLMU_LANGUAGE", "finnish", r"Input should be 'fi', 'sv', 'en' or 'und'"),
        ("SOLMU_KEEP_GENERATIONS", "1", r"greater than or equal to 2"),
        ("SOLMU_KEEP_GENERATIONS", "many", r"valid integer"),
        ("SOLMU_HTTP_PORT", "70000", r"less than or equal to 65535"),
        ("SOLMU_LOG_LEVEL", "LOUD", r"expected DEBUG, INFO, WARNING or ERROR"),
        ("SOLMU_JOIN_URL", "liity.example", r"expected a web address that begins with https://"),
        ("SOLMU_PUBLIC_URL", "solmu.example", r"expected a web address that begins with https://"),
        ("SOLMU_WEB_NETWORKS", "10.0.0.0/33", r"does not appear to be an IPv4 or IPv6 network"),
    ],
)
def test_a_bad_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str) -> None:
    """The sentence names the setting and says what it should be."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name} cannot be used: .*{reason}") as error:
        load_settings()
    assert "\n" not in str(error.value)


def test_a_password_is_not_shown() -> None:
    """What a settings object prints, say in a log, holds no database password."""
    assert "hunter2" not in repr(Settings(database_url="postgresql://solmu:hunter2@localhost/solmu"))


def test_settings_do_not_change() -> None:
    """They are read once; nobody sets one in passing."""
    with pytest.raises(ValueError, match="frozen"):
        load_settings().language = Language.SV  # type: ignore[misc]


def test_publishers_are_separated_by_commas_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their names hold spaces; where nothing is set, the authorities of the field are official."""
    assert {"THL", "European Commission"} <= load_settings().official_publishers
    monkeypatch.setenv("SOLMU_OFFICIAL_PUBLISHERS", "Esimerkkilän  kunta, THL,")
    assert load_settings().official_publishers == {"Esimerkkilän kunta", "THL"}


def test_the_public_address_has_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it was written with one or not; paths are put behind it."""
    monkeypatch.setenv("SOLMU_PUBLIC_URL", "https://solmu.example.org/web/")
    assert load_settings().public_url == "https://solmu.example.org/web"


@pytest.mark.parametrize(
    "address",
    [
        "https://models.example.org/v1",
        "http://localhost:11434/v1",
        "http://127.0.0.1:8000/v1/",
        "http://[::1]:8000/v1",
        "http://10.1.2.3/v1",
        "http://llm.internal:8000/v1",
    ],
)
def test_a_language_model_is_reached_encrypted_or_near(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """TLS anywhere, none only for this machine, private addresses, and hosts that the operator named."""
    monkeypatch.setenv("SOLMU_LLM_BASE_URL", address)
    monkeypatch.setenv("SOLMU_LLM_MODEL", "small")
    monkeypatch.setenv("SOLMU_LLM_HTTP_HOSTS", "llm.internal")
    assert load_settings().llm_base_url == address.rstrip("/")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://models.example.org/v1", "SOLMU_LLM_HTTP_HOSTS"),
        ("http://8.8.8.8/v1", "SOLMU_LLM_HTTP_HOSTS"),
        ("http://0.0.0.0/v1", "SOLMU_LLM_HTTP_HOSTS"),
        ("https://user:secret@models.example.org/v1", "SOLMU_LLM_API_KEY"),
        ("https://models.example.org/v1?key=secret", "expected the address"),
        ("models.example.org", "expected the address"),
        ("ftp://models.example.org", "expected the address"),
    ],
)
def test_other_addresses_of_a_language_model_stop_the_program(
    monkeypatch: pytest.MonkeyPatch, address: str, told: str
) -> None:
    """The sentence says what to do, and repeats no secret that stood in the address."""
    monkeypatch.setenv("SOLMU_LLM_BASE_URL", address)
    monkeypatch.setenv("SOLMU_LLM_MODEL", "small")
    with pytest.raises(SettingsError, match=told) as raised:
        load_settings()
    assert str(raised.value).startswith("SOLMU_LLM_BASE_URL cannot be used")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("name", ["BASE_URL", "MODEL"])
def test_an_address_needs_a_model_and_a_model_an_address(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One without the other is told at start, not at the first question."""
    monkeypatch.setenv(f"SOLMU_LLM_{name}", "http://localhost/v1")
    with pytest.raises(SettingsError, match="SOLMU_LLM_MODEL cannot be used: expected it to be set together"):
        load_settings()


def test_a_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing the settings tells no secret."""
    monkeypatch.setenv("SOLMU_LLM_API_KEY", "sk-hidden")
    settings = load_settings()
    assert "sk-hidden" not in repr(settings)
    assert settings.llm_api_key.get_secret_value() == "sk-hidden"
