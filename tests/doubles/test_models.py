"""The double tells the truth: about what is cached, and as a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from typing import Any

import jsonschema

from tests.doubles.models import Double, sample
from tests.doubles.wire import Chat, Messages


def chat(*texts: str) -> dict[str, Any]:
    return {"model": "m", "messages": [{"role": "user", "content": text} for text in texts]}


def claude(*texts: str, kept: int) -> dict[str, Any]:
    """Messages of which the one at `kept` is marked."""
    parts: list[dict[str, Any]] = [{"type": "text", "text": text} for text in texts]
    parts[kept]["cache_control"] = {"type": "ephemeral"}
    return {"model": "m", "messages": [{"role": "user", "content": parts}]}


def test_only_an_identical_start_is_cached() -> None:
    double = Double()
    assert double.count(Chat(), chat("a" * 1000, "b"), "").cached == 0
    assert 240 <= double.count(Chat(), chat("a" * 1000, "c"), "").cached <= 256
    assert double.count(Chat(), chat("x" + "a" * 1000, "c"), "").cached == 0
    assert double.count(Chat(), {**chat("a" * 1000), "model": "other"}, "").cached == 0


def test_another_form_is_another_start() -> None:
    double = Double()
    double.count(Chat(), chat("a" * 1000), "")
    formed = {"response_format": {"json_schema": {"schema": {"type": "object"}}}}
    assert double.count(Chat(), {**chat("a" * 1000), **formed}, "").cached == 0


def test_claude_caches_up_to_a_mark_and_no_further() -> None:
    double = Double()
    double.count(Messages(), claude("a" * 1000, "b" * 1000, kept=0), "")
    assert 240 <= double.count(Messages(), claude("a" * 1000, "b" * 1000, kept=0), "").cached <= 256
    double.count(Messages(), claude("a" * 1000, "b" * 1000, kept=1), "")
    assert double.count(Messages(), claude("a" * 1000, "b" * 1000, kept=1), "").cached > 480


def test_a_sample_is_valid() -> None:
    form = {
        "$defs": {"Inner": {"type": "object", "properties": {"n": {"type": "integer", "minimum": 3}}}},
        "type": "object",
        "properties": {
            "one": {"$ref": "#/$defs/Inner"},
            "many": {"type": "array", "items": {"type": "string", "minLength": 2}, "minItems": 2},
            "either": {"anyOf": [{"type": "null"}, {"type": "string"}]},
            "kind": {"enum": ["b", "a"]},
            "const": {"const": 7},
            "share": {"type": "number"},
            "sure": {"type": "boolean"},
            "optional": {"type": "string"},
        },
        "required": ["one", "many", "either", "kind", "const", "share", "sure"],
    }
    jsonschema.validate(sample(form), form)
    assert "optional" not in sample(form)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
        return port


def call(url: str, method: str = "GET", body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def test_it_runs_as_a_process_that_is_told_what_to_do() -> None:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.doubles.models", "--port", str(port)])
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                call(f"{url}/double", "POST", {"replies": ["Told so."], "faults": [{"kind": "end", "after": 1}]})
                break
            except OSError:
                time.sleep(0.05)
        said = call(f"{url}/v1/chat/completions", "POST", chat("Go."))
        assert "Told " in said
        assert "so." not in said
        (seen,) = json.loads(call(f"{url}/double"))
        assert seen["body"] == chat("Go.")
        call(f"{url}/double", "DELETE")
        assert json.loads(call(f"{url}/double")) == []
    finally:
        process.kill()
        process.wait()
