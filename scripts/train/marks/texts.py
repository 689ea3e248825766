"""The marked texts, brought back from clones of the public repositories that sources.tsv names.

`python -m train.marks.texts texts.jsonl --clone owner/name=git-directory …`, in scripts/, writes lines {"id", "part",
"text"}. A text whose checksum is another than the one stated is an error: offsets would point elsewhere.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import click

SOURCES = Path(__file__).with_name("sources.tsv")
PARTS = ("train", "dev", "test")
_BLANK = " \t\r\u3000\xa0\ufeff"
_TAG = re.compile(r"<[^>]*>")
_LINE_TAG = re.compile(r"</p>|<br ?/?>")
_FIGURE = re.compile(r"<figure>.*?</figure>", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
# Where a page's text has no line breaks, paragraphs begin with four spaces.
_INDENT = re.compile(" {4,}")
# What a portal put around a text: the section before or behind the headline, its own editor behind the body.
_SECTION = re.compile(r"^\[\w{2}\] |--\w+$")
_EDITOR = re.compile(r"【编辑[:：][^】]*】\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """One text: where it lies, how it is cut out (`form`, `item`, the first `length` code points) and its checksum."""

    id: str
    part: str
    repository: str
    commit: str
    path: str
    form: str
    item: int
    length: int
    sha256: str


def read_sources(path: Path = SOURCES) -> list[Source]:
    """The rows of `path`; raises ValueError, with file and line, for one that can't be right."""
    names = [field.name for field in fields(Source)]
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0].split("\t") != names:
        raise ValueError(f"{path}:1: the first line must name the columns {', '.join(names)}")
    found = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(names) or cells[1] not in PARTS or cells[5] not in FORMS:
            raise ValueError(f"{path}:{number}: not {len(names)} cells with a known part and form: {line}")
        name, part, repository, commit, file, form, item, length, sha256 = cells
        found.append(Source(name, part, repository, commit, file, form, int(item), int(length), sha256))
    return found


def write_sources(sources: Iterable[Source], path: Path) -> None:
    """`sources` as `read_sources` reads them."""
    names = [field.name for field in fields(Source)]
    rows = ["\t".join(str(getattr(source, name)) for name in names) for source in sources]
    path.write_text("\n".join(["\t".join(names), *rows]) + "\n", encoding="utf-8")


def blob(clone: Path, commit: str, path: str) -> bytes:
    """The file `path` of `commit` in the git directory `clone`; raises LookupError where there is none."""
    command = ["git", "--git-dir", str(clone), "cat-file", "blob", f"{commit}:{path}"]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise LookupError(f"{clone}: {commit}:{path}: {result.stderr.decode().strip()}; fetch that commit")
    return result.stdout


def checksum(text: str) -> str:
    """The sha256 of `text` in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def bring_back(source: Source, content: bytes) -> str:
    """The text of `source` from the `content` of its file; raises ValueError where it is another than marked."""
    articles = FORMS[source.form](content)
    text = articles[source.item][: source.length] if source.item < len(articles) else ""
    if checksum(text) != source.sha256:
        raise ValueError(f"{source.id}: {source.repository} {source.path} is not the text that was marked")
    return text


def texts(sources: Iterable[Source], clones: Mapping[str, Path]) -> dict[str, str]:
    """The text of each of `sources` by its id, from `clones`: git directories by repository. Raises as its parts do."""
    found = {}
    for source in sources:
        if source.repository not in clones:
            raise LookupError(f"{source.id}: say where {source.repository} is cloned: --clone {source.repository}=DIR")
        content = blob(clones[source.repository], source.commit, source.path)
        found[source.id] = bring_back(source, content)
    return found


def _article(headline: str, body: str) -> str:
    """Headline and paragraphs, one a line, without blanks around them; a headline that the body repeats stands once."""
    lines = [line.strip(_BLANK) for line in [headline, *body.split("\n")]]
    lines = [line for line in lines if line]
    if len(lines) > 1 and lines[0] == lines[1]:
        del lines[0]
    return "\n".join(lines)


def _decoded(content: bytes) -> str:
    """`content` as UTF-8 where it is that, else as GB 18030."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _element(name: str, text: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def _xml(content: bytes) -> list[str]:
    text = _decoded(content)
    return [_article(_SECTION.sub("", _element("title", text)), _EDITOR.sub("", _element("body", text)))]


def _plain(content: bytes) -> list[str]:
    return [_article("", _decoded(content))]


def _broadcast(content: bytes) -> list[str]:
    """The stories of a broadcast in Markdown, each below a heading of the third level."""
    stories = _decoded(content).split("\n### ")[1:]
    found = []
    for story in stories:
        headline, _, rest = story.partition("\n")
        body = rest.partition("\n[")[0]
        found.append(_article(headline, html.unescape(_TAG.sub("", _LINE_TAG.sub("\n", body)))))
    return found


def _markdown(content: bytes) -> list[str]:
    """One article in Markdown below a front matter."""
    text = _FIGURE.sub("", _decoded(content).partition("\n---\n")[2])
    lines = [_LINK.sub(r"\1", _TAG.sub("", line)).replace("**", "") for line in text.split("\n")]
    return [_article("", html.unescape("\n".join(line.lstrip("#> ") for line in lines)))]


def _json(content: bytes) -> list[str]:
    """Articles in JSON, one or a list: `title`, and `content` or `body`, each a string or a list of strings."""
    rows = json.loads(content)
    rows = rows if isinstance(rows, list) else [rows]
    return [_article(_joined(row.get("title")), _joined(row.get("content") or row.get("body"))) for row in rows]


def _joined(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _csv(content: bytes) -> list[str]:
    """Articles in the rows of a table with the columns `title` and `content`."""
    rows = csv.DictReader(io.StringIO(_decoded(content).lstrip("\ufeff")))
    return [_article(row["title"], _INDENT.sub("\n", row["content"])) for row in rows]


# How files hold articles: each form lists the articles of a file.
FORMS: Mapping[str, Callable[[bytes], list[str]]] = {
    "xml": _xml,
    "plain": _plain,
    "broadcast": _broadcast,
    "markdown": _markdown,
    "json": _json,
    "csv": _csv,
}


def clone_options(values: Iterable[str]) -> dict[str, Path]:
    """`owner/name=DIR` as git directories by repository."""
    found = {}
    for value in values:
        name, equals, folder = value.partition("=")
        if not equals or not Path(folder).is_dir():
            raise click.BadParameter(f"{value}: write owner/name=DIR, DIR a git directory")
        found[name] = Path(folder)
    return found


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--clone", "clones", multiple=True, help="owner/name=DIR, a git directory; once a repository.")
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, default=PARTS, help="Only these parts.")
def main(target: Path, clones: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """Write the marked texts to TARGET, as lines {"id", "part", "text"}."""
    sources = [source for source in read_sources() if source.part in parts]
    try:
        found = texts(sources, clone_options(clones))
    except (LookupError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    rows = [{"id": source.id, "part": source.part, "text": found[source.id]} for source in sources]
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
