"""Starting the chat from the command line: what is refused is refused in one Dutch line."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def _serve(home, *arguments):
    environment = {**os.environ, "REGELWIJZER_HOME": str(home.root)}
    command = [sys.executable, "-m", "assistant", "serve", *arguments]
    return subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_refuses_to_be_open_to_a_network(home, host):
    done = _serve(home, "--host", host)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "zonder te weten wie er binnenkomt" in done.stderr


def test_taken_port_is_told(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = _serve(home, "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "al in gebruik" in done.stderr
    assert "Traceback" not in done.stderr


def test_importing_the_command_brings_no_gradio():
    code = "import sys, assistant.cli.serve, assistant.web.run; print('gradio' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "False"
