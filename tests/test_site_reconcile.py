"""OpenRefine finds people and organizations by their names and aliases."""

import json
from urllib.parse import urlencode

import httpx
import pytest
from published import served


def reconciled(site, queries):
    return site.get("/-/reconcile?" + urlencode({"queries": json.dumps(queries)})).json()


def test_the_service_says_what_it_is_and_its_ids_are_addresses(site):
    manifest = site.get("/-/reconcile").json()
    assert {"versions", "name", "identifierSpace", "schemaSpace", "defaultTypes", "view"} <= manifest.keys()
    (name,) = site.connection().execute("SELECT name FROM people").fetchone()
    (first, *_) = reconciled(site, {"q0": {"query": name}})["q0"]["result"]
    assert site.get("/" + first["id"]).status_code == 200


@pytest.mark.parametrize("table", ["people", "organizations"])
def test_every_name_is_found_first_and_every_alias_is_among_the_found(site, table):
    connection = site.connection()
    column = {"people": "person_id", "organizations": "organization_id"}[table]
    names = connection.execute(f"SELECT name, address FROM {table}").fetchall()
    for name, address in names:
        (first, *_) = reconciled(site, {"q": {"query": name, "type": table}})["q"]["result"]
        assert (first["name"], first["score"], f"/{first['id']}") == (name, 100, address)
    sql = f"SELECT aliases.name, address FROM aliases JOIN {table} ON {table}.id = {column}"
    for name, address in connection.execute(sql).fetchall():
        found = reconciled(site, {"q": {"query": name}})["q"]["result"]
        assert address in [f"/{one['id']}" for one in found], name


@pytest.mark.parametrize(
    "queries", ["", "[]", "1", '{"q0": 1}', '{"q0": {}}', json.dumps({str(n): {"query": "a"} for n in range(51)})]
)
def test_what_is_no_query_is_refused(site, queries):
    assert site.get("/-/reconcile?" + urlencode({"queries": queries})).status_code == 400


def test_a_form_is_answered_as_openrefine_sends_it(edition_db):
    with served(edition_db) as address:
        answer = httpx.post(f"{address}/-/reconcile", data={"queries": json.dumps({"q0": {"query": "nobody"}})})
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"q0": {"result": []}}
    assert answer.headers["access-control-allow-origin"] == "*"
