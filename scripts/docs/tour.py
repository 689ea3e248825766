"""The pictures of the README's tour, taken from a site that runs (make serve). Needs what make test installs."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from playwright.sync_api import sync_playwright

# Name, path, width and height in CSS pixels.
PICTURES = (
    ("front-page", "/", 1180, 760),
    ("article", "/edition/articles/4", 1180, 760),
    ("as-it-came-in", "/pages/000_8a5f4c7e35afc5e6-1/source", 1180, 1260),
    ("search", "/-/search?q=禁毒", 1180, 560),
    ("offices", "/edition/offices", 1180, 760),
    ("phone", "/edition/articles/4", 390, 760),
)


@click.command()
@click.argument("address", default="http://127.0.0.1:8001")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("tests/screenshots"), show_default=True)
def main(address: str, folder: Path) -> None:
    """Take the pictures of the site at ADDRESS."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, path, width, height in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
            page.goto(address + path)
            page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=72)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
