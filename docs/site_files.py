"""A hook of the site: what lies beside docs/ and is linked from there is part of the site too."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CITATION.cff", "LICENSE")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """The pages of docs/, with those of the root and the schemas."""
    for path in (*(ROOT / name for name in BESIDE), *sorted((ROOT / "schema").glob("*.json"))):
        place = str(path.relative_to(ROOT))
        files.append(File.generated(config, place, content=path.read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its links as they are in the site: docs/ is the root there."""
    del config, files
    if page.file.src_uri in BESIDE:
        return markdown.replace("](docs/", "](")
    up = "../" * page.file.src_uri.count("/")
    return re.sub(rf"\]\({up}\.\./(?=schema/|{'|'.join(BESIDE)})", f"]({up}", markdown)
