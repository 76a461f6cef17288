"""Load on the web chat: users who ask, read and ask again over loopback, through the same events as the page uses.

Usage: python evals/load.py [--users 50] [--seconds 120] [--pause 5] [--out evals/results/load.md]
Starts the app over a temporary copy of the corpus, prints a table and, with --out, writes it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

PROJECT = Path(__file__).resolve().parents[1]
QUESTIONS = PROJECT / "evals/questions/dev.jsonl"
PER_CONVERSATION = 5


class Users:
    """Asks through gradio's queue as the page does, and notes how long each answer took."""

    def __init__(self, url: str, questions: list[str], pause: float) -> None:
        self.url, self.questions, self.pause = url, questions, pause
        self.times: list[float] = []
        self.errors: list[str] = []
        self.event: dict[str, Any] = {}

    async def find_event(self, client: httpx.AsyncClient) -> None:
        config = (await client.get(f"{self.url}/config")).json()
        self.event = next(each for each in config["dependencies"] if each["targets"] and each["targets"][0][1] == "submit")

    async def user(self, client: httpx.AsyncClient, end: float) -> None:
        await asyncio.sleep(random.uniform(0, self.pause))
        conversation, asked, session = "", 0, secrets.token_hex(6)  # a session is one opened page
        while time.monotonic() < end:
            begun = time.monotonic()
            try:
                html = await self._ask(client, random.choice(self.questions), conversation, session)
                self.times.append(time.monotonic() - begun)
                asked += 1
                conversation = "" if asked % PER_CONVERSATION == 0 else html.split('data-conversation="')[1].split('"')[0]
            except (httpx.HTTPError, ValueError, IndexError) as error:
                self.errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(random.uniform(0.5, 1.5) * self.pause)

    async def _ask(self, client: httpx.AsyncClient, question: str, conversation: str, session: str) -> str:
        body = {
            "data": [],
            "event_data": {"question": question, "conversation": conversation, "privacy": "mask"},
            "fn_index": self.event["id"],
            "trigger_id": self.event["targets"][0][0],
            "session_hash": session,
        }
        (await client.post(f"{self.url}/gradio_api/queue/join", json=body)).raise_for_status()
        html = ""
        address = f"{self.url}/gradio_api/queue/data?session_hash={session}"
        async with client.stream("GET", address) as stream:
            async for line in stream.aiter_lines():
                message = json.loads(line[5:]) if line.startswith("data:") else {}
                if message.get("msg") == "process_completed":
                    if not message["success"] or "state-error" in html or "state-too_many" in html:
                        raise ValueError("the answer is an error")
                    return html
                if message.get("msg") == "process_generating":
                    data = message["output"]["data"][0]
                    if isinstance(data, str):
                        html = data
                    else:  # gradio sends what changed: our second value replaces the first
                        html = next((part[2] for part in data if isinstance(part[2], str)), html)
        raise ValueError("the stream ended without an answer")


async def load(url: str, users: int, seconds: float, pause: float) -> Users:
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    crowd = Users(url, questions, pause)
    limits = httpx.Limits(max_connections=users * 3)
    async with httpx.AsyncClient(headers={"origin": url}, timeout=30, limits=limits) as client:
        await crowd.find_event(client)
        end = time.monotonic() + seconds
        await asyncio.gather(*(crowd.user(client, end) for _ in range(users)))
    return crowd


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=5.0, help="mean seconds a user reads before asking again")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        shutil.copytree(PROJECT / "corpus", Path(folder) / "corpus")
        wanted = {"HOME": folder, "WEB__PORT": str(port), "WEB__QUESTIONS_PER_MINUTE": "10000"}
        environment = {**os.environ, **{f"REGELWIJZER_{name}": value for name, value in wanted.items()}}
        subprocess.run([sys.executable, "-m", "assistant", "index", "build"], env=environment, cwd=PROJECT, check=True)
        server = subprocess.Popen([sys.executable, str(PROJECT / "app.py")], env=environment)
        try:
            table = _measure(f"http://127.0.0.1:{port}", psutil.Process(server.pid), given)
        finally:
            server.terminate()
            server.wait(20)
    print(table)
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(table, "utf-8")
    return 0


def _measure(url: str, server: psutil.Process, given: argparse.Namespace) -> str:
    while True:
        try:
            if httpx.get(f"{url}/gezond", timeout=5).status_code == 200:
                break
        except httpx.HTTPError:
            time.sleep(0.5)
    asyncio.run(load(url, 5, 5, 1.0))  # what is made at first use is no part of the measure
    before = server.memory_info().rss
    crowd = asyncio.run(load(url, given.users, given.seconds, given.pause))
    peak = server.memory_info().rss
    time.sleep(15)
    after = server.memory_info().rss
    times = sorted(crowd.times)
    rows = [
        ("users", given.users),
        ("seconds", round(given.seconds)),
        ("mean pause between questions (s)", given.pause),
        ("processors", os.cpu_count()),
        ("questions answered", len(times)),
        ("errors", len(crowd.errors)),
        ("p50 (ms)", round(times[len(times) // 2] * 1000)),
        ("p95 (ms)", round(times[int(len(times) * 0.95)] * 1000)),
        ("slowest (ms)", round(times[-1] * 1000)),
        ("memory before (MB)", before >> 20),
        ("memory at the end (MB)", peak >> 20),
        ("memory 15 s later (MB)", after >> 20),
        ("memory later / before", round(after / before, 2)),
    ]
    lines = [f"| {name} | {value} |" for name, value in rows]
    for error in dict.fromkeys(crowd.errors):
        print(error, file=sys.stderr)
    return "\n".join(["# Load on the web chat", "", "| measure | value |", "| --- | --- |", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
