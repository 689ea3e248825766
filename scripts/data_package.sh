#!/bin/sh
# Have frictionless, in an environment of its own (it brings rich), judge the Data Package of a release of the database:
# scripts/data_package.sh build/edition.db. Without the network nothing is tried, which is told.
set -eu
environment=.venv-package python=.venv-package/bin/python
test -x "$python" || "${PYTHON:-python3}" -m venv --clear "$environment"
"$python" -m pip --disable-pip-version-check -q install frictionless || {
    echo "frictionless could not be installed; the Data Package was not judged."; exit 0; }
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cp "$1" "$folder/edition.db"
.venv/bin/python scripts/build.py release --build "$folder"
cd "$folder/releases/1"
sha256sum --quiet --check SHA256SUMS
"$OLDPWD/$environment/bin/frictionless" validate --json datapackage.json > report.json || {
    cat report.json; echo "The Data Package is not valid."; exit 1; }
echo "The Data Package is valid."
