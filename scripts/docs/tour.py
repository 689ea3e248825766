"""The pictures of the README's tour and of the editor's guide, from a site that runs. Needs what make test installs."""

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
# Those of the desk (make desk): also the key that is pressed, and the lines that are picked.
DESK = (
    ("desk", "/-/desk/000_8a5f4c7e35afc5e6-1?_lang=en", 1300, 780, "j", ()),
    ("desk-lines", "/-/desk/000_8a5f4c7e35afc5e6-1", 1300, 780, None, (7, 9)),
)


@click.command()
@click.argument("address", default="http://127.0.0.1:8001")
@click.option("--desk", is_flag=True, help="The pictures of the desk, which make desk serves.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=Path("tests/screenshots"), show_default=True)
def main(address: str, desk: bool, folder: Path) -> None:
    """Take the pictures of the site at ADDRESS."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, path, width, height, key, lines in DESK if desk else [(*one, None, ()) for one in PICTURES]:
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
            page.goto(address + path)
            if key:
                page.keyboard.press(key)
            for line in lines:
                page.click(f"[data-line='{line}']")
            if lines:
                page.locator("#chosen").focus()
            page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=72)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
