"""What scripts/deploy/ says of this repository is so; tests/check/check_deploy.py starts it."""

from __future__ import annotations

import re

import yaml
from conftest import ROOT

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
