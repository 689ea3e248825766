"""What scripts/deploy/ says of this repository is so; tests/check/check_deploy.py starts it."""

from __future__ import annotations

import re
import socket

import pytest
import yaml
from conftest import ROOT
from deploy.port import refusal

DEPLOY = ROOT / "scripts" / "deploy"


def test_containers_start_what_make_serve_public_starts() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "SERVE_SETTINGS := $(shell cat scripts/deploy/settings)" in makefile
    docker = (DEPLOY / "Dockerfile").read_text("utf-8")
    assert "$(cat scripts/deploy/settings)" in docker
    for source in re.findall(r"^COPY (.+) \S+$", docker, re.MULTILINE):
        assert all((ROOT / name).exists() for name in source.split()), source
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
    assert compose["services"]["two"] == compose["services"]["one"]
    assert (DEPLOY / compose["services"]["one"]["build"]["context"] / "pyproject.toml").resolve().exists()
    for old in re.findall(r"s/(127\.0\.0\.1:\d+)/", compose["services"]["nginx"]["command"]):
        assert old in (DEPLOY / "nginx.conf").read_text("utf-8")


def test_strangers_are_served_the_database_for_the_public() -> None:
    """The unit starts `make serve-public`; the container has that folder alone."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.findall(r"^serve-public:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[0]
    assert re.findall(r"serve -i (\S+)", recipe) == ['"$$BUILD/public/edition.db"']
    assert "serve-public" in (DEPLOY / "banmian@.service").read_text("utf-8")
    compose = yaml.safe_load((DEPLOY / "compose.yml").read_text("utf-8"))
    assert compose["services"]["one"]["volumes"] == ["${BANMIAN_DATA:-../../build/public}:/data:ro"]


def test_a_port_that_is_taken_is_named_with_one_that_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = str(refusal(str(port), "desk"))
        assert f"Port {port} is taken" in said
        (other,) = re.findall(r"make desk PORT=(\d+)$", said)
        assert refusal(other, "desk") is None
    assert refusal(str(port), "desk") is None


@pytest.mark.parametrize("port", ["", "x", "0", "65536", "八"])
def test_what_is_no_port_is_said_to_be_none(port: str) -> None:
    assert f"PORT={port} is no port" in str(refusal(port, "serve"))


@pytest.mark.parametrize("target", ["serve", "serve-public", "desk"])
def test_whether_the_port_is_free_is_asked_before_it_is_said_to_be_open(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.findall(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[0]
    opens = [at for at, line in enumerate(recipe.splitlines()) if "Open " in line or "$(PORT) " in line]
    assert 0 <= recipe.splitlines().index("\t@$(PORT_IS_FREE)") < min(opens)
