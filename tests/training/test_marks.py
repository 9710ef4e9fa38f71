"""Marks over texts of others: what is pointed at is found, what is not there is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.marks import Wrong, files, stories

TEXTS = {
    "g": ["Shells hit the port of Arvo on Monday .", "The shelling killed two dockers , and two ships burned ."],
    "r": ["Rebels left Sarn . Sarn is quiet ."],
}


def _read(tmp_path: Path, lines: str) -> list[tuple[str, list[str]]]:
    path = tmp_path / "x.txt"
    path.write_text(lines, encoding="utf-8")
    return [
        (i.kind, [s.text[a:b] for a, b in i.mentions] + [f"{name}={s.text[a:b]}" for name, (a, b) in i.ties])
        for s in stories(path, TEXTS)
        for i in s.incidents
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            "# ours\n= g0-g1\nSTRIKE.SHELLING occurred | g0 Shells hit | g1 shelling | place: g0 Arvo | killed: g1 two",
            [("STRIKE.SHELLING", ["Shells hit", "shelling", "place=Arvo", "killed=two"])],
        ),
        ("= g1\n? CIV.ATTACK claimed | g1 killed | damaged: g1 two~2", [("CIV.ATTACK", ["killed", "damaged=two"])]),
        ("= r0\nFORCE.WITHDRAWAL occurred | r0 left | place: r0 Sarn", [("FORCE.WITHDRAWAL", ["left", "place=Sarn"])]),
        ("= g0\n= g1", []),
    ],
)
def test_reads(tmp_path: Path, lines: str, found: list[tuple[str, list[str]]]) -> None:
    assert _read(tmp_path, lines) == found


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("STRIKE.AIR occurred | g0 hit", "x.txt:1: an incident before any story"),
        ("= g0-g9", "x.txt:1: 'g0-g9' is no run of sentences"),
        ("= q1", "x.txt:1: 'q1' names no story"),
        ("= g0\nSTRIKE.ROCK occurred | g0 hit", "x.txt:2: no kind 'STRIKE.ROCK'"),
        ("= g0\nSTRIKE.AIR happened | g0 hit", "x.txt:2: no status 'happened'"),
        ("= g0\nSTRIKE.AIR occurred | g0 hit | owner: g0 Arvo", "x.txt:2: no role 'owner'"),
        ("= g0\nSTRIKE.AIR occurred | g1 killed", "x.txt:2: 'g1' is not in this story"),
        ("= g0\nSTRIKE.AIR occurred | g0 sank", "x.txt:2: 'sank' is not in g0"),
        ("= g1\nSTRIKE.AIR occurred | g1 two~3", "x.txt:2: 'two' is not in g1"),
        ("= g0\nSTRIKE.AIR occurred | place: g0 Arvo", "x.txt:2: an incident without a mention"),
    ],
)
def test_names_what_is_wrong(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(Wrong, match="^" + said.replace("(", r"\(") + "$"):
        _read(tmp_path, lines)


def test_some_files_are_held_out() -> None:
    assert {*files(dev=True)} | {*files(dev=False)} == {*files()}
    assert not {*files(dev=True)} & {*files(dev=False)}
    assert files(dev=True)
