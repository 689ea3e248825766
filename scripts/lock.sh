#!/bin/sh
# Renew the lock files from pyproject.toml with uv: exact versions, hashes, any platform, no address of an index.
set -eu
compile() {
    target=$1; comment=$2; shift 2
    { printf '# %s\n# Made by make lock.\n' "$comment"
      uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
          --quiet "$@"; } > "$target.new"
    mv "$target.new" "$target"
}
printf 'pip\nsetuptools\nhatchling\n' | compile requirements-build.lock \
    "The installer and the build backends. Installed first, since jieba comes as a source archive." -
printf 'pip-audit\n' | compile requirements-audit.lock "What make audit installs, in an environment of its own." -
compile requirements.lock "What make serve installs." pyproject.toml
compile requirements-test.lock "What make test installs beside it." pyproject.toml --extra test
compile requirements-cluster.lock "What make build SCHEDULER=... installs beside it." pyproject.toml --extra cluster \
    --constraint requirements.lock
