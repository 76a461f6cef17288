"""The settings: one table, each with a default and a line of help; file and environment, and what cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assistant.errors import UsageError
from assistant.settings import SHIPPED_EMBEDDER, Settings, load_settings


def _fields() -> Iterator[tuple[str, FieldInfo]]:
    for section, table in Settings.model_fields.items():
        assert isinstance(table.annotation, type)
        assert issubclass(table.annotation, BaseModel)
        for name, field in table.annotation.model_fields.items():
            yield f"{section}.{name}", field


FIELDS = dict(_fields())


def write(folder: Path, text: str) -> Path:
    (folder / "regelwijzer.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_has_a_default_and_a_line_of_help(name: str) -> None:
    field = FIELDS[name]
    assert not field.is_required()
    assert field.description
    assert field.description.endswith(".")
    assert len(field.description) < 150


def test_there_are_few() -> None:
    assert len(FIELDS) < 30


def test_those_of_the_contract_are_there_with_their_defaults(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.index.embedder == SHIPPED_EMBEDDER
    assert settings.index.chroma == "embedded"
    assert (settings.answering.model, settings.answering.base_url) == ("", "")
    assert settings.store.url == ""
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 7860)
    assert list(tmp_path.iterdir()) == []


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, '[web]\nport = 8000\nhost = "::1"\n')
    monkeypatch.setenv("REGELWIJZER_WEB__PORT", "9000")
    settings = load_settings(tmp_path)
    assert (settings.web.port, settings.web.host, settings.web.access) == (9000, "::1", "local")


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_can_be_given_by_the_environment(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section, _, field = name.partition(".")
    default = getattr(getattr(Settings(), section), field)
    given = str(default + 1 if isinstance(default, int | float) else "accounts" if field == "access" else "een waarde")
    monkeypatch.setenv(f"REGELWIJZER_{section.upper()}__{field.upper()}", given)
    assert str(getattr(getattr(load_settings(tmp_path), section), field)) == given


def test_settings_of_one_home_do_not_leak_into_another(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    write(tmp_path / "a", "[web]\nport = 8000\n")
    assert load_settings(tmp_path / "a").web.port == 8000
    assert load_settings(tmp_path / "b").web.port == 7860


@pytest.mark.parametrize(
    ("text", "code", "parts"),
    [
        ("kapot", "settings-syntax", ["regelwijzer.toml"]),
        ("[web]\nport = 0\n", "settings-value", ["web.port", "Poort waarop", "REGELWIJZER_WEB__PORT"]),
        ('[web]\nport = "veel"\n', "settings-value", ["web.port", "'veel'"]),
        ('[web]\naccess = "iedereen"\n', "settings-value", ["web.access", "proxy"]),
        ("[answering]\ntimeout_s = -1\n", "settings-value", ["answering.timeout_s"]),
        ("[store]\nretention_days = 0\n", "settings-value", ["store.retention_days"]),
        ("[index]\nonbekend = 1\n", "settings-value", ["index.onbekend", "bestaat niet"]),
        ("index = 3\n", "settings-value", ["[index]", "onderdeel"]),
        ("[web]\nhost = geen tekst\n", "settings-syntax", ["regelwijzer.toml, regel 2", "aanhalingstekens"]),
        ("[web\nport = 1\n", "settings-syntax", ["regel 1", "]"]),
        ("[onbekend]\na = 1\n", "settings-section", ["[onbekend]", "index, answering, store, web"]),
    ],
)
def test_what_cannot_be_used_is_named_with_its_help(tmp_path: Path, text: str, code: str, parts: list[str]) -> None:
    with pytest.raises(UsageError) as raised:
        load_settings(write(tmp_path, text))
    assert raised.value.code == code
    for part in parts:
        assert part in raised.value.line()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00"], ids=["no UTF-8", "NUL"])
def test_a_file_that_is_no_text_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "regelwijzer.toml").write_bytes(content)
    with pytest.raises(UsageError) as raised:
        load_settings(tmp_path)
    assert raised.value.code == "settings-syntax"


def test_a_setting_that_is_not_there_keeps_its_value_to_itself(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        load_settings(write(tmp_path, '[answering]\napi_key = "geheim"\n'))
    assert "answering.api_key bestaat niet" in raised.value.line()
    assert "geheim" not in raised.value.line()


def test_a_file_as_some_editors_save_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "regelwijzer.toml").write_bytes(b"\xef\xbb\xbf[web]\r\nport = 7000\r\n")
    assert load_settings(tmp_path).web.port == 7000


def test_a_file_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "regelwijzer.toml").mkdir()
    with pytest.raises(UsageError, match="het is een map") as raised:
        load_settings(tmp_path)
    assert raised.value.code == "settings-unreadable"


def test_a_variable_named_after_a_section_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGELWIJZER_INDEX", "regelwijzer-nl-static")
    with pytest.raises(UsageError, match="REGELWIJZER_INDEX ") as raised:
        load_settings(tmp_path)
    assert "REGELWIJZER_INDEX__EMBEDDER" in raised.value.remedy


def test_a_value_of_the_environment_that_cannot_be_used_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGELWIJZER_WEB__PORT", "veel")
    with pytest.raises(UsageError) as raised:
        load_settings(tmp_path)
    assert "REGELWIJZER_WEB__PORT" in raised.value.line()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().web.port = 1  # type: ignore[misc]
