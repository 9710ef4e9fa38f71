"""How results look in a notebook: one style sheet, light and dark, and words that stay words."""

from __future__ import annotations

from html import escape

from rashomon.web.highlight import visible

# The colours are those of the web pages. A notebook's own choice of light or dark goes before the system's.
LIGHT = (
    "--paper:#fdfcfa;--ink:#1b1a18;--soft:#5d5953;--line:#d9d4cb;--wash:#f3f0ea;--accent:#8a1c2c;--claim:#e9e2d2;"
    "--figure:#cfe3f3;--time:#d6ead2;--place:#efdcf0;--caveat:#f6d7b8;--sea:#e7eef2;--land:#fbf8f2"
)
DARK = (
    "--paper:#161514;--ink:#ebe7e0;--soft:#aba59b;--line:#3b3733;--wash:#211f1d;--accent:#ff9aa5;--claim:#35301f;"
    "--figure:#1d3a52;--time:#21402a;--place:#46284a;--caveat:#55391a;--sea:#1a242a;--land:#2a2826"
)
RULES = """
.rashomon{background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,sans-serif;padding:.8em 1em;
max-width:66em;overflow-wrap:anywhere;border:1px solid var(--line)}
.rashomon h3{font-size:1.15em;font-weight:700;margin:0 0 .2em;color:var(--ink)}
.rashomon tr{background:none!important}
.rashomon .meta,.rashomon .note{color:var(--soft);font-size:.88em;margin:.2em 0 .6em}
.rashomon .id{font-family:ui-monospace,monospace;font-size:.9em}
.rashomon .said{font-family:Georgia,serif;font-size:1.05em;line-height:1.65;max-width:44em;white-space:pre-line;
margin:0 0 .8em;color:var(--ink)}
.rashomon .content{background:var(--claim)}
.rashomon .source{border-bottom:2px solid currentColor}
.rashomon .cue{font-style:italic;text-decoration:underline dotted;text-underline-offset:.2em}
.rashomon .quantities{background:var(--figure)}.rashomon .times{background:var(--time)}
.rashomon .places{background:var(--place)}
.rashomon .caveats{background:var(--caveat);border-bottom:2px dashed currentColor}
.rashomon sup{font:600 .68em/1 system-ui,sans-serif;color:var(--accent)}
.rashomon .wide{overflow-x:auto}
.rashomon table{border-collapse:collapse;font-size:.93em;margin:.2em 0 .6em;color:var(--ink);border:0;width:auto}
.rashomon th,.rashomon td{text-align:left!important;vertical-align:top;padding:.25em .6em;background:none!important;
border:0;border-bottom:1px solid var(--line);color:var(--ink);max-width:22em;white-space:normal;
overflow-wrap:break-word}
.rashomon thead th{border-bottom:2px solid var(--soft);font-weight:600}
.rashomon .small{display:block;font-weight:400;font-size:.85em;color:var(--soft)}
.rashomon .sign{font-family:ui-monospace,monospace;font-weight:700}
.rashomon .cells td,.rashomon .cells th,.rashomon .n{white-space:nowrap}
.rashomon .old{text-decoration:line-through}
.rashomon .quiet,.rashomon summary{color:var(--soft)}
.rashomon svg{display:block;width:100%;max-width:44em;height:auto;border:1px solid var(--line);background:var(--sea)}
.rashomon .land{fill:var(--land);stroke:var(--soft);stroke-width:.6}
.rashomon .borders{fill:none;stroke:var(--soft);stroke-width:.6;stroke-dasharray:3 2}
.rashomon .area{fill:var(--accent);fill-opacity:.08;stroke:var(--accent);stroke-dasharray:4 3}
.rashomon .spot{fill:var(--accent);stroke:var(--paper);stroke-width:1.5}
.rashomon .town{fill:var(--soft);font:10px system-ui,sans-serif}
.rashomon .number{fill:var(--ink);font:700 11px system-ui,sans-serif;paint-order:stroke;stroke:var(--land);
stroke-width:3px;stroke-linejoin:round}
"""
SHEET = (
    f".rashomon{{{LIGHT}}}@media(prefers-color-scheme:dark){{.rashomon{{{DARK}}}}}"
    f"[data-jp-theme-light=true] .rashomon,.vscode-light .rashomon{{{LIGHT}}}"
    f"[data-jp-theme-light=false] .rashomon,.vscode-dark .rashomon{{{DARK}}}{RULES}"
)


def framed(*parts: str) -> str:
    """Parts of HTML as one output of a notebook, with its style; no script, nothing from elsewhere."""
    return f'<div class="rashomon"><style>{SHEET}</style>{"".join(parts)}</div>'


def plain(words: object) -> str:
    """Words as HTML shows them; nothing in them is a tag, drives the page or turns its direction."""
    return escape(visible(str(words)))


def apart(words: object) -> str:
    """Words whose direction of writing stays their own."""
    return f"<bdi>{plain(words)}</bdi>"


def table(header: list[str], rows: list[list[str]], caption: str = "") -> str:
    """A table; cells and header are HTML already."""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    told = f"<caption>{caption}</caption>" if caption else ""
    return f'<div class="wide"><table>{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
