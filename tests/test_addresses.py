from __future__ import annotations

import pytest

from coach.addresses import check_address, shown
from coach.errors import SetupError


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/v1", "https://speech.test", "http://[::1]:9/v1"])
def test_host_and_path_are_an_address(address: str) -> None:
    check_address(address, "voice", "SERVICE_COMPATIBLE_API_KEY")


@pytest.mark.parametrize("address", ["http://", "http://[", "http://host:port/v1"])
def test_what_leads_nowhere_is_none(address: str) -> None:
    with pytest.raises(SetupError, match="voice's name after @ is no address"):
        check_address(address, "voice", "SERVICE_COMPATIBLE_API_KEY")


@pytest.mark.parametrize("address", ["http://me:hush@host/v1", "http://host/v1?key=hush", "http://host/v1#hush"])
def test_more_than_host_and_path_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(SetupError, match="a key goes into THE_KEY") as told:
        check_address(address, "model", "THE_KEY")
    assert "hush" not in str(told.value)


def test_a_name_is_shown_without_what_could_be_a_password() -> None:
    assert shown("openai:x@http://me:hush@host/v1") == "'openai:x@http://…@host/v1'"
