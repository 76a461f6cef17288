"""The one table of settings: name, default and a line of help each, read from a file and the environment.

Order of precedence: environment (``REGELWIJZER_INDEX__EMBEDDER``), then ``regelwijzer.toml`` in the home folder, then the
defaults below. Reading settings builds nothing and makes no folders.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from assistant.errors import UsageError

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
    try:
        _refuse_unknown_sections(path)
        return _from_file(path)()
    except UnicodeDecodeError as error:
        raise UsageError("settings-syntax", f"{path.name} is geen UTF-8-tekst.", "Sla het bestand op als UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            "settings-syntax", f"{path.name} is geen geldige TOML: {error}.", "Verbeter de genoemde regel."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            "settings-value",
            f"Instelling {name} heeft een waarde die niet kan: {first.get('input')!r}.",
            f"{_help(name)} Verbeter {path.name} of de omgevingsvariabele REGELWIJZER_{name.upper().replace('.', '__')}.",
        ) from error


def _from_file(path: Path) -> type[Settings]:
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
            return env_settings, TomlConfigSettingsSource(settings_cls, path)

    return FileSettings


def _refuse_unknown_sections(path: Path) -> None:
    if not path.is_file():
        return
    unknown = set(tomllib.loads(path.read_text("utf-8"))) - set(Settings.model_fields)
    if unknown:
        raise UsageError(
            "settings-section",
            f"{path.name} heeft een onbekend onderdeel [{sorted(unknown)[0]}].",
            f"Bekend zijn: {', '.join(Settings.model_fields)}.",
        )


def _help(name: str) -> str:
    section, _, field = name.partition(".")
    table = Settings.model_fields.get(section)
    fields = getattr(table.annotation, "model_fields", {}) if table else {}
    return str(fields[field].description) if field in fields else "Deze instelling bestaat niet."
