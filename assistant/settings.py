"""The one table of settings: name, default and a line of help each, read from a file and the environment.

Order of precedence: environment (``REGELWIJZER_INDEX__EMBEDDER``), then ``regelwijzer.toml`` in the home folder, then the
defaults below. Reading settings builds nothing and makes no folders.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from assistant.errors import UsageError, system_reason, toml_fault

SHIPPED_EMBEDDER = "regelwijzer-nl-static"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IndexSettings(_Table):
    """How the index is built and kept."""

    embedder: str = Field(
        SHIPPED_EMBEDDER, description="Inbeddingsmodel: het meegeleverde, of een naam of map van sentence-transformers."
    )
    query_prefix: str | None = Field(
        None, description="Tekst vóór elke vraag bij het inbedden; leeg laten voor wat bij het model hoort."
    )
    passage_prefix: str | None = Field(
        None, description="Tekst vóór elke passage bij het inbedden; leeg laten voor wat bij het model hoort."
    )
    chroma: str = Field("embedded", description="Waar Chroma staat: 'embedded', of het http-adres van een Chroma-server.")
    keep: int = Field(3, ge=1, le=50, description="Hoeveel generaties van de index bewaard blijven.")


class AnsweringSettings(_Table):
    """How answers are written."""

    model: str = Field("", description="Taalmodel als LangChain-naam, zoals 'ollama:…'; leeg: geen taalmodel.")
    base_url: str = Field("", description="Adres van het taalmodel, als dat niet het gewone adres is.")
    timeout_s: float = Field(20.0, gt=0, le=300, description="Zo veel seconden mag het taalmodel over een antwoord doen.")


class StoreSettings(_Table):
    """Where conversations and answers are kept."""

    url: str = Field("", description="Adres van de database (SQLAlchemy); leeg: SQLite in de map data/.")
    retention_days: int = Field(90, ge=1, le=3650, description="Zo veel dagen worden gesprekken bewaard.")


class WebSettings(_Table):
    """The web chat."""

    host: str = Field("127.0.0.1", description="Adres waarop de webchat luistert.")
    port: int = Field(7860, ge=1, le=65535, description="Poort waarop de webchat luistert.")
    access: Literal["local", "accounts", "proxy"] = Field(
        "local", description="Wie erin mag: alleen deze computer ('local'), accounts ('accounts') of een proxy ('proxy')."
    )
    addresses: str = Field(
        "", description="Adressen waaronder anderen de webchat openen, met komma's: 'https://regelwijzer.voorbeeld.nl'."
    )
    proxy_header: str = Field("X-Remote-User", description="Kop waarin de proxy zegt wie de gebruiker is.")
    proxy_addresses: str = Field("127.0.0.1,::1", description="Adressen van de proxy; alleen dan geldt de kop.")
    keepers: str = Field("", description="Gebruikers van de proxy die corpusbeheerder zijn, met komma's.")
    admins: str = Field("", description="Gebruikers van de proxy die beheerder zijn, met komma's.")
    questions_per_minute: int = Field(
        30, ge=1, le=10_000, description="Zo veel vragen per minuut mag een gebruiker stellen."
    )


class Settings(BaseSettings):
    """All settings, each in its section; see :func:`load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix="REGELWIJZER_",
        env_nested_delimiter="__",
        extra="ignore",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    index: IndexSettings = IndexSettings()
    answering: AnsweringSettings = AnsweringSettings()
    store: StoreSettings = StoreSettings()
    web: WebSettings = WebSettings()


def load_settings(home: Path) -> Settings:
    """Reads ``home/regelwijzer.toml`` (if it is there) and the environment.

    Raises UsageError with the setting's name and its help when a value cannot be used.
    """
    path = home / "regelwijzer.toml"
    values = _read(path)
    try:
        return _with_file(values)()
    except SettingsError as error:  # a variable of a whole section must hold JSON
        names = [_variable(section) for section in Settings.model_fields if _variable(section) in os.environ]
        raise UsageError(
            "settings-value",
            f"Omgevingsvariabele {', '.join(names)} heeft een waarde die niet kan.",
            "Noem er een instelling bij, zoals REGELWIJZER_INDEX__EMBEDDER.",
        ) from error
    except ValidationError as error:
        raise _refused(error.errors()[0], path.name) from error


def _read(path: Path) -> dict[str, Any]:
    """The values of the file; none where there is no file. Raises UsageError."""
    source = ""
    try:
        source = path.read_bytes().decode("utf-8-sig")
        values = tomllib.loads(source)
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = f"{path.name} is niet te lezen ({system_reason(error)})."
        raise UsageError("settings-unreadable", message, "Controleer de naam en de rechten.") from error
    except UnicodeDecodeError as error:
        raise UsageError("settings-syntax", f"{path.name} is geen UTF-8-tekst.", "Sla het bestand op als UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, what = toml_fault(error, source)
        raise UsageError("settings-syntax", f"{path.name}, regel {line}: {what}", "Verbeter deze regel.") from error
    unknown = set(values) - set(Settings.model_fields)
    if unknown:
        raise UsageError(
            "settings-section",
            f"{path.name} heeft een onbekend onderdeel [{min(unknown)}].",
            f"Bekend zijn: {', '.join(Settings.model_fields)}.",
        )
    return values


def _with_file(values: dict[str, Any]) -> type[Settings]:
    class FileSettings(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return env_settings, InitSettingsSource(settings_cls, init_kwargs=values)

    return FileSettings


def _refused(error: Mapping[str, Any], file: str) -> UsageError:
    """What is wrong with a setting, with its help. The value of one that is not there may be a secret and is not told."""
    section, *rest = map(str, error["loc"])
    name = ".".join((section, *rest))
    where = f"{file} of de omgevingsvariabele {_variable('__'.join((section, *rest)))}"
    if not rest:
        message = f"Onderdeel [{section}] heeft een waarde die niet kan: {error['input']!r}."
        return UsageError("settings-value", message, f"Het is een onderdeel met instellingen erin. Verbeter {where}.")
    help_line = _help(section, rest[0])
    if not help_line:
        return UsageError("settings-value", f"Instelling {name} bestaat niet.", f"Haal haar weg uit {where}.")
    message = f"Instelling {name} heeft een waarde die niet kan: {error['input']!r}."
    return UsageError("settings-value", message, f"{help_line} Verbeter {where}.")


def _variable(name: str) -> str:
    return f"REGELWIJZER_{name.upper()}"


def _help(section: str, field: str) -> str:
    """The help of a setting; empty for one that does not exist."""
    table = Settings.model_fields[section].annotation
    fields = getattr(table, "model_fields", {})
    return str(fields[field].description) if field in fields else ""
