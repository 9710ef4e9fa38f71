"""A page as a browser takes it: what it links to, and what stands in it."""

from __future__ import annotations

from html.parser import HTMLParser


class Links(HTMLParser):
    """What a page links to, and what stands in it that must not."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.inline += [tag] if tag == "style" or (tag == "script" and not given.get("src")) else []
        self.links += [given[name] or "" for name in ("href", "src", "action") if name in given]
        if given.get("id"):
            self.ids.append(str(given["id"]))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(body: bytes) -> Links:
    found = Links()
    found.feed(body.decode())
    return found
