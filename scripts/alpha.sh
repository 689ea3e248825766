#!/bin/sh
# Try the site on the newest alpha of Datasette 1.0, in an environment of its own: scripts/alpha.sh build/edition.db.
# For information: what fails is told, and the status is 0.
set -u
database=$1; python=.venv-alpha/bin/python
install() { "$python" -m pip --disable-pip-version-check -q install "$@"; }
# Only datasette may be an alpha; what else the site needs is what pyproject.toml says.
needed() {
    "$python" -c 'import tomllib
for name in tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"]:
    print("datasette>=1.0a0" if name.startswith("datasette>") else name)' > .venv-alpha/needed.txt
}
echo "Setting up .venv-alpha"
test -x "$python" || "${PYTHON:-python3}" -m venv --clear .venv-alpha || exit 0
needed && install --upgrade -r .venv-alpha/needed.txt && install --no-deps -e . || {
    echo "No alpha of Datasette could be installed; nothing was tried."; exit 0; }
"$python" scripts/docs/metadata.py --datasette-1 --to .venv-alpha &&
    "$python" tests/smoke.py "$database" .venv-alpha/metadata.yml .venv-alpha/datasette.yml
exit 0
