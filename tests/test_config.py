"""Settings: what the file and the environment may say, and how a setting that cannot be used is told."""

import os

import pytest

from chronik import config as configuration
from chronik.config import Config, from_table, load
from chronik.errors import ArchiveMissingError, ConfigError


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    for name in [name for name in os.environ if name.startswith("CHRONIK_")]:
        monkeypatch.delenv(name)


def written(folder, content):
    data = content if isinstance(content, bytes) else content.encode()
    (folder / configuration.FILE_NAME).write_bytes(data)
    return folder


def test_the_template_holds_the_defaults(tmp_path):
    assert load(written(tmp_path, configuration.TEMPLATE)) == Config(archive=tmp_path)


def test_a_variable_wins_over_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CHRONIK_PORT", "9000")
    monkeypatch.setenv("CHRONIK_PERMITTED_ENDPOINTS", "10.0.0.1:80, 10.0.0.2:81,")
    monkeypatch.setenv("CHRONIK_SAMPLE", "Yes")
    config = load(written(tmp_path, "port = 8000\npace_s = 1\n"))
    assert (config.port, config.pace_s, config.sample) == (9000, 1.0, True)
    assert config.permitted_endpoints == ("10.0.0.1:80", "10.0.0.2:81")


def test_a_file_of_an_editor_that_marks_utf_8_is_read(tmp_path):
    assert load(written(tmp_path, b'\xef\xbb\xbfname = "Archiv"\r\n')).name == "Archiv"


def test_a_folder_without_settings_is_no_archive(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(ArchiveMissingError, match="chronik init"):
            load(folder)


def test_settings_that_cannot_be_read_are_told_in_a_sentence(tmp_path):
    (tmp_path / configuration.FILE_NAME).mkdir()
    with pytest.raises(ConfigError, match=r"chronik\.toml: cannot be read: "):
        load(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_settings_of_somebody_else_are_told_in_a_sentence(tmp_path):
    written(tmp_path, "port = 1\n")
    (tmp_path / configuration.FILE_NAME).chmod(0)
    with pytest.raises(ConfigError, match="permissions"):
        load(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"name = ", b'name = "a"\nname = "b"', b"\x00", b'name = "\xff"', b"a = " + b"[" * 9000, b"port = " + b"9" * 9000],
    ids=["no value", "twice", "NUL", "not UTF-8", "deep", "long"],
)
def test_a_file_that_is_no_toml_is_told_in_a_sentence(tmp_path, content):
    with pytest.raises(ConfigError, match=r"chronik\.toml: not "):
        load(written(tmp_path, content))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("port", 0),
        ("port", -1),
        ("port", 65536),
        ("port", True),
        ("port", "80"),
        ("port", 80.0),
        ("sample_port", 0),
        ("sample_port", 10**9),
        ("pace_s", float("nan")),
        ("pace_s", float("inf")),
        ("pace_s", -0.1),
        pytest.param("timeout_s", 10**400, id="timeout_s-long"),
        ("timeout_s", float("inf")),
        ("timeout_s", float("nan")),
        ("timeout_s", 0),
        ("collect_every_s", 0),
        ("fetch_workers", 0),
        ("size_bytes_max", -1),
        ("time_zone", ""),
        ("time_zone", "../etc/passwd"),
        ("time_zone", "Europe/Nowhere"),
        ("time_zone", "/etc/localtime"),
        ("time_zone", "Europe\x00"),
        ("language", "EN"),
        ("name", "a\nb"),
        ("contact", "a\r\nX-Injected: yes"),
        ("contact", "a\x00"),
        ("contact", "\u2028"),
        ("host", "::1\n"),
        ("public_url", "press.example.org"),
        ("public_url", "ftp://press.example.org/"),
        ("public_url", "javascript:alert(1)"),
        ("public_url", "https://"),
        ("public_url", "https:///folder/"),
        ("public_url", "https://a.example/?q=1"),
        ("public_url", "https://a.example/?"),
        ("public_url", "https://a.example/#top"),
        ("public_url", "https://me:secret@a.example/"),
        ("public_url", "https://a.example:99999/"),
        ("public_url", "https://[::1/"),
        ("public_url", "https://a.example/\n"),
        ("public_url", " https://a.example/"),
        ("permitted_endpoints", "10.0.0.1:80"),
        ("permitted_endpoints", [1]),
        ("sample", 1),
        ("unknown", 1),
        ("archive", "elsewhere"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path, setting, value):
    with pytest.raises(ConfigError, match=setting):
        from_table(tmp_path, {setting: value})


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("CHRONIK_PORT", ""),
        ("CHRONIK_PORT", "0"),
        pytest.param("CHRONIK_PORT", "9" * 5000, id="CHRONIK_PORT-long"),
        ("CHRONIK_PACE_S", "nan"),
        ("CHRONIK_TIMEOUT_S", "1e999"),
        ("CHRONIK_SAMPLE", "perhaps"),
        ("CHRONIK_PUBLIC_URL", "a.example"),
        ("CHRONIK_CONTACT", "a\x7f"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(tmp_path, monkeypatch, variable, text):
    monkeypatch.setenv(variable, text)
    with pytest.raises(ConfigError, match=variable):
        from_table(tmp_path, {})


@pytest.mark.parametrize(
    "address",
    ["", "http://a.example", "https://a.example:8443/presse/", "https://bücher.example/", "http://[::1]:8080/"],
)
def test_a_public_address_is_an_address_of_a_folder(tmp_path, address):
    assert from_table(tmp_path, {"public_url": address}).public_url == address


def test_a_name_may_hold_what_its_script_needs(tmp_path):
    assert from_table(tmp_path, {"name": "آرشیو خبر\u200cنامه"}).name.endswith("نامه")


def test_the_state_directory_lies_outside_the_archive(tmp_path, monkeypatch):
    def state(**table):
        return from_table(tmp_path / "archive", table).state

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
    assert state() == tmp_path / "xdg" / "chronik"
    assert state(state_directory=str(tmp_path / "mine")) == tmp_path / "mine"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert state() == tmp_path / "home" / ".local" / "state" / "chronik"


@pytest.mark.parametrize("name", ["ledger_key", "state_directory"])
@pytest.mark.parametrize("path", ["relative/folder", "/with\0nul"])
def test_paths_of_the_ledger_are_absolute(tmp_path, name, path):
    with pytest.raises(ConfigError, match=name):
        from_table(tmp_path, {name: path})


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"oidc_issuer": "http://id.example.org", "oidc_client_id": "c"}, "oidc_issuer"),
        ({"oidc_issuer": "https://id.example.org?x=1", "oidc_client_id": "c"}, "oidc_issuer"),
        ({"oidc_issuer": "https://id.example.org"}, "oidc_client_id"),
        ({"oidc_client_id": "c"}, "oidc_client_id"),
        ({"oidc_issuer": "https://id.example.org", "oidc_client_id": "c\n"}, "oidc_client_id"),
        ({"oidc_name": "a\0"}, "oidc_name"),
    ],
)
def test_a_provider_of_identities_is_named_whole_and_safely(tmp_path, table, named):
    with pytest.raises(ConfigError, match=named):
        from_table(tmp_path, table)
    good = from_table(tmp_path, {"oidc_issuer": "https://id.example.org/a", "oidc_client_id": "c"})
    assert good.oidc_issuer == "https://id.example.org/a"
    assert "hidden" not in repr(from_table(tmp_path, {"oidc_client_secret": "hidden"}))
