"""The chat in gradio: its events carry questions in and rendered conversations out. Importing this takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.web.access import Gate
from assistant.web.chat import Chat
from assistant.web.language import language_of, speak, spoken, words
from assistant.web.quick_gradio import gr
from assistant.web.rendering import FORM, THREAD

AT_ONCE = 16  # questions that are answered side by side


def build(chat: Chat, gate: Gate) -> Any:
    """The gradio app of the chat."""

    def ask(event: gr.EventData, request: gr.Request) -> Iterator[str]:
        yield from spoken(language_of(request.cookies), chat.ask(gate.visitor(request), _data(event)))

    def open_(event: gr.EventData, request: gr.Request) -> str:
        chosen = str(_data(event).get("conversation", ""))
        visitor = gate.visitor(request)
        speak(language_of(request.cookies))
        return chat.open(visitor, chosen) if chosen else chat.start()

    def stop(event: gr.EventData, request: gr.Request) -> str:
        speak(language_of(request.cookies))
        return chat.stop(gate.visitor(request), _data(event))

    with gr.Blocks(title=words.NAME, analytics_enabled=False, fill_width=True) as blocks, gr.Column(elem_id="rw-chat"):
        shown = gr.HTML(THREAD, elem_id="rw-thread", apply_default_css=False, js_on_load=None)
        form = gr.HTML(
            FORM,
            elem_id="rw-form",
            apply_default_css=False,
            js_on_load="window.regelwijzer.form(element, trigger)",
        )
        quiet: dict[str, Any] = {"outputs": shown, "show_progress": "hidden", "api_visibility": "private"}
        asking = form.submit(ask, concurrency_limit=AT_ONCE, trigger_mode="multiple", **quiet)
        form.select(open_, concurrency_limit=AT_ONCE, **quiet)
        form.stop(stop, cancels=[asking], concurrency_limit=AT_ONCE, **quiet)
    blocks.queue(default_concurrency_limit=AT_ONCE, api_open=False, max_size=500)
    return blocks


def theme() -> Any:
    """gradio's plainest theme, with fonts of the system: its own would be fetched from elsewhere."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])


def _data(event: gr.EventData) -> dict[str, Any]:
    return event._data if isinstance(event._data, dict) else {}
